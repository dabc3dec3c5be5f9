//! Faults, through the function.

use crate::asking::*;
use http::{HeaderValue, Method, StatusCode};
use netskope_stand_in::{DEFAULT_V1_TOKEN, Ending, Fault, StandIn, faults_of};
use serde_json::json;
use std::time::Duration;

fn ask(stand_in: &mut StandIn) -> netskope_stand_in::Reply {
    let target = format!("/api/v1/clients?token={DEFAULT_V1_TOKEN}");
    send(stand_in, Method::GET, &target, "")
}

#[test]
fn each_fault_spoils_one_request_in_its_turn() {
    let mut options = options();
    options.clients = given(numbered(1));
    options.faults = vec![
        Fault::status(StatusCode::TOO_MANY_REQUESTS).retry_after(HeaderValue::from_static("2")),
        Fault::body(StatusCode::INTERNAL_SERVER_ERROR, "oh"),
    ];
    let mut tenant = StandIn::new(options);
    tenant.push_fault(Fault::empty().after(Duration::from_secs(3)));

    let limited = ask(&mut tenant).response;
    assert_eq!(limited.status(), 429);
    assert_eq!(limited.headers()["retry-after"], "2");
    let broken = ask(&mut tenant).response;
    assert_eq!((broken.status().as_u16(), text(&broken)), (500, "oh"));
    let empty = ask(&mut tenant);
    assert_eq!(
        (empty.response.status().as_u16(), text(&empty.response)),
        (200, "")
    );
    assert_eq!(empty.delay, Duration::from_secs(3));
    assert_eq!(records(&ask(&mut tenant).response).len(), 1);
}

#[test]
fn a_cut_or_late_answer_is_the_true_one() {
    let mut tenant = tenant(numbered(1));
    tenant.push_fault(Fault::cut_after(10));
    tenant.push_fault(Fault::late(Duration::from_millis(1500)));
    tenant.push_fault(Fault::reset());
    let cut = ask(&mut tenant);
    assert_eq!(records(&cut.response).len(), 1);
    assert_eq!(cut.ending, Ending::CutAfter(10));
    let late = ask(&mut tenant);
    assert_eq!(records(&late.response).len(), 1);
    assert_eq!(late.delay, Duration::from_millis(1500));
    assert_eq!(ask(&mut tenant).ending, Ending::Reset);
}

#[test]
fn errors_with_200_are_a_list_or_a_string() {
    let mut tenant = tenant(Vec::new());
    tenant.push_fault(Fault::errors(&["a", "b"]));
    tenant.push_fault(Fault::error_string("a"));
    let list = ask(&mut tenant).response;
    assert_eq!(list.status(), 200);
    assert_eq!(
        text(&list),
        r#"{"status":"error","errorCode":"General Error","errors":["a","b"]}"#
    );
    assert_eq!(body(&ask(&mut tenant).response)["errors"], json!("a"));
}

#[test]
fn lines_say_the_same_as_calls() {
    let lines = r#"
        {"status":429,"retry_after":2}
        {"status":503,"retry_after":"soon"}
        {"status":500,"body":"oh"}
        {"status":502}
        {"html":"<h1>Sign in</h1>"}
        {"empty":true}
        {"errors":["a","b"]}
        {"errors":"a"}
        {"cut":100}
        {"reset":true}
        {"delay_ms":1500}
    "#;
    let calls = [
        Fault::status(StatusCode::TOO_MANY_REQUESTS).retry_after(HeaderValue::from_static("2")),
        Fault::status(StatusCode::SERVICE_UNAVAILABLE)
            .retry_after(HeaderValue::from_static("soon")),
        Fault::body(StatusCode::INTERNAL_SERVER_ERROR, "oh"),
        Fault::status(StatusCode::BAD_GATEWAY),
        Fault::html(StatusCode::OK, "<h1>Sign in</h1>"),
        Fault::empty(),
        Fault::errors(&["a", "b"]),
        Fault::error_string("a"),
        Fault::cut_after(100),
        Fault::reset(),
        Fault::late(Duration::from_millis(1500)),
    ];
    assert_eq!(faults_of(lines).unwrap(), calls);
}

#[test]
fn a_line_that_is_no_fault_is_named() {
    for (lines, complaint) in [
        (
            "{\"cut\":1}\n{\"sattus\":1}",
            "line 2 is not a fault: unknown field `sattus`",
        ),
        ("{\"status\":99}", "`status` is not an HTTP status"),
        ("{\"status\":101}", "`status` must be 200 or above"),
        ("{\"retry_after\":1}", "`retry_after` needs a `status`"),
        ("{\"empty\":true,\"body\":\"\"}", "exclude each other"),
        ("{\"cut\":1,\"reset\":true}", "exclude each other"),
        ("[]", "line 1"),
    ] {
        let error = faults_of(lines).unwrap_err().to_string();
        assert!(error.contains(complaint), "{lines}: {error}");
    }
}
