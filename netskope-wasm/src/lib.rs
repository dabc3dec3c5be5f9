#![doc = include_str!("../README.md")]

#[cfg(any(feature = "client", feature = "drain"))]
mod call;
#[cfg(feature = "client")]
mod client;
#[cfg(any(feature = "client", feature = "drain"))]
mod convert;
#[cfg(feature = "drain")]
mod drain;
mod error;
#[cfg(feature = "filter")]
mod filter;
#[cfg(feature = "client")]
mod label;
#[cfg_attr(
    not(all(feature = "client", feature = "drain")),
    expect(dead_code, reason = "no module takes all kinds of arguments")
)]
mod members;
#[cfg(any(feature = "client", feature = "filter"))]
mod mistakes;
mod plain;
#[cfg(feature = "client")]
mod query;
#[cfg(feature = "filter")]
mod record;
#[cfg(feature = "client")]
mod tree;
mod types;
#[cfg(any(feature = "client", feature = "filter"))]
mod utf16;

#[cfg(feature = "client")]
pub use client::NetskopeClient;
#[cfg(feature = "drain")]
pub use drain::{Source, drain};
#[cfg(feature = "filter")]
pub use filter::{Filter, compile};
#[cfg(feature = "client")]
pub use label::{age, label};
#[cfg(feature = "client")]
pub use query::{check, complete, format, highlight, parse, simplify};

// A quarter of the size of the one that std brings, in a module that is counted in bytes.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
