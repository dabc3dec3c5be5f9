//! Log streams, page by page.

mod faults;
mod resuming;

use crate::pages::Pages;
use crate::stub::{TOKEN, at, everything_in, js, json, raw, recorder, serve, type_and_text};
use js_sys::{Date, Function, Reflect};
use netskope_wasm::drain;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const HEAD: &str =
    "https://acme.goskope.com/api/v2/events/dataexport/events/page?operation=head&index=siem";

/// A page with these records as text, after which nothing is to be waited for.
fn page(records: &str) -> Value {
    with_wait(records, 0)
}

fn with_wait(records: &str, seconds: i64) -> Value {
    json!({"body": format!(
        r#"{{"ok":1,"result":[{records}],"wait_time":{seconds},"timestamp_hwm":1700000000}}"#
    )})
}

/// The options that all drains here have, and these.
fn options(more: &Value) -> JsValue {
    let mut options = json!({
        "baseUrl": "https://acme.goskope.com", "token": TOKEN, "stream": "events/page", "index": "siem", "from": "head",
    });
    let more = more.as_object().unwrap().clone();
    options.as_object_mut().unwrap().extend(more);
    js(&options)
}

fn with(options: JsValue, name: &str, value: &JsValue) -> JsValue {
    Reflect::set(&options, &name.into(), value).unwrap();
    options
}

fn open(more: &Value) -> Pages {
    Pages::open(options(more))
}

/// The operations that were sent.
fn operations(sent: &JsValue) -> Vec<String> {
    let sent = json(sent);
    let urls = sent.as_array().unwrap().iter();
    let operation = |url: &str| {
        Some(
            url.split_once("operation=")?
                .1
                .split_once('&')?
                .0
                .to_owned(),
        )
    };
    urls.map(|call| operation(call["url"].as_str().unwrap()).unwrap())
        .collect()
}

#[wasm_bindgen_test]
async fn a_page_is_asked_for_as_documented() {
    let sent = serve(&json!([page(r#"{"_id":"a"}"#)]));
    open(&json!({})).take().await;
    let expected = json!([{
        "method": "GET",
        "url": HEAD,
        "headers": {"accept": "application/json", "netskope-api-token": TOKEN},
        "redirect": "manual",
        "credentials": "same-origin",
        "cache": "no-store",
        "body": "",
        "aborted": true,
    }]);
    assert_eq!(json(&sent), expected);
}

#[wasm_bindgen_test]
async fn a_proxy_that_has_the_token_is_sent_none() {
    let sent = serve(&json!([page("")]));
    let proxy = json!({"baseUrl": "http://127.0.0.1:8080", "token": null});
    open(&proxy).take().await;
    assert_eq!(
        at(&sent, "0.headers"),
        json!({"accept": "application/json"})
    );
}

#[wasm_bindgen_test]
async fn an_index_starts_where_it_is_told_to() {
    let date = Date::new(&JsValue::from("2023-11-14T22:13:20.900Z"));
    for (from, operation) in [
        ("head".into(), "head"),
        ("tail".into(), "tail"),
        (1_700_000_000.into(), "1700000000"),
        (0.9.into(), "0"),
        (date.into(), "1700000000"),
    ] {
        let sent = serve(&json!([page("")]));
        let from: JsValue = from;
        Pages::open(with(options(&json!({})), "from", &from))
            .take()
            .await;
        assert_eq!(operations(&sent), [operation]);
    }
}

#[wasm_bindgen_test]
async fn records_come_as_text_and_as_values_to_the_last_digit() {
    let records =
        r#"{"_id":"a", "request_id":9064411288558768620,"n":1.50},{"_id":"b","__proto__":{"x":1}}"#;
    serve(&json!([page(records)]));
    let page = open(&json!({})).take().await;
    let lines = records.replace("},{", "}\n{") + "\n";
    assert_eq!(page.text(), lines);
    let values = page.records();
    assert_eq!(at(&values, "length"), 2);
    assert_eq!(
        type_and_text(&raw(&values, "0.request_id")),
        "bigint 9064411288558768620"
    );
    assert_eq!(at(&values, "0.n"), 1.5);
    assert_eq!(at(&values, "1._id"), "b");
    assert_eq!(values, page.records());
}

#[wasm_bindgen_test]
async fn a_commit_says_which_page_it_is() {
    serve(&json!([page(r#"{"_id":"a"},{"_id":"b"}"#)]));
    let before = Date::now() / 1000.0;
    let commit = open(&json!({})).take().await.commit();
    let told = commit["at"].as_f64().unwrap();
    assert!(
        told >= before.floor() && told <= Date::now() / 1000.0,
        "{told}"
    );
    let mut expected = json!({
        "sequence": 1, "operation": "head", "records": 2, "first_id": "a", "last_id": "b",
        "digest": commit["digest"], "high_water_mark": 1_700_000_000,
    });
    expected["at"] = commit["at"].clone();
    assert_eq!(commit, expected);
}

#[wasm_bindgen_test]
async fn a_wait_time_is_waited_out_and_told() {
    serve(&json!([with_wait(r#"{"_id":"a"}"#, 1), page("")]));
    let (told, on_wait) = recorder();
    let pages = Pages::open(with(options(&json!({})), "onWait", &on_wait));
    pages.take().await;
    let started = Date::now();
    pages.take().await;
    assert!(Date::now() - started >= 900.0);
    assert_eq!(
        at(&told, "0.reason"),
        "the tenant asks to wait before the next page"
    );
}

/// What `for await` itself does with it.
#[wasm_bindgen_test]
async fn a_loop_can_be_left() {
    let sent = serve(&json!([page(r#"{"_id":"a"}"#), page(r#"{"_id":"b"}"#)]));
    let pages = drain(options(&json!({}))).unwrap();
    let read = Function::new_with_args(
        "pages",
        "
        return (async () => {
            const read = [];
            let last;
            for await (const page of pages) {
                read.push(page.records[0]._id);
                last = page;
                if (read.length === 2) break;
                page.acknowledge();
            }
            last.acknowledge();
            for await (const page of pages) read.push(page);
            return read;
        })()",
    );
    let read = read.call1(&JsValue::NULL, &pages).unwrap();
    let read = crate::stub::outcome(read.into()).await.unwrap();
    assert_eq!(json(&read), json!(["a", "b"]));
    assert_eq!(operations(&sent), ["head", "next"]);
}

#[wasm_bindgen_test]
fn options_are_checked_before_anything_is_sent() {
    let sent = serve(&json!([page("")]));
    for (more, says) in [
        (json!({"baseUrl": null}), "`baseUrl` is missing"),
        (
            json!({"baseUrl": "http://acme.goskope.com"}),
            "not encrypted",
        ),
        (json!({"token": [TOKEN]}), "`token` must be a string"),
        (json!({"stream": null}), "`stream` is missing"),
        (json!({"stream": "pages"}), "no log stream is called"),
        (json!({"index": null}), "`index` is missing"),
        (json!({"index": "a b"}), "other characters"),
        (json!({"from": null}), "not said where to start"),
        (json!({"from": "Head"}), "`from` must be"),
        (json!({"from": true}), "`from` must be"),
        (json!({"from": -1}), "`from` must be a time since 1970"),
        (
            json!({"from": 1_700_000_000_000_u64}),
            "for milliseconds, give a Date",
        ),
        (json!({"retries": -1}), "`retries` must be"),
        (json!({"signal": {}}), "`signal` must be an AbortSignal"),
        (json!({"onWait": "x"}), "`onWait` must be a function"),
        (json!({"onIntent": {}}), "`onIntent` must be a function"),
        (json!({"resume": "x"}), "`resume` must be an object"),
        (
            json!({"resume": {"commit": {"sequence": 1}}}),
            "`resume.commit` is not as it was given",
        ),
        (
            json!({"resume": {"intent": TOKEN}}),
            "`resume.intent` is not as it was given",
        ),
        (
            json!({"resume": {"intent": {"sequence": 3, "operation": "next"}}}),
            "commits are missing",
        ),
    ] {
        let error = drain(options(&more)).unwrap_err();
        let shown = everything_in(&error);
        assert_eq!(at(&error, "kind"), "request", "{more}: {shown}");
        assert!(shown.contains(says), "{more}: {shown}");
        assert!(!shown.contains(TOKEN), "{shown}");
    }
    let no_time = with(options(&json!({})), "from", &Date::new(&f64::NAN.into()));
    assert_eq!(at(&drain(no_time).unwrap_err(), "kind"), "request");
    assert_eq!(json(&sent), json!([]));
}
