//! From JSON to JavaScript's own values, without a digit lost.

use crate::error;
use js_sys::{Array, JSON, Object};
use netskope_model::ErrorKind;
use serde::Serialize;
use serde_json::{Number, Value};
use wasm_bindgen::JsValue;

/// Plain objects, arrays and primitives; an integer that is not a safe one is a `BigInt`.
pub(crate) fn to_js(record: &impl Serialize) -> Result<JsValue, JsValue> {
    let unwritable =
        |problem: serde_json::Error| error::of_kind(ErrorKind::Unreadable, &problem.to_string());
    let text = serde_json::to_string(record).map_err(unwritable)?;
    // The browser's own parser is many times faster than building values one by one from here.
    if !may_hold_unsafe_integer(&text) {
        return JSON::parse(&text);
    }
    serde_json::from_str(&text)
        .map(|value| build(&value))
        .map_err(unwritable)
}

/// Whether there are as many digits in a row as the least unsafe integer has.
fn may_hold_unsafe_integer(text: &str) -> bool {
    const DIGITS: usize = "9007199254740992".len();
    text.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() >= DIGITS)
}

fn build(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(truth) => JsValue::from(*truth),
        Value::Number(number) => build_number(number),
        Value::String(text) => JsValue::from(text),
        Value::Array(items) => items.iter().map(build).collect::<Array>().into(),
        Value::Object(members) => {
            let entries: Array = members
                .iter()
                .map(|(name, value)| Array::of2(&JsValue::from(name), &build(value)))
                .collect();
            // Unlike an assignment, this makes even `__proto__` a member like any other.
            Object::from_entries(&entries).map_or(JsValue::NULL, JsValue::from)
        }
    }
}

fn build_number(number: &Number) -> JsValue {
    const LARGEST_SAFE: u64 = (1 << 53) - 1;
    match (number.as_i64(), number.as_u64()) {
        (Some(integer), _) if integer.unsigned_abs() > LARGEST_SAFE => integer.into(),
        (None, Some(integer)) => integer.into(),
        _ => number.as_f64().map_or(JsValue::NULL, JsValue::from),
    }
}
