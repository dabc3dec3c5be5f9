//! What is sent, how often, and when.

use crate::server::{Answer, TOKEN, serve};
use netskope_blocking::model::{
    ErrorKind,
    v1::clients::{Query, Request},
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

#[test]
fn the_token_and_the_query_are_in_the_body_alone() {
    let server = serve([Answer::devices(&[])]);
    let query = Query::parse("host_info.hostname eq 'a'").unwrap();
    let request = Request::new()
        .matching(query)
        .limit(5)
        .unwrap()
        .skip(7)
        .unwrap();
    server.client().build().unwrap().page(request).unwrap();
    let sent = server.requests.recv().unwrap();
    let (head, body) = sent.split_once("\r\n\r\n").unwrap();
    assert!(
        head.starts_with("POST /api/v1/clients?limit=5&skip=7 HTTP/1.1\r\n"),
        "{head}"
    );
    assert!(
        head.contains("\r\nuser-agent: netskope-blocking/"),
        "{head}"
    );
    assert!(!head.contains(TOKEN), "{head}");
    assert_eq!(
        body,
        format!(r#"{{"token":"{TOKEN}","query":"host_info.hostname eq 'a'"}}"#)
    );
}

#[test]
fn a_rate_limit_is_waited_for_and_told_of() {
    let server = serve([
        Answer::new("429 Too Many Requests\r\nretry-after: 1", ""),
        Answer::devices(&["a"]),
    ]);
    let waits = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&waits);
    let client = server.client().retries(1).on_wait(move |wait| {
        heard
            .lock()
            .unwrap()
            .push((wait.reason.to_string(), wait.duration));
    });
    let page = client.build().unwrap().page(Request::new()).unwrap();
    assert_eq!(page.devices()[0].hostname(), Some("a"));
    let waits = waits.lock().unwrap();
    let [(reason, left)] = waits.as_slice() else {
        panic!("{waits:?}");
    };
    assert_eq!(reason, "the tenant's rate limit is reached");
    // What is left of the second when it is told.
    assert!(
        !left.is_zero() && *left <= Duration::from_secs(1),
        "{left:?}"
    );
    assert_eq!(server.count(), 2);
}

#[test]
fn a_failure_is_repeated_as_often_as_told() {
    let server = serve(vec![Answer::new("500 Internal Server Error", ""); 2]);
    let trips = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&trips);
    let client = server.client().retries(1).on_round_trip(move |trip| {
        let status = trip.answer.map(|answer| answer.status().as_u16()).ok();
        heard.lock().unwrap().push((trip.url.to_string(), status));
    });
    let error = client.build().unwrap().page(Request::new()).unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Server, Some(500))
    );
    let url = format!("{}/api/v1/clients?limit=5000&skip=0", server.url);
    assert_eq!(
        *trips.lock().unwrap(),
        [(url.clone(), Some(500)), (url, Some(500))]
    );
}

#[test]
fn a_client_in_a_hurry_neither_repeats_nor_waits() {
    let server = serve([
        Answer::new("429 Too Many Requests\r\nretry-after: 1", ""),
        Answer::raw("").then_silence(Duration::from_secs(2)),
    ]);
    let patient = server.client().retries(3).timeout(Duration::from_mins(1));
    let hurried = patient.build().unwrap().hurried(Duration::from_millis(200));
    for kind in [ErrorKind::RateLimited, ErrorKind::Network] {
        let error = hurried.page(Request::new()).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
    }
    assert_eq!(server.count(), 2);
}

#[test]
fn a_timeout_beyond_measure_is_a_day() {
    let server = serve([Answer::devices(&["a"])]);
    let client = server.client().timeout(Duration::MAX).build().unwrap();
    assert_eq!(client.page(Request::new()).unwrap().devices().len(), 1);
}

#[test]
fn all_devices_are_read_page_by_page() {
    let pages = [&["a", "b"][..], &["b", "c"], &["d"], &[], &["a"]];
    let server = serve(pages.map(Answer::devices));
    let client = server.client().build().unwrap();
    let request = Request::new().limit(2).unwrap();
    let names: String = client
        .devices(request)
        .map(|device| device.unwrap().hostname().unwrap().to_owned())
        .collect();
    assert_eq!(names, "abcd");
    let skips: Vec<String> = server
        .requests
        .try_iter()
        .map(|request| skip_of(&request))
        .collect();
    assert_eq!(skips, ["0", "2", "4", "5", "0"]);
}

#[test]
fn an_error_is_the_last_item() {
    let server = serve([
        Answer::devices(&["a"]),
        Answer::new("500 Internal Server Error", ""),
    ]);
    let client = server.client().build().unwrap();
    let mut devices = client.devices(Request::new());
    assert!(devices.next().unwrap().is_ok());
    assert_eq!(
        devices.next().unwrap().unwrap_err().kind(),
        ErrorKind::Server
    );
    assert!(devices.next().is_none());
}

#[test]
fn a_connection_that_the_server_closed_without_a_word_is_not_used_again() {
    let body = r#"{"status":"success","data":[{"_id":"a"}]}"#;
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
    let server = serve(vec![Answer::raw(head + body); 3]);
    let client = server.client().build().unwrap();
    for _ in 0..3 {
        assert_eq!(client.page(Request::new()).unwrap().devices().len(), 1);
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn nothing_shows_the_token() {
    let server = serve([]);
    let builder = server.client();
    assert!(!format!("{builder:?}").contains(TOKEN));
    let client = builder.build().unwrap();
    assert!(!format!("{client:?}").contains(TOKEN));
    assert!(!format!("{:?}", client.devices(Request::new())).contains(TOKEN));
}

fn skip_of(request: &str) -> String {
    let (_, rest) = request.split_once("skip=").unwrap();
    rest.split(' ').next().unwrap().to_owned()
}
