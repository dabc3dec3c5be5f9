//! Waits: told, obeyed, and ended by a signal.

use crate::stub::{abort_after, at, client, js, json, outcome, recorder, records, serve};
use js_sys::{Array, Date, Reflect};
use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

/// Arguments whose `onWait` keeps what it is told, and the list of it.
fn listening() -> (JsValue, Array) {
    let (told, on_wait) = recorder();
    let request = js(&json!({}));
    Reflect::set(&request, &"onWait".into(), &on_wait).unwrap();
    (request, told)
}

#[wasm_bindgen_test]
async fn a_rate_limit_is_waited_out_and_told_once() {
    let sent = serve(&json!([{"status": 429, "headers": {"retry-after": "1"}}, records("")]));
    let (request, told) = listening();
    let started = Date::now();
    outcome(client().clients(request)).await.unwrap();
    assert!(Date::now() - started >= 990.0);
    assert_eq!(told.length(), 1);
    assert_eq!(at(&told, "0.reason"), "the tenant's rate limit is reached");
    // What is left of the second when it is told.
    let seconds = at(&told, "0.seconds").as_f64().unwrap();
    assert!(seconds > 0.0 && seconds <= 1.0, "{seconds}");
    assert_eq!(at(&sent, "0.body"), at(&sent, "1.body"));
}

#[wasm_bindgen_test]
async fn a_wait_beyond_patience_is_an_error_that_says_how_long() {
    serve(&json!([{"status": 429, "headers": {"retry-after": "3600"}}]));
    let error = outcome(client().clients(JsValue::UNDEFINED))
        .await
        .unwrap_err();
    assert_eq!(at(&error, "kind"), "rate-limited");
    assert_eq!(at(&error, "retryAfter"), 3600);
}

#[wasm_bindgen_test]
async fn the_other_header_counts_too() {
    serve(&json!([{"status": 429, "headers": {"RateLimit-Reset": "3600"}}]));
    let error = outcome(client().clients(JsValue::UNDEFINED))
        .await
        .unwrap_err();
    assert_eq!(at(&error, "retryAfter"), 3600);
}

#[wasm_bindgen_test]
async fn an_abort_ends_a_call_that_is_waiting() {
    let sent = serve(&json!([{"status": 429, "headers": {"retry-after": "100"}}]));
    let (request, told) = listening();
    Reflect::set(
        &request,
        &"signal".into(),
        &abort_after(50, JsValue::UNDEFINED),
    )
    .unwrap();
    let started = Date::now();
    let error = outcome(client().clients(request)).await.unwrap_err();
    assert_eq!(at(&error, "name"), "AbortError");
    assert!(Date::now() - started < 5_000.0);
    assert_eq!(
        (told.length(), json(&sent).as_array().unwrap().len()),
        (1, 1)
    );
}

#[wasm_bindgen_test]
async fn what_the_listener_throws_ends_the_call() {
    serve(&json!([{"status": 429, "headers": {"retry-after": "100"}}]));
    let request = js(&json!({}));
    let thrower = js_sys::Function::new_no_args("throw new RangeError('enough')");
    Reflect::set(&request, &"onWait".into(), &thrower).unwrap();
    let error = outcome(client().clients(request)).await.unwrap_err();
    assert_eq!(at(&error, "message"), "enough");
}
