//! A record of JavaScript's as a filter takes it.

use crate::{error::bad_argument, members::safe_integer};
use js_sys::{Array, BigInt, Object};
use serde_json::{Map, Value};
use wasm_bindgen::{JsCast, JsValue};

/// How deep a record may be nested, as everywhere else in the core; one that holds itself ends there too.
const DEEPEST: u32 = 128;

/// The record; what JSON has no form for is missing.
pub(crate) fn record(value: &JsValue) -> Result<Value, JsValue> {
    if value.is_object() && !Array::is_array(value) {
        read(value, DEEPEST)
    } else {
        Err(bad_argument("`record` must be an object"))
    }
}

fn read(value: &JsValue, levels: u32) -> Result<Value, JsValue> {
    if !value.is_object() {
        return Ok(scalar(value));
    }
    let Some(levels) = levels.checked_sub(1) else {
        return Err(bad_argument("`record` is nested too deep"));
    };
    if let Some(list) = value.dyn_ref::<Array>() {
        return list.iter().map(|item| read(&item, levels)).collect();
    }
    let object = value.unchecked_ref::<Object>();
    let mut members = Map::new();
    for (name, value) in Object::keys(object).iter().zip(Object::values(object)) {
        members.insert(name.as_string().unwrap_or_default(), read(&value, levels)?);
    }
    Ok(members.into())
}

fn scalar(value: &JsValue) -> Value {
    if let Some(text) = value.as_string() {
        return text.into();
    }
    if let Some(truth) = value.as_bool() {
        return truth.into();
    }
    match (value.as_f64(), value.dyn_ref::<BigInt>()) {
        (Some(number), _) => safe_integer(value).map_or_else(|| number.into(), Into::into),
        (None, Some(number)) => whole(number),
        (None, None) => Value::Null,
    }
}

/// Exact up to 64 bits.
fn whole(number: &BigInt) -> Value {
    let digits = number.to_string(10).map(String::from).unwrap_or_default();
    match (digits.parse::<i64>(), digits.parse::<u64>()) {
        (Ok(number), _) => number.into(),
        (_, Ok(number)) => number.into(),
        // What readers of JSON make of a larger one.
        _ => digits.parse::<f64>().unwrap_or_default().into(),
    }
}
