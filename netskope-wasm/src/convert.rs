//! From JSON text to JavaScript's plain values, without a digit lost.

use crate::error::of_kind;
use js_sys::{Array, BigInt, JSON, Object};
use netskope_model::{ErrorKind, json::Json};
use wasm_bindgen::JsValue;

/// The value that a JSON text stands for; an integer that is not a safe one is a `BigInt`.
pub(crate) fn parsed(text: &str) -> Result<JsValue, JsValue> {
    // The browser's own parser is many times faster, and right about everything else.
    if !may_hold_unsafe_integer(text) {
        return JSON::parse(text);
    }
    let json = Json::read(text.as_bytes()).map_err(|_| unreadable("a record is no JSON"))?;
    built(json, DEEPEST)
}

/// How deep a record may be nested, as everywhere else in the core.
const DEEPEST: u32 = 128;

const LARGEST_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Whether there are as many digits in a row as the least unsafe integer has.
fn may_hold_unsafe_integer(text: &str) -> bool {
    const DIGITS: usize = "9007199254740992".len();
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.into_iter().any(|run| run.len() >= DIGITS)
}

fn built(json: Json<'_>, levels: u32) -> Result<JsValue, JsValue> {
    let Some(levels) = levels.checked_sub(1) else {
        return Err(unreadable("a record is nested too deep to be read"));
    };
    if json.is_list() {
        let items = json.items().map(|item| built(item, levels));
        return items.collect::<Result<Array, _>>().map(JsValue::from);
    }
    if json.is_object() {
        let members = json.members();
        let entries = members.map(|(name, value)| {
            built(value, levels).map(|value| Array::of2(&JsValue::from(&*name), &value))
        });
        // Unlike an assignment, this makes even `__proto__` a member like any other.
        let entries = entries.collect::<Result<Array, _>>()?;
        return Object::from_entries(&entries).map(JsValue::from);
    }
    if is_unsafe_integer(json.text()) {
        return BigInt::new(&JsValue::from(json.text()))
            .map(JsValue::from)
            .map_err(JsValue::from);
    }
    JSON::parse(json.text())
}

fn is_unsafe_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_integer
        && digits
            .parse()
            .map_or(true, |value: u64| value > LARGEST_SAFE_INTEGER)
}

fn unreadable(message: &str) -> JsValue {
    of_kind(ErrorKind::Unreadable, message)
}
