#![doc = include_str!("../README.md")]

mod abort;
mod client;
mod convert;
mod error;
mod host;
mod label;
mod members;
mod query;
mod transport;
mod tree;
mod types;
mod utf16;

pub use client::NetskopeClient;
pub use label::{age, label};
pub use query::{check_query, format_query, parse_query};

// A quarter of the size of the one that std brings, in a module that is counted in bytes.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
