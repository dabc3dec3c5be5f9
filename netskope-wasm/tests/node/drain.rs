//! Log streams, page by page.

use crate::pages::Pages;
use crate::stub::{
    TOKEN, abort_after, at, everything_in, is_error_named, js, json, raw, recorder, serve,
    type_and_text,
};
use js_sys::{Array, Date, Function, Reflect};
use netskope_wasm::drain;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
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
