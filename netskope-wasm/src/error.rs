//! What is thrown.

#[cfg(any(feature = "client", feature = "drain"))]
use netskope_model::Error;
use netskope_model::ErrorKind;
#[cfg(any(feature = "client", feature = "drain"))]
use std::time::Duration;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/errors.js")]
extern "C" {
    type NetskopeError;

    #[wasm_bindgen(constructor)]
    fn new(
        message: &str,
        kind: &str,
        status: Option<u16>,
        retry_after: Option<f64>,
        hint: Option<&str>,
    ) -> NetskopeError;

    // Only what is imported as a function can be passed on to pages without wasm-bindgen's idea of its type.
    #[wasm_bindgen(js_name = NetskopeError, reexport, skip_typescript)]
    fn netskope_error();
}

/// The exception for an error of the shared core.
#[cfg(any(feature = "client", feature = "drain"))]
pub(crate) fn thrown(error: &Error) -> JsValue {
    NetskopeError::new(
        &error.to_string(),
        error.kind().as_str(),
        error.status(),
        error.retry_after().as_ref().map(Duration::as_secs_f64),
        error.hint(),
    )
    .into()
}

/// The exception for an argument that is not what it must be.
pub(crate) fn bad_argument(message: &str) -> JsValue {
    of_kind(ErrorKind::Request, message)
}

/// An exception that the shared core has no error for.
pub(crate) fn of_kind(kind: ErrorKind, message: &str) -> JsValue {
    NetskopeError::new(message, kind.as_str(), None, None, None).into()
}
