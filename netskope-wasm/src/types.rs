//! The types of plain data, which wasm-bindgen cannot know.
//!
//! It puts them in an order of its own, and a reference counts at the very top only, so each that may come first has it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const SHARED: &'static str = include_str!("types/shared.d.ts");

#[cfg(any(feature = "client", feature = "filter"))]
#[wasm_bindgen(typescript_custom_section)]
const QUERY: &'static str = include_str!("types/query.d.ts");

#[cfg(feature = "client")]
#[wasm_bindgen(typescript_custom_section)]
const CLIENT: &'static str = include_str!("types/client.d.ts");

#[cfg(feature = "drain")]
#[wasm_bindgen(typescript_custom_section)]
const DRAIN: &'static str = include_str!("types/drain.d.ts");
