//! The other side, and short ways to look at values.

use js_sys::{Array, Function, JSON, Promise};
use netskope_wasm::NetskopeClient;
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

pub(crate) const TOKEN: &str = "f32a973eddd7bc1602fc0f48dc0a";

#[wasm_bindgen(module = "/tests/node/stub.js")]
extern "C" {
    #[wasm_bindgen(js_name = answerWith)]
    fn answer_with(answers: JsValue) -> JsValue;
    #[wasm_bindgen(js_name = abortAfter)]
    pub(crate) fn abort_after(milliseconds: i32, reason: JsValue) -> JsValue;
    #[wasm_bindgen(js_name = isErrorNamed)]
    pub(crate) fn is_error_named(value: &JsValue, name: &str) -> bool;
    #[wasm_bindgen(js_name = typeAndText)]
    pub(crate) fn type_and_text(value: &JsValue) -> String;
    #[wasm_bindgen(js_name = everythingIn)]
    pub(crate) fn everything_in(value: &JsValue) -> String;
    #[wasm_bindgen(js_name = withGetter)]
    pub(crate) fn with_getter(name: &str) -> JsValue;
    fn get(value: &JsValue, path: &str) -> JsValue;
}

/// Makes `fetch` answer so, one after the other and then with the last for ever; returns the list of what is sent.
pub(crate) fn serve(answers: &Value) -> JsValue {
    answer_with(js(answers))
}

/// A list, and a function that keeps there what it is called with.
pub(crate) fn recorder() -> (Array, Function) {
    let kept = Array::new();
    let keep = Function::new_with_args("kept, value", "kept.push(value)");
    let keep = keep.bind1(&JsValue::NULL, &kept).unchecked_into();
    (kept, keep)
}

/// A good answer with these records as text.
pub(crate) fn records(text: &str) -> Value {
    serde_json::json!({"body": format!(r#"{{"status":"success","msg":"","data":[{text}]}}"#)})
}

pub(crate) fn js(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).unwrap()
}

/// The value as JSON, for comparison; it must hold no big integer.
pub(crate) fn json(value: &JsValue) -> Value {
    let text = JSON::stringify(value).unwrap().as_string();
    text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
}

/// What is at a dotted path, as JSON.
pub(crate) fn at(value: &JsValue, path: &str) -> Value {
    json(&get(value, path))
}

/// What is at a dotted path, as it is.
pub(crate) fn raw(value: &JsValue, path: &str) -> JsValue {
    get(value, path)
}

pub(crate) fn client() -> NetskopeClient {
    let options = serde_json::json!({"baseUrl": "https://acme.goskope.com", "token": TOKEN});
    NetskopeClient::new(js(&options)).unwrap()
}

pub(crate) async fn outcome(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

/// Calls with these arguments.
pub(crate) async fn call(request: &Value) -> Result<JsValue, JsValue> {
    outcome(client().clients(js(request))).await
}
