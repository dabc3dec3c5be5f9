//! Our own types as JavaScript's plain values.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// An object with these members.
pub(crate) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Fails only where the target is no object.
        let _ = Reflect::set(&object, &JsValue::from(*name), value);
    }
    object.into()
}
