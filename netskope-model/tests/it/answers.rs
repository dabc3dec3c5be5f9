//! What is made of each answer: the verdict table, row by row.

use crate::driver::{Answer, Run, TOKEN, answer, run, session, success};
use netskope_model::{
    ErrorKind,
    flow::{FailureKind, TransportFailure, WaitReason},
    v1::clients::{Absence, Page, Request},
};
use serde_json::json;
use std::{fmt::Write, time::Duration};

fn always(came: impl Fn() -> Answer) -> Run<Page> {
    run(session().page(Request::new()), |_, _| came())
}

fn failure(kind: FailureKind) -> Answer {
    Err(TransportFailure::new(kind, "as the transport says"))
}

#[test]
fn each_answer_has_its_verdict() {
    let html = "<html><body>502 Bad Gateway</body></html>";
    let error_list = r#"{"status":"error","errorCode":"General Error","errors":["one","two"]}"#;
    let error_text = r#"{"status":"error","errorCode":"General Error","errors":"just text"}"#;
    let refused =
        r#"{"status":"error","errorCode":"Authorization Error","errors":["Invalid token"]}"#;
    let cases: Vec<(&str, Answer)> = vec![
        ("403 with the envelope", answer(403, &[], refused)),
        ("200 with the same words", answer(200, &[], refused)),
        ("401 without a body", answer(401, &[], "")),
        (
            "400",
            answer(400, &[], r#"{"status":"error","errors":["bad query"]}"#),
        ),
        ("404 page", answer(404, &[], html)),
        (
            "302",
            answer(302, &[("location", "https://elsewhere.example/")], ""),
        ),
        (
            "429 with Retry-After",
            answer(429, &[("retry-after", "2")], "{}"),
        ),
        (
            "429 with RateLimit-Reset",
            answer(429, &[("RateLimit-Reset", "3")], "{}"),
        ),
        (
            "429 beyond all measure",
            answer(429, &[("retry-after", "99999999999999999999")], "{}"),
        ),
        (
            "500 with RateLimit-Reset",
            answer(500, &[("ratelimit-reset", "3600")], "{}"),
        ),
        ("429 without a time", answer(429, &[], "{}")),
        (
            "429 beyond patience",
            answer(429, &[("retry-after", "3600")], "{}"),
        ),
        ("500", answer(500, &[], "")),
        (
            "503 with Retry-After",
            answer(503, &[("retry-after", "7")], html),
        ),
        ("200, errors as a list", answer(200, &[], error_list)),
        ("200, errors as text", answer(200, &[], error_text)),
        (
            "200, success that complains",
            answer(200, &[], r#"{"status":"success","errors":["odd"]}"#),
        ),
        ("200, HTML", answer(200, &[], html)),
        ("200, empty", answer(200, &[], "")),
        (
            "200, cut",
            answer(200, &[], r#"{"status":"success","msg":"","data":[{"attri"#),
        ),
        ("200, not JSON", answer(200, &[], "OK")),
        (
            "200, data is no list",
            answer(200, &[], r#"{"status":"success","data":{"a":1}}"#),
        ),
        (
            "200, another envelope",
            answer(200, &[], r#"{"result":[]}"#),
        ),
        ("name does not resolve", failure(FailureKind::Resolve)),
        ("connection refused", failure(FailureKind::Connect)),
        ("certificate not trusted", failure(FailureKind::Tls)),
        ("no TLS", failure(FailureKind::Handshake)),
        ("large headers", failure(FailureKind::LargeHeaders)),
        ("timeout", failure(FailureKind::Timeout)),
        ("connection cut", failure(FailureKind::Cut)),
        ("too large", failure(FailureKind::TooLarge)),
    ];
    let mut table = String::new();
    for (name, came) in cases {
        let done = always(|| came.clone());
        let error = done.error.unwrap();
        assert!(done.items.is_empty());
        let requests = done.requests.len();
        writeln!(table, "{name}: {}, {requests} sent, {error}", error.kind()).unwrap();
    }
    insta::assert_snapshot!(table);
}

#[test]
fn an_obeyed_wait_is_the_servers() {
    for (headers, seconds) in [
        (&[("retry-after", "2"), ("ratelimit-reset", "9")][..], 2),
        (&[("ratelimit-reset", "9")], 9),
        (&[("retry-after", "soon")], 5),
        (&[("retry-after", "-4")], 5),
    ] {
        let done = run(session().page(Request::new()), |nth, _| match nth {
            0 => answer(429, headers, ""),
            _ => success(&json!([])),
        });
        assert_eq!(
            done.waits,
            [(Duration::from_secs(seconds), WaitReason::RateLimited)]
        );
        assert_eq!((done.items.len(), done.requests.len()), (1, 2));
    }
}

#[test]
fn a_failure_that_passes_leaves_no_trace() {
    let done = run(session().page(Request::new()), |nth, _| match nth {
        0 => failure(FailureKind::Cut),
        1 => answer(502, &[], "<html>"),
        2 => answer(200, &[], r#"{"status":"succ"#),
        _ => success(&json!([{"attributes": {"_id": "1"}}])),
    });
    assert!(done.error.is_none());
    assert_eq!(done.items[0].devices().len(), 1);
    let bodies: Vec<_> = done
        .requests
        .iter()
        .map(|(_, request)| request.body())
        .collect();
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(done.waits.len(), 3);
}

#[test]
fn an_absent_list_is_no_empty_list() {
    for (came, absence) in [
        (success(&json!([])), None),
        (
            answer(200, &[], r#"{"status":"success","msg":""}"#),
            Some(Absence::NoData),
        ),
        (
            answer(200, &[], r#"{"status":"success","data":null}"#),
            Some(Absence::NoData),
        ),
        (answer(204, &[], ""), Some(Absence::NoContent)),
    ] {
        let done = always(|| came.clone());
        assert_eq!(done.items[0].absence(), absence);
        assert!(done.items[0].devices().is_empty());
    }
}

#[test]
fn no_error_repeats_the_token() {
    let echo = format!(
        r#"{{"status":"error","errorCode":"Authorization Error","errors":["Invalid token {TOKEN}"]}}"#
    );
    for came in [
        answer(403, &[], echo.clone()),
        answer(200, &[], echo.clone()),
        answer(500, &[], echo.clone()),
        answer(400, &[], echo),
        Err(TransportFailure::new(
            FailureKind::Other,
            format!("at ?token={TOKEN}"),
        )),
    ] {
        let error = always(|| came.clone()).error.unwrap();
        let shown = format!("{error} {error:?} {:?}", error.hint());
        assert!(!shown.contains(TOKEN), "{shown}");
        assert!(shown.contains("[token]"), "{shown}");
    }
    assert!(!format!("{:?}", session().page(Request::new())).contains(TOKEN));
}

#[test]
fn a_cut_leaves_no_part_of_the_token() {
    for before in 0..420 {
        let long = json!({"status": "error", "errors": ["x".repeat(before) + TOKEN]});
        let said = always(|| answer(403, &[], long.to_string()))
            .error
            .unwrap()
            .to_string();
        assert!(!said.contains(TOKEN.get(..6).unwrap()), "{said}");
    }
}

#[test]
fn a_list_needs_no_status() {
    for body in [
        r#"{"data":[{"_id":"a"}]}"#,
        r#"{"status":"Success","data":[{"_id":"a"}]}"#,
    ] {
        assert_eq!(
            always(|| answer(200, &[], body)).items[0].devices().len(),
            1
        );
    }
    for body in [
        r#"{"data":7}"#,
        r#"{"data":[],"errors":["x"]}"#,
        r#"{"status":"?","data":[]}"#,
    ] {
        assert!(always(|| answer(200, &[], body)).items.is_empty(), "{body}");
    }
}

#[test]
fn only_the_code_speaks_of_authorization_where_there_is_one() {
    let body =
        r#"{"status":"error","errorCode":"Query Error","errors":["unknown field authorization"]}"#;
    assert_eq!(
        always(|| answer(200, &[], body)).error.unwrap().kind(),
        ErrorKind::Server
    );
}

#[test]
fn words_from_outside_are_fit_to_print() {
    let hostile =
        json!({"status": "error", "errors": ["\u{1b}[2J\u{7}\u{202e}line\r\none ".repeat(200)]});
    let error = always(|| answer(403, &[], hostile.to_string()))
        .error
        .unwrap()
        .to_string();
    assert!(!error.chars().any(char::is_control), "{error:?}");
    assert!(!error.contains('\u{202e}'), "{error:?}");
    assert!(error.chars().count() < 450, "{error}");
}

#[test]
fn an_error_says_its_status_and_its_wait() {
    let error = always(|| answer(429, &[("retry-after", "3600")], ""))
        .error
        .unwrap();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.status(), Some(429));
    assert_eq!(error.retry_after(), Some(Duration::from_hours(1)));
}
