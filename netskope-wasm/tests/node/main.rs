//! The package as JavaScript sees it, in Node, with `fetch` replaced.

#![cfg(target_family = "wasm")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod arguments;
mod client;
mod drain;
mod editing;
mod pages;
mod query;
mod stub;
mod values;
mod waits;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_node_experimental);
