//! Log streams, against what the stand-in says that it served.

use crate::pages::Pages;
use crate::{js, json, member, url, v2_token};
use js_sys::{Date, Promise, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(inline_js = "
export async function answerOf(url) { return (await fetch(url)).json(); }
export function abortAfter(milliseconds) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), milliseconds);
    return controller.signal;
}")]
extern "C" {
    #[wasm_bindgen(js_name = answerOf)]
    fn answer_of(url: &str) -> Promise;
    #[wasm_bindgen(js_name = abortAfter)]
    fn abort_after(milliseconds: u32) -> JsValue;
}

/// The options of a drain of this index from the first record on, and these.
fn options(index: &str, more: &Value) -> JsValue {
    let mut options = json!({
        "baseUrl": url(), "token": v2_token(), "stream": "page", "index": index, "from": "head",
    });
    let more = more.as_object().unwrap().clone();
    options.as_object_mut().unwrap().extend(more);
    js(&options)
}

fn open(index: &str, more: &Value) -> Pages {
    Pages::open(options(index, more))
}

/// What the stand-in served to this index.
async fn served(index: &str) -> Vec<Value> {
    served_by(url(), index).await
}

async fn served_by(url: &str, index: &str) -> Vec<Value> {
    let all = answer_of(&format!("{url}/_stand-in/served"));
    let all = json(&JsFuture::from(all).await.unwrap());
    let all = all.as_array().unwrap().iter();
    all.filter(|page| page["index"] == index).cloned().collect()
}

fn operations(served: &[Value]) -> Vec<&str> {
    let operations = served.iter().map(|page| page["operation"].as_str());
    operations.collect::<Option<_>>().unwrap()
}

/// The digests of the stream's pages in their order, each once, as the stand-in counts them.
fn digests(served: &[Value]) -> Vec<&Value> {
    let mut digests: Vec<_> = served.iter().map(|page| &page["digest"]).collect();
    digests.dedup();
    digests
}

fn integers_beyond_doubles(record: &Value) -> impl Iterator<Item = (&String, u64)> {
    let members = record.as_object().unwrap().iter();
    let integers = members.filter_map(|(name, value)| Some((name, value.as_u64()?)));
    integers.filter(|(_, number)| *number > 1 << 53)
}

#[wasm_bindgen_test]
async fn a_stream_is_drained_to_the_last_digit() {
    let pages = open("whole", &json!({}));
    let (mut commits, mut checked) = (Vec::new(), 0);
    for records in [50, 50, 20] {
        let page = pages.take().await;
        assert_eq!(page.text().lines().count(), records);
        commits.push(page.commit()["digest"].clone());
        let values = json(&page.records());
        for (line, value) in page.text().lines().zip(values.as_array().unwrap()) {
            let line: Value = serde_json::from_str(line).unwrap();
            assert_eq!(line["_id"], value["_id"]);
            for (name, number) in integers_beyond_doubles(&line) {
                assert_eq!(value[name], format!("{number}n"));
                checked += 1;
            }
        }
    }
    assert!(checked > 0);
    let served = served("whole").await;
    assert_eq!(operations(&served), ["head", "next", "next"]);
    assert_eq!(digests(&served), commits.iter().collect::<Vec<_>>());
}

/// The index moves though the answer is a 500 or is cut.
#[wasm_bindgen_test]
async fn faults_lose_no_page_and_double_none() {
    let pages = open("failing", &json!({}));
    let mut commits = Vec::new();
    for sequence in 1..=3 {
        let commit = pages.take().await.commit();
        assert_eq!(commit["sequence"], sequence);
        commits.push(commit["digest"].clone());
    }
    let served = served("failing").await;
    assert_eq!(
        operations(&served),
        ["head", "next", "resend", "next", "resend"]
    );
    assert_eq!(digests(&served), commits.iter().collect::<Vec<_>>());
}

#[wasm_bindgen_test]
async fn a_page_that_was_not_acknowledged_comes_again() {
    let pages = open("slow", &json!({}));
    let first = pages.next().await.unwrap();
    let again = pages.next().await.unwrap();
    assert_eq!(first.text(), again.text());
    assert!(first.acknowledge().is_err());
    again.acknowledge().unwrap();
    assert_eq!(pages.take().await.commit()["sequence"], 2);
    assert_eq!(operations(&served("slow").await), ["head", "head", "next"]);
}

#[wasm_bindgen_test]
async fn a_wait_time_is_waited_out() {
    let pages = open("waiting", &json!({}));
    pages.take().await;
    let arrived = Date::now();
    pages.take().await;
    assert!(Date::now() - arrived >= 950.0);
}

/// Amid a body that never ends, so that the page is lost with the request; a new drain is what a reload makes of it.
#[wasm_bindgen_test]
async fn an_abort_leaves_what_the_next_drain_goes_on_with() {
    let options = options("aborted", &json!({}));
    Reflect::set(&options, &"signal".into(), &abort_after(1_000)).unwrap();
    let pages = Pages::open(options);
    let first = pages.take().await;
    let error = pages.next().await.err().unwrap();
    assert_eq!(member(&error, "name"), "AbortError");

    let resume = json!({"commit": first.commit()});
    let next = open("aborted", &json!({"resume": resume})).take().await;
    assert_eq!(next.commit()["sequence"], 2);
    let served = served("aborted").await;
    assert_eq!(operations(&served), ["head", "next", "resend"]);
    let commits = [first, next].map(|page| page.commit()["digest"].clone());
    assert_eq!(digests(&served), commits.iter().collect::<Vec<_>>());
}

/// Chromium sends a request again by itself where a connection that it used before breaks. The tenant has then moved on
/// twice, and neither what comes nor a `resend` tells of the page between.
#[wasm_bindgen_test]
async fn a_request_that_the_browser_repeats_costs_a_page_unseen() {
    let pages = open("repeated", &json!({}));
    let first = pages.take().await.commit();
    let other = pages.next().await.unwrap().commit();
    let again = pages.take().await.commit();
    assert_eq!(
        (&again["sequence"], &again["digest"]),
        (&json!(2), &other["digest"])
    );
    let served = served("repeated").await;
    assert_eq!(operations(&served), ["head", "next", "next", "resend"]);
    let digests = digests(&served);
    assert_eq!(digests.len(), 3);
    assert_eq!(
        [digests[0], digests[2]],
        [&first["digest"], &again["digest"]]
    );
}

/// What the proxy before a tenant is to do.
#[wasm_bindgen_test]
async fn a_server_that_closes_its_connections_costs_none() {
    let closing = crate::closing_url();
    let pages = open("closing", &json!({"baseUrl": closing}));
    let mut commits = Vec::new();
    for _ in 0..3 {
        commits.push(pages.take().await.commit()["digest"].clone());
    }
    let served = served_by(closing, "closing").await;
    assert_eq!(operations(&served), ["head", "next", "resend", "next"]);
    assert_eq!(digests(&served), commits.iter().collect::<Vec<_>>());
}

/// With and without what was written down of an intent.
#[wasm_bindgen_test]
async fn a_reload_goes_on_after_the_last_commit() {
    let first = open("reloaded", &json!({})).take().await.commit();
    let intent = json!({"sequence": 1, "operation": "head"});
    let resume = json!({"commit": first, "intent": intent});
    let second = open("reloaded", &json!({"resume": resume}))
        .take()
        .await
        .commit();
    let resume = json!({"commit": second});
    let third = open("reloaded", &json!({"resume": resume}))
        .take()
        .await
        .commit();
    assert_eq!(third["sequence"], 3);
    let served = served("reloaded").await;
    assert_eq!(operations(&served), ["head", "next", "resend", "next"]);
    let commits = [first, second, third].map(|commit| commit["digest"].clone());
    assert_eq!(digests(&served), commits.iter().collect::<Vec<_>>());
}

#[wasm_bindgen_test]
async fn each_refusal_is_an_error_of_its_kind() {
    for (index, more, kind, status) in [
        (
            "refused",
            json!({"token": "0123456789abcdef"}),
            "refused",
            401,
        ),
        ("refused", json!({"token": null}), "refused", 401),
        ("refused", json!({"stream": "audit"}), "refused", 403),
        ("shared", json!({"retries": 0}), "conflict", 409),
    ] {
        let error = open(index, &more).next().await.err().unwrap();
        assert_eq!(member(&error, "kind"), kind, "{more}");
        assert_eq!(member(&error, "status"), status, "{more}");
    }
    assert_eq!(served("refused").await, [Value::Null; 0]);
}
