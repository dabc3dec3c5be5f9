//! What was acknowledged and written down, and what is then asked.

use super::{open, operations, options, page, with};
use crate::pages::Pages;
use crate::stub::{at, is_error_named, json, serve};
use js_sys::{Array, Function};
use netskope_wasm::drain;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// Nothing but an acknowledged page lets the next one be asked for.
#[wasm_bindgen_test]
async fn a_page_comes_again_until_it_is_acknowledged() {
    let sent = serve(&json!([
        page(r#"{"_id":"a"}"#),
        page(r#"{"_id":"a"}"#),
        page(r#"{"_id":"b"}"#)
    ]));
    let pages = open(&json!({}));
    let first = pages.next().await.unwrap();
    assert_eq!(operations(&sent), ["head"]);
    let again = pages.next().await.unwrap();
    assert_eq!(again.text(), first.text());
    assert_eq!(again.commit()["sequence"], 1);
    assert_eq!(operations(&sent), ["head", "head"]);

    let late = first.acknowledge().unwrap_err();
    assert!(is_error_named(&late, "NetskopeError"));
    assert_eq!(at(&late, "kind"), "request");

    again.acknowledge().unwrap();
    again.acknowledge().unwrap();
    let second = pages.next().await.unwrap();
    assert_eq!(second.commit()["sequence"], 2);
    again.acknowledge().unwrap();
    assert_eq!(operations(&sent), ["head", "head", "next"]);
    // What was said of the page before does not hold for this one.
    pages.next().await.unwrap();
    assert_eq!(operations(&sent), ["head", "head", "next", "resend"]);
}

/// The callback is slow, as a database may be.
#[wasm_bindgen_test]
async fn an_intent_is_awaited_before_its_request_leaves() {
    let sent = serve(&json!([page(r#"{"_id":"a"}"#)]));
    let order = Array::new();
    let on_intent = Function::new_with_args(
        "order, sent, intent",
        "
        return new Promise((resolve) => setTimeout(() => {
            order.push({ ...intent, sent: sent.length });
            resolve();
        }, 20))",
    );
    let on_intent = on_intent
        .bind2(&JsValue::NULL, &order, &sent)
        .unchecked_into();
    let pages = Pages::open(with(options(&json!({})), "onIntent", &on_intent));
    pages.take().await;
    pages.next().await.unwrap();
    // It moves nothing, so there is nothing to write down.
    pages.take().await;
    assert_eq!(
        json(&order),
        json!([{"sequence": 1, "operation": "head", "sent": 0}, {"sequence": 2, "operation": "next", "sent": 1}])
    );
}

/// What a consumer has written down, and what it is then asked.
#[wasm_bindgen_test]
async fn a_drain_goes_on_after_what_was_written_down() {
    let (a, b) = (page(r#"{"_id":"a"}"#), page(r#"{"_id":"b"}"#));
    serve(&json!([a]));
    let commit = open(&json!({})).take().await.commit();
    let intent = |sequence, operation| json!({"sequence": sequence, "operation": operation});
    let resend_first = vec!["resend", "next"];
    for (resume, answers, asked) in [
        (
            json!({"commit": commit, "intent": intent(1, "head")}),
            json!([b]),
            vec!["next"],
        ),
        (
            json!({"commit": commit, "intent": intent(2, "next")}),
            json!([a, b]),
            resend_first.clone(),
        ),
        (
            json!({"commit": commit, "intent": intent(2, "next")}),
            json!([b]),
            vec!["resend"],
        ),
        (
            json!({"commit": commit}),
            json!([a, b]),
            resend_first.clone(),
        ),
        (
            json!({"intent": intent(1, "head")}),
            json!([b]),
            vec!["head"],
        ),
        (
            json!({"intent": intent(1, "1700000000")}),
            json!([b]),
            vec!["1700000000"],
        ),
        (json!({}), json!([b]), vec!["head"]),
        (
            json!({"commit": null, "intent": null}),
            json!([b]),
            vec!["head"],
        ),
    ] {
        let sent = serve(&answers);
        let next = open(&json!({"resume": resume})).take().await;
        assert_eq!(next.text(), "{\"_id\":\"b\"}\n", "{resume}");
        let sequence = if resume["commit"].is_null() { 1 } else { 2 };
        assert_eq!(next.commit()["sequence"], sequence, "{resume}");
        assert_eq!(operations(&sent), asked, "{resume}");
    }
}

/// It would come back as another number, and the commit would be none.
#[wasm_bindgen_test]
async fn a_commit_survives_json_whatever_the_tenant_says() {
    let body = r#"{"ok":1,"result":[],"timestamp_hwm":9223372036854775807}"#;
    serve(&json!([{"body": body}]));
    let commit = open(&json!({})).take().await.commit();
    assert_eq!(commit["high_water_mark"], Value::Null);
    serve(&json!([{"body": body}, page(r#"{"_id":"a"}"#)]));
    drain(options(&json!({"resume": {"commit": commit}}))).unwrap();
}
