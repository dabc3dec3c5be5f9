//! Values as people read them.

use crate::{error::bad_argument, members};
use netskope_model::v1::clients::SCHEMA;
use netskope_query::Code;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = String)]
    fn as_text(primitive: &JsValue) -> String;
}

/// The label of a field's value, such as `Disabled` for `last_event.status` 0.
///
/// Tenants write codes as numbers, as numbers in text, and as labels; all give the label. The value of a field without
/// codes, and a code that is not known, give the value's own text; `null` and `undefined` give the empty text. The fields
/// of a user are known with and without `users.`.
///
/// # Errors
///
/// A `NetskopeError` of kind `request` where the value is an object.
#[wasm_bindgen(unchecked_return_type = "string")]
pub fn label(
    #[wasm_bindgen(unchecked_param_type = "string")] path: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "CodedValue")] value: &JsValue,
) -> Result<String, JsValue> {
    let path = members::text(path, "path")?;
    if value.is_undefined() || value.is_null() {
        return Ok(String::new());
    }
    if value.is_object() || value.is_function() || value.is_symbol() {
        return Err(bad_argument(
            "`value` must be text, a number, a boolean or null",
        ));
    }
    let text = as_text(value);
    let codes = SCHEMA
        .field(&path)
        .map(|field| field.codes)
        .unwrap_or_default();
    let known = codes.iter().find(|row| means(row, &text));
    Ok(known.map_or(text, |row| row.label.to_owned()))
}

fn means(row: &Code<'_>, text: &str) -> bool {
    row.label.eq_ignore_ascii_case(text)
        || row.code.is_some() && row.code == text.trim().parse().ok()
}

/// How long ago a moment was, in its largest whole unit: `3 d ago`, `just now`, or `in 2 h` for one to come.
///
/// Both are in seconds since 1970: `age(Date.now() / 1000, device.last_event.timestamp)`.
///
/// # Errors
///
/// A `NetskopeError` of kind `request` where one of them is no finite number.
#[wasm_bindgen(unchecked_return_type = "string")]
pub fn age(
    #[wasm_bindgen(unchecked_param_type = "number")] now: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "number")] then: &JsValue,
) -> Result<String, JsValue> {
    Ok(netskope_model::age::age(
        members::seconds(now, "now")?,
        members::seconds(then, "then")?,
    ))
}
