//! What is forwarded, and what comes back.

use crate::site::{CLIENTS, Site, TOKEN, devices};
use netskope_stand_in::Fault;
use serde_json::json;
use std::{
    thread,
    time::{Duration, Instant},
};

#[test]
fn a_device_comes_back_as_the_tenant_wrote_it() {
    let site = Site::new();
    let answer = site.query("host_info.hostname eq 'beta'");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let [_, beta] = devices();
    assert_eq!(
        answer.json(),
        json!({"status": "success", "msg": "", "data": [{"attributes": beta}]})
    );
    assert!(
        answer
            .text()
            .starts_with(r#"{"status":"success","msg":"","data":[{"attributes":{"#)
    );
    assert!(
        answer.text().contains("9223372036854775807"),
        "{}",
        answer.text()
    );
}

#[test]
fn no_match_is_an_empty_list() {
    let answer = Site::new().query("host_info.hostname eq 'gamma'");
    assert_eq!(
        (answer.status, answer.text()),
        (200, r#"{"status":"success","msg":"","data":[]}"#)
    );
}

#[test]
fn exactly_query_limit_and_skip_are_forwarded() {
    let site = Site::new();
    let query = r#"host_info.hostname like "A'\ and  'x'" "#;
    site.post(
        "/api/v1/clients?skip=7&limit=5",
        json!({ "query": query }).to_string(),
    )
    .with("X-Forwarded-For", "192.0.2.1")
    .send();
    site.post("/api/v1/clients", "{}").send();
    assert_eq!(
        site.forwarded(),
        [
            (
                "/api/v1/clients?limit=5&skip=7".to_owned(),
                json!({"token": TOKEN, "query": query})
            ),
            (
                "/api/v1/clients?limit=5000&skip=0".to_owned(),
                json!({"token": TOKEN})
            ),
        ]
    );
    for request in site.tenant.requests() {
        for name in [
            "cookie",
            "origin",
            "referer",
            "x-forwarded-for",
            "sec-fetch-site",
        ] {
            assert!(!request.headers.contains_key(name), "{name}");
        }
    }
}

#[test]
fn bodies_with_anything_else_are_refused() {
    let site = Site::new();
    for body in [
        "",
        "null",
        "[]",
        r#"["host_info"]"#,
        r#""host_info""#,
        "query=host_info",
        r#"{"query":"host_info","token":"mine"}"#,
        r#"{"token":"f32a973eddd7bc1602fc0f48dc0a"}"#,
        r#"{"query":"host_info","limit":1}"#,
        r#"{"query":"a","query":"b"}"#,
        r#"{"query":1}"#,
        r#"{"query":["a"]}"#,
        r#"{"query":"host_info"} {}"#,
        r#"{"query":"host_info""#,
        "{\"query\":\"\u{0}\"}",
    ] {
        let (status, code, text) = site.post(CLIENTS, body).send().refusal();
        assert_eq!((status, code.as_str()), (400, "Request Error"), "{body}");
        assert_eq!(
            text,
            r#"the body must be {"query": "..."} and nothing else"#
        );
    }
    let not_utf8 = site
        .post(CLIENTS, b"{\"query\":\"\xff\"}".as_slice())
        .send()
        .refusal();
    assert_eq!(not_utf8.0, 400);
    assert_eq!(site.tenant.served(), 0);
}

#[test]
fn parameters_with_anything_else_are_refused() {
    let site = Site::new();
    for (parameters, reason) in [
        ("limit=0", "limit 0 is out of range"),
        ("limit=5001", "limit 5001 is out of range"),
        ("limit=-1", "limit -1 is out of range"),
        ("skip=-1", "skip -1 is out of range"),
        ("limit=", "limit is not a number"),
        ("limit=1e3", "limit is not a number"),
        ("limit=%2B5", "limit is not a number"),
        ("limit=+5", "limit is not a number"),
        ("limit=007", "limit is not a number"),
        ("skip=-0", "skip is not a number"),
        ("skip=99999999999999999999", "skip is not a number"),
        ("limit=1&limit=2", "limit is there twice"),
        (
            "limit=1&token=mine",
            "the only parameters are limit and skip",
        ),
        ("query=host_info", "the only parameters are limit and skip"),
        ("Limit=1", "the only parameters are limit and skip"),
        ("key", "the only parameters are limit and skip"),
    ] {
        let (status, code, text) = site
            .post(&format!("/api/v1/clients?{parameters}"), "{}")
            .send()
            .refusal();
        assert_eq!(
            (status, code.as_str()),
            (400, "Request Error"),
            "{parameters}"
        );
        assert!(
            text.contains(reason) && !text.contains("mine"),
            "{parameters}: {text}"
        );
    }
    assert_eq!(site.tenant.served(), 0);
    for parameters in ["limit=1", "limit=5000&skip=0", "skip=9007199254740993"] {
        assert_eq!(
            site.post(&format!("/api/v1/clients?{parameters}"), "{}")
                .send()
                .status,
            200,
            "{parameters}"
        );
    }
}

#[test]
fn texts_that_are_no_query_are_not_sent() {
    let site = Site::new();
    let (long, deep) = ("a".repeat(1 << 20), "(".repeat(10_000));
    for query in [
        "",
        " ",
        "(host_info",
        "host_info.hostname eq 'x",
        "a eq",
        "a\0b",
        &long,
        &deep,
    ] {
        let (status, code, text) = site.query(query).refusal();
        assert_eq!(
            (status, code.as_str()),
            (400, "Query Error"),
            "{}",
            query.chars().take(40).collect::<String>()
        );
        assert!(!text.is_empty() && text.len() < 500, "{text}");
    }
    assert_eq!(site.tenant.served(), 0);
    for query in [
        "host_info",
        "last_event.status = 0",
        "last_events.status = 0",
    ] {
        assert_eq!(site.query(query).status, 200, "{query}");
    }
}

#[test]
fn the_longest_query_fits_however_it_is_written() {
    let site = Site::new();
    let frame = "host_info.hostname eq ''".len();
    let name = r"\u0061".repeat(262_144 - frame);
    let answer = site
        .post(
            CLIENTS,
            format!(r#"{{"query":"host_info.hostname eq '{name}'"}}"#),
        )
        .send();
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[test]
fn a_few_lookups_at_a_time_while_the_page_goes_on() {
    let site = Site::new();
    let late = Duration::from_millis(300);
    for _ in 0..12 {
        site.tenant.push_fault(Fault::late(late));
    }
    let ask = site.post(CLIENTS, "{}");
    let started = Instant::now();
    let lookups: Vec<_> = (0..12)
        .map(|_| {
            let ask = ask.clone();
            thread::spawn(move || ask.send().status)
        })
        .collect();
    assert_eq!(site.get("/").status, 200);
    assert!(
        started.elapsed() < 3 * late,
        "the page had to wait for the lookups"
    );
    for lookup in lookups {
        assert_eq!(lookup.join().unwrap(), 200);
    }
    assert!(
        started.elapsed() >= 3 * late,
        "more than 4 lookups ran at once"
    );
}

#[test]
fn abandoned_lookups_give_their_turns_back() {
    let site = Site::new();
    let (at_once, late) = (4, Duration::from_secs(8));
    for _ in 0..at_once {
        site.tenant.push_fault(Fault::late(late));
    }
    let ask = site.post(CLIENTS, "{}");
    let abandoned: Vec<_> = (0..at_once).map(|_| ask.clone().begin()).collect();
    while site.tenant.served() < at_once {
        thread::sleep(Duration::from_millis(10));
    }
    drop(abandoned);
    let started = Instant::now();
    assert_eq!(ask.send().status, 200);
    assert!(started.elapsed() < late / 2, "{:?}", started.elapsed());
}
