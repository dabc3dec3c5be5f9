//! Arguments as they come from JavaScript, where types are a promise that nobody has to keep.

use crate::error::bad_argument;
use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// An object of named arguments; none of them is there where it is `undefined` or `null`.
pub(crate) struct Members(Option<JsValue>);

impl Members {
    /// The members of an object that may be left out.
    pub(crate) fn of(object: JsValue, name: &str) -> Result<Self, JsValue> {
        if is_absent(&object) {
            return Ok(Self(None));
        }
        if !object.is_object() {
            return Err(unfit(name, "an object", &object));
        }
        Ok(Self(Some(object)))
    }

    pub(crate) fn get(&self, name: &str) -> Result<Option<JsValue>, JsValue> {
        let Some(object) = &self.0 else {
            return Ok(None);
        };
        let value = Reflect::get(object, &name.into())?;
        Ok((!is_absent(&value)).then_some(value))
    }

    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, JsValue> {
        self.get(name)?.map(|value| text(&value, name)).transpose()
    }

    pub(crate) fn required_text(&self, name: &str) -> Result<String, JsValue> {
        let text = self.text(name)?;
        text.ok_or_else(|| bad_argument(&format!("`{name}` is missing")))
    }

    pub(crate) fn object(&self, name: &str) -> Result<Self, JsValue> {
        Self::of(self.get(name)?.into(), name)
    }

    pub(crate) fn whole_number(&self, name: &str) -> Result<Option<i64>, JsValue> {
        self.get(name)?
            .map(|value| whole_number(&value, name))
            .transpose()
    }

    pub(crate) fn count(&self, name: &str) -> Result<Option<usize>, JsValue> {
        match self.get(name)? {
            Some(value) => optional_count(&value, name),
            None => Ok(None),
        }
    }

    pub(crate) fn function(&self, name: &str) -> Result<Option<Function>, JsValue> {
        self.get(name)?
            .map(|value| instance(value, name, "a function"))
            .transpose()
    }

    pub(crate) fn signal(&self, name: &str) -> Result<Option<AbortSignal>, JsValue> {
        self.get(name)?
            .map(|value| instance(value, name, "an AbortSignal"))
            .transpose()
    }
}

/// The text of an argument.
pub(crate) fn text(value: &JsValue, name: &str) -> Result<String, JsValue> {
    value
        .as_string()
        .ok_or_else(|| unfit(name, "a string", value))
}

/// A count, where it is given.
pub(crate) fn optional_count(value: &JsValue, name: &str) -> Result<Option<usize>, JsValue> {
    if is_absent(value) {
        return Ok(None);
    }
    let number = whole_number(value, name)?;
    let count = usize::try_from(number);
    count
        .map(Some)
        .map_err(|_| bad_argument(&format!("`{name}` must be a whole number from 0 on")))
}

/// Whole seconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    reason = "cut to whole seconds is what is asked for"
)]
pub(crate) fn seconds(value: &JsValue, name: &str) -> Result<i64, JsValue> {
    match value.as_f64() {
        Some(seconds) if seconds.is_finite() => Ok(seconds.floor() as i64),
        _ => Err(unfit(name, "a finite number", value)),
    }
}

fn whole_number(value: &JsValue, name: &str) -> Result<i64, JsValue> {
    if value.as_f64().is_none() {
        return Err(unfit(name, "a number", value));
    }
    safe_integer(value).ok_or_else(|| bad_argument(&format!("`{name}` must be a whole number")))
}

/// The number, where it is an integer that JavaScript keeps exact.
#[expect(clippy::cast_possible_truncation, reason = "a safe integer fits")]
pub(crate) fn safe_integer(value: &JsValue) -> Option<i64> {
    let number = value.as_f64()?;
    js_sys::Number::is_safe_integer(value).then_some(number as i64)
}

fn instance<T: JsCast>(value: JsValue, name: &str, wanted: &str) -> Result<T, JsValue> {
    value
        .dyn_into()
        .map_err(|value| unfit(name, wanted, &value))
}

/// Names the value's type only, since the value may be a token in the wrong place.
fn unfit(name: &str, wanted: &str, value: &JsValue) -> JsValue {
    let kind = value.js_typeof().as_string().unwrap_or_default();
    bad_argument(&format!("`{name}` must be {wanted}, not of type {kind}"))
}

fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}
