//! Calls and what comes of them.

use crate::stub::{
    TOKEN, abort_after, at, call, client, everything_in, is_error_named, js, json, outcome, raw,
    records, serve,
};
use js_sys::Reflect;
use netskope_wasm::NetskopeClient;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_call_is_sent_as_documented_and_its_devices_come_back() {
    let sent = serve(&json!([records(
        r#"{"attributes":{"_id":"a","users":[]}},{"_id":"b","x":null}"#
    )]));
    let query = "host_info.hostname eq \"LAPTOP \u{2019}7\"";
    let page = call(&json!({"query": query, "limit": 2, "skip": 4}))
        .await
        .unwrap();
    assert_eq!(
        at(&page, "devices"),
        json!([{"_id": "a", "users": []}, {"_id": "b", "x": null}])
    );
    let expected = json!([{
        "method": "POST",
        "url": "https://acme.goskope.com/api/v1/clients?limit=2&skip=4",
        "headers": {"accept": "application/json", "content-type": "application/json"},
        "redirect": "manual",
        "credentials": "same-origin",
        "cache": "no-store",
        "body": format!(r#"{{"token":"{TOKEN}","query":{}}}"#, json!(query)),
        // Its signal is let go of once the answer is in.
        "aborted": true,
    }]);
    assert_eq!(json(&sent), expected);
}

#[wasm_bindgen_test]
async fn everything_can_be_left_out() {
    let sent = serve(&json!([records("")]));
    let proxy = NetskopeClient::new(js(&json!({"baseUrl": "http://127.0.0.1:8080"}))).unwrap();
    for request in [
        JsValue::UNDEFINED,
        JsValue::NULL,
        js(&json!({"query": null, "signal": null})),
    ] {
        assert_eq!(
            json(&outcome(proxy.clients(request)).await.unwrap()),
            json!({"devices": [], "mayHaveMore": false})
        );
    }
    assert_eq!(
        at(&sent, "2.url"),
        "http://127.0.0.1:8080/api/v1/clients?limit=5000&skip=0"
    );
    assert_eq!(at(&sent, "2.body"), "{}");
}

#[wasm_bindgen_test]
async fn an_answer_without_a_list_says_so() {
    for (answer, absence) in [
        (
            json!({"body": r#"{"status":"success","msg":""}"#}),
            json!("no-data"),
        ),
        (json!({"status": 204}), json!("no-content")),
        (records(""), Value::Null),
    ] {
        serve(&json!([answer]));
        let page = call(&json!({})).await.unwrap();
        assert_eq!(at(&page, "devices"), json!([]));
        assert_eq!(at(&page, "absence"), absence);
    }
}

#[wasm_bindgen_test]
async fn a_page_says_whether_there_may_be_more() {
    for (limit, more) in [(1, true), (2, false)] {
        serve(&json!([records(r#"{"_id":"a"}"#)]));
        let page = call(&json!({"limit": limit})).await.unwrap();
        assert_eq!(at(&page, "mayHaveMore"), json!(more));
    }
}

#[wasm_bindgen_test]
async fn records_that_are_no_devices_are_told_apart() {
    serve(&json!([
        records(r#"7, {"_id":"a"}"#),
        records(r#"{"_id":"a"}"#)
    ]));
    let page = call(&json!({})).await.unwrap();
    assert_eq!(at(&page, "devices"), json!([{"_id": "a"}]));
    assert_eq!(at(&page, "unread"), json!(["7"]));
    let page = call(&json!({})).await.unwrap();
    assert_eq!(at(&page, "unread"), Value::Null);
}

#[wasm_bindgen_test]
async fn each_failure_is_an_error_of_its_kind() {
    let refused =
        r#"{"status":"error","errorCode":"Authorization Error","errors":["Invalid token"]}"#;
    let failed = r#"{"status":"error","errors":"it broke"}"#;
    for (answer, kind, status, says) in [
        (
            json!({"status": 403, "body": refused}),
            "refused",
            json!(403),
            "Invalid token",
        ),
        (
            json!({"body": refused}),
            "refused",
            json!(200),
            "Invalid token",
        ),
        (json!({"body": failed}), "server", json!(200), "it broke"),
        (json!({"status": 500}), "server", json!(500), "500"),
        (
            json!({"status": 400, "body": failed}),
            "rejected",
            json!(400),
            "it broke",
        ),
        (
            json!({"status": 302, "headers": {"location": "https://x.example/"}}),
            "rejected",
            json!(302),
            "redirected",
        ),
        (
            json!({"body": "<html>"}),
            "unreadable",
            json!(200),
            "web page",
        ),
        (json!({"body": ""}), "unreadable", json!(200), "empty"),
        (
            json!({"body": "{\"sta"}),
            "unreadable",
            json!(200),
            "cut off",
        ),
        (
            json!({"cut": "{\"sta"}),
            "network",
            Value::Null,
            "terminated",
        ),
        (
            json!({"fail": "Failed to fetch"}),
            "network",
            Value::Null,
            "Failed to fetch",
        ),
        (
            json!({"body": r#"{"status":"success","data":7}"#}),
            "unreadable",
            json!(200),
            "not as the interface documents",
        ),
    ] {
        serve(&json!([answer]));
        let options = json!({"baseUrl": "https://acme.goskope.com", "token": TOKEN, "retries": 0});
        let hasty = NetskopeClient::new(js(&options)).unwrap();
        let error = outcome(hasty.clients(JsValue::UNDEFINED))
            .await
            .unwrap_err();
        assert!(is_error_named(&error, "NetskopeError"), "{answer}");
        assert_eq!(
            (at(&error, "kind"), at(&error, "status")),
            (json!(kind), status),
            "{answer}"
        );
        assert!(
            at(&error, "message").to_string().contains(says),
            "{answer}: {}",
            everything_in(&error)
        );
    }
}

#[wasm_bindgen_test]
async fn a_malformed_query_is_not_sent() {
    let sent = serve(&json!([records("")]));
    let error = call(&json!({"query": "host_info.hostname eq 'é"}))
        .await
        .unwrap_err();
    assert!(is_error_named(&error, "QueryError"));
    assert_eq!(at(&error, "kind"), "query");
    assert_eq!(at(&error, "diagnostics.0.severity"), "error");
    assert_eq!(at(&error, "diagnostics.0.message"), at(&error, "message"));
    assert_eq!(at(&error, "diagnostics.0.help"), at(&error, "hint"));
    assert_eq!(json(&sent), json!([]));
}

#[wasm_bindgen_test]
async fn an_abort_ends_a_call_that_is_sending() {
    let sent = serve(&json!([{"hang": true}]));
    let request = js(&json!({}));
    Reflect::set(
        &request,
        &"signal".into(),
        &abort_after(20, JsValue::UNDEFINED),
    )
    .unwrap();
    let error = outcome(client().clients(request)).await.unwrap_err();
    assert_eq!(at(&error, "name"), "AbortError");
    assert_eq!(at(&sent, "0.aborted"), true);
}

#[wasm_bindgen_test]
async fn an_aborted_signal_sends_nothing_and_gives_its_own_reason() {
    let sent = serve(&json!([records("")]));
    let request = js(&json!({}));
    Reflect::set(
        &request,
        &"signal".into(),
        &abort_after(-1, "my reason".into()),
    )
    .unwrap();
    let error = outcome(client().clients(request)).await.unwrap_err();
    assert_eq!(error, JsValue::from("my reason"));
    assert_eq!(json(&sent), json!([]));
}

#[wasm_bindgen_test]
async fn a_call_outlives_its_client() {
    serve(&json!([records(r#"{"_id":"a"}"#)]));
    let short_lived = client();
    let promise = short_lived.clients(JsValue::UNDEFINED);
    drop(short_lived);
    assert_eq!(at(&outcome(promise).await.unwrap(), "devices.0._id"), "a");
}

#[wasm_bindgen_test]
async fn no_error_holds_the_token() {
    let echo = format!(
        r#"{{"status":"error","errorCode":"Authorization Error","errors":["Invalid token {TOKEN}"]}}"#
    );
    for answer in [
        json!({"status": 403, "body": echo}),
        json!({"body": echo}),
        json!({"fail": format!("no {TOKEN}")}),
    ] {
        serve(&json!([answer]));
        let options = json!({"baseUrl": "https://acme.goskope.com", "token": TOKEN, "retries": 0});
        let hasty = NetskopeClient::new(js(&options)).unwrap();
        assert!(!format!("{hasty:?}").contains(TOKEN));
        let error = outcome(hasty.clients(JsValue::UNDEFINED))
            .await
            .unwrap_err();
        let shown = everything_in(&error);
        assert!(
            shown.contains("[token]") && !shown.contains(TOKEN),
            "{shown}"
        );
        assert!(raw(&error, "cause").is_undefined());
    }
}
