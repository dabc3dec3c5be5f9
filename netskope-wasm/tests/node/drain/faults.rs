//! What goes wrong, and what ends a drain.

use super::{open, operations, options, page, with};
use crate::pages::Pages;
use crate::stub::{TOKEN, abort_after, at, everything_in, is_error_named, json, serve};
use js_sys::{Date, Function};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_page_lost_on_the_way_is_sent_again() {
    for lost in [
        json!({"fail": "Failed to fetch"}),
        json!({"cut": "{\"ok\":1,"}),
        json!({"status": 502}),
        json!({"body": "<html>"}),
        json!({"body": r#"{"ok":0,"result":"it broke"}"#}),
    ] {
        let sent = serve(&json!([
            page(r#"{"_id":"a"}"#),
            lost,
            page(r#"{"_id":"b"}"#)
        ]));
        let pages = open(&json!({}));
        pages.take().await;
        assert_eq!(pages.take().await.text(), "{\"_id\":\"b\"}\n");
        assert_eq!(operations(&sent), ["head", "next", "resend"]);
    }
}

#[wasm_bindgen_test]
async fn each_failure_is_an_error_of_its_kind() {
    for (answer, kind, says) in [
        (
            json!({"status": 401, "body": r#"{"message":"Invalid authentication credentials"}"#}),
            "refused",
            "Invalid authentication",
        ),
        (
            json!({"status": 403, "body": r#"{"message":"You cannot consume this service"}"#}),
            "refused",
            "You cannot consume",
        ),
        (
            json!({"status": 409}),
            "conflict",
            "another consumer uses this index",
        ),
        (
            json!({"status": 400, "body": r#"{"message":"no such operation"}"#}),
            "rejected",
            "no such operation",
        ),
        (
            json!({"status": 302, "headers": {"location": "https://x.example/"}}),
            "rejected",
            "redirected",
        ),
        (
            json!({"status": 429, "headers": {"retry-after": "1"}}),
            "rate-limited",
            "rate limit",
        ),
        (json!({"status": 503}), "server", "503"),
        (
            json!({"body": r#"{"ok":0,"result":"it broke"}"#}),
            "server",
            "it broke",
        ),
        (json!({"body": ""}), "unreadable", "status=200"),
        (
            json!({"fail": "Failed to fetch"}),
            "network",
            "Failed to fetch",
        ),
    ] {
        serve(&json!([answer]));
        let pages = open(&json!({"retries": 0}));
        let error = pages.next().await.err().unwrap();
        let shown = everything_in(&error);
        assert_eq!(at(&error, "kind"), kind, "{answer}: {shown}");
        assert!(shown.contains(says), "{answer}: {shown}");
        assert!(is_error_named(&error, "NetskopeError"));
    }
}

#[wasm_bindgen_test]
async fn no_error_holds_the_token() {
    for answer in [
        json!({"status": 403, "body": format!(r#"{{"message":"no {TOKEN}"}}"#)}),
        json!({"body": format!(r#"{{"ok":0,"result":"no {TOKEN}"}}"#)}),
        json!({"fail": format!("no {TOKEN}")}),
    ] {
        serve(&json!([answer]));
        let error = open(&json!({"retries": 0})).next().await.err().unwrap();
        let shown = everything_in(&error);
        assert!(
            shown.contains("[token]") && !shown.contains(TOKEN),
            "{shown}"
        );
    }
}

#[wasm_bindgen_test]
async fn an_intent_that_cannot_be_written_down_sends_nothing() {
    let sent = serve(&json!([page("")]));
    for body in [
        "throw new RangeError('full')",
        "return Promise.reject(new RangeError('full'))",
    ] {
        let on_intent = Function::new_no_args(body);
        let pages = Pages::open(with(options(&json!({})), "onIntent", &on_intent));
        let error = pages.next().await.err().unwrap();
        assert_eq!(at(&error, "message"), "full");
    }
    assert_eq!(json(&sent), json!([]));
}

#[wasm_bindgen_test]
async fn an_abort_ends_a_drain_wherever_it_is() {
    let never = Function::new_no_args("return new Promise(() => {})");
    let undisturbed = Function::new_no_args("");
    for (answers, on_intent, asked) in [
        (json!([{"hang": true}]), &undisturbed, vec!["head"]),
        (
            json!([{"status": 429, "headers": {"retry-after": "100"}}]),
            &undisturbed,
            vec!["head"],
        ),
        (json!([page("")]), &never, vec![]),
    ] {
        let sent = serve(&answers);
        let signal = abort_after(30, JsValue::UNDEFINED);
        let options = with(options(&json!({})), "signal", &signal);
        let pages = Pages::open(with(options, "onIntent", on_intent));
        let started = Date::now();
        let error = pages.next().await.err().unwrap();
        assert_eq!(at(&error, "name"), "AbortError");
        assert!(Date::now() - started < 5_000.0);
        assert_eq!(operations(&sent), asked);
    }
}

#[wasm_bindgen_test]
async fn an_aborted_signal_sends_nothing_and_gives_its_own_reason() {
    let sent = serve(&json!([page("")]));
    let signal = abort_after(-1, "my reason".into());
    let pages = Pages::open(with(options(&json!({})), "signal", &signal));
    assert_eq!(
        pages.next().await.err().unwrap(),
        JsValue::from("my reason")
    );
    assert_eq!(json(&sent), json!([]));
}
