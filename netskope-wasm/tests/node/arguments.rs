//! Arguments that TypeScript would have refused.

use crate::stub::{
    TOKEN, at, call, everything_in, is_error_named, js, json, outcome, records, serve, with_getter,
};
use netskope_wasm::{
    NetskopeClient, age, check, compile, complete, format, highlight, label, parse, simplify,
};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[track_caller]
fn assert_request_error(error: &JsValue, says: &str) {
    assert!(is_error_named(error, "NetskopeError"), "{error:?}");
    assert_eq!(at(error, "kind"), "request");
    let message = at(error, "message").to_string();
    assert!(message.contains(says), "{message}");
}

#[wasm_bindgen_test]
async fn a_request_of_wrong_types_is_not_sent() {
    let sent = serve(&json!([records("")]));
    for (request, says) in [
        (json!({"limit": 1.5}), "`limit` must be a whole number"),
        (
            json!({"limit": "5"}),
            "`limit` must be a number, not of type string",
        ),
        (json!({"limit": 1e300}), "`limit` must be a whole number"),
        (json!({"limit": -1}), "out of range"),
        (json!({"limit": 0}), "out of range"),
        (json!({"limit": 5001}), "out of range"),
        (json!({"skip": -1}), "out of range"),
        (json!({"skip": true}), "`skip` must be a number"),
        (json!({"query": 5}), "`query` must be a string"),
        (json!({"signal": {}}), "`signal` must be an AbortSignal"),
        (json!({"onWait": "x"}), "`onWait` must be a function"),
        (json!("x"), "`request` must be an object"),
        (json!(5), "`request` must be an object"),
    ] {
        assert_request_error(&call(&request).await.unwrap_err(), says);
    }
    assert_eq!(json(&sent), json!([]));
}

#[wasm_bindgen_test]
async fn no_number_is_no_limit() {
    for number in [f64::NAN, f64::INFINITY, -0.5] {
        let request = js(&json!({}));
        js_sys::Reflect::set(&request, &"limit".into(), &number.into()).unwrap();
        let error = outcome(crate::stub::client().clients(request))
            .await
            .unwrap_err();
        assert_request_error(&error, "`limit` must be a whole number");
    }
}

#[wasm_bindgen_test]
async fn a_getter_that_throws_is_heard() {
    let error = outcome(crate::stub::client().clients(with_getter("limit")))
        .await
        .unwrap_err();
    assert_eq!(at(&error, "message"), "from a getter");
}

#[wasm_bindgen_test]
fn options_are_checked_and_never_repeated() {
    let url = "https://acme.goskope.com";
    for (options, says) in [
        (Value::Null, "`baseUrl` is missing"),
        (json!({}), "`baseUrl` is missing"),
        (json!({"baseUrl": 5}), "`baseUrl` must be a string"),
        (json!({"baseUrl": ""}), "neither a host nor a URL"),
        (
            json!({"baseUrl": "http://acme.goskope.com"}),
            "not encrypted",
        ),
        (
            json!({"baseUrl": url, "token": 12_345_678}),
            "`token` must be a string",
        ),
        (
            json!({"baseUrl": url, "token": [TOKEN]}),
            "`token` must be a string",
        ),
        (json!({"baseUrl": url, "token": ""}), "the token is empty"),
        (
            json!({"baseUrl": url, "token": format!("{TOKEN}\u{e9}")}),
            "characters that no token has",
        ),
        (json!({"baseUrl": url, "retries": -1}), "`retries`"),
        (
            json!({"baseUrl": url, "retries": 0.5}),
            "`retries` must be a whole number",
        ),
        (
            json!({"baseUrl": url, "retries": "3"}),
            "`retries` must be a number",
        ),
        (json!("acme.goskope.com"), "`options` must be an object"),
    ] {
        let error = NetskopeClient::new(js(&options)).unwrap_err();
        assert_request_error(&error, says);
        let shown = everything_in(&error);
        assert!(
            !shown.contains(TOKEN) && !shown.contains("12345678"),
            "{shown}"
        );
    }
}

#[wasm_bindgen_test]
fn functions_take_strings() {
    for value in [
        JsValue::UNDEFINED,
        JsValue::NULL,
        5.into(),
        js(&json!({})),
        js(&json!(["a"])),
    ] {
        for error in [
            parse(&value).unwrap_err(),
            check(&value).unwrap_err(),
            complete(&value, &0.into()).unwrap_err(),
            highlight(&value).unwrap_err(),
            format(&value, JsValue::UNDEFINED).unwrap_err(),
            simplify(&value).unwrap_err(),
            compile(&value, JsValue::UNDEFINED).unwrap_err(),
        ] {
            assert_request_error(&error, "`text` must be a string");
        }
        assert_request_error(
            &label(&value, &0.into()).unwrap_err(),
            "`path` must be a string",
        );
    }
    for cursor in [(-1).into(), 0.5.into(), f64::NAN.into(), "1".into()] {
        let error = complete(&"a".into(), &cursor).unwrap_err();
        assert_request_error(&error, "`cursor` must be a");
    }
    for width in [json!(-1), json!(0.5), json!("1")] {
        let error = format(&"a".into(), js(&json!({"width": width}))).unwrap_err();
        assert_request_error(&error, "`width` must be a");
    }
    for dialect in [json!("JQL"), json!(1), json!("")] {
        let error = compile(&"a".into(), js(&json!({"dialect": dialect}))).unwrap_err();
        assert_request_error(&error, "`dialect` must be");
    }
    assert_request_error(
        &label(&"a".into(), &js(&json!({}))).unwrap_err(),
        "`value` must be",
    );
    assert_request_error(
        &age(&"5".into(), &1.into()).unwrap_err(),
        "`now` must be a finite number",
    );
    assert_request_error(
        &age(&1.into(), &f64::NAN.into()).unwrap_err(),
        "`then` must be a finite number",
    );
}
