//! Time and chance, which the shared core takes from outside.

use netskope_model::flow::Tick;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // A date can be set back while the program runs; this cannot.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// The present moment.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the time since the page was opened is positive, and its whole milliseconds are enough"
)]
pub(crate) fn now() -> Tick {
    Tick::from_millis(performance_now() as u64)
}

/// The date, in whole seconds since 1970.
#[cfg(feature = "drain")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a clock set before 1970 shows 0"
)]
pub(crate) fn seconds_since_1970() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

/// A number that differs from that of other clients started at the same moment.
pub(crate) fn seed() -> u64 {
    js_sys::Math::random().to_bits()
}
