//! The package in a browser, against the stand-in: address and tokens are given when the tests are compiled.

#![cfg(target_family = "wasm")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod clients;
mod drain;
#[path = "../node/pages.rs"]
mod pages;

use js_sys::{Function, JSON, Reflect};
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

fn given(value: Option<&'static str>, name: &str) -> &'static str {
    value.unwrap_or_else(|| {
        panic!("{name} was not set when this test was compiled; run `cargo xtask test wasm`")
    })
}

fn url() -> &'static str {
    given(option_env!("STAND_IN_URL"), "STAND_IN_URL")
}

/// The same behind a server that closes each connection after one answer.
fn closing_url() -> &'static str {
    given(option_env!("CLOSING_STAND_IN_URL"), "CLOSING_STAND_IN_URL")
}

fn token() -> &'static str {
    given(option_env!("STAND_IN_TOKEN"), "STAND_IN_TOKEN")
}

fn v2_token() -> &'static str {
    given(option_env!("STAND_IN_V2_TOKEN"), "STAND_IN_V2_TOKEN")
}

fn js(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).unwrap()
}

/// The value as JSON, a big integer as its digits with an `n`.
fn json(value: &JsValue) -> Value {
    let digits = "return typeof value === 'bigint' ? `${value}n` : value";
    let replacer = Function::new_with_args("_, value", digits);
    let text = JSON::stringify_with_replacer(value, &replacer).unwrap();
    let text = text.as_string().unwrap();
    serde_json::from_str(&text).unwrap()
}

fn member(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap()
}
