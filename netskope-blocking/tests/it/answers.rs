//! What can come back, or not come back, and what the client makes of it.

use crate::server::{Answer, client, serve};
use netskope_blocking::model::{Error, ErrorKind, v1::clients::Request};
use std::{net::TcpListener, time::Duration};

/// An empty page, compressed.
const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x2a\x2e\x49\x2c\x29\x2d\x56\xb2\x52\x2a\x2e\x4d\x4e\x4e\x2d\x2e\x56\xd2\x51\xca\x2d\x4e\x07\xf2\x81\x8c\x94\xc4\x92\x44\x25\xab\xe8\xd8\x5a\x00\xdf\xb7\x0b\xe2\x27\x00\x00\x00";

fn error_of(answer: Answer) -> Error {
    let server = serve([answer]);
    let error = server
        .client()
        .build()
        .unwrap()
        .page(Request::new())
        .unwrap_err();
    assert_eq!(server.count(), 1, "{error}");
    error
}

#[track_caller]
fn assert_error(error: &Error, kind: ErrorKind, words: &str) {
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn a_refused_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&url)
        .build()
        .unwrap()
        .page(Request::new())
        .unwrap_err();
    assert_error(
        &error,
        ErrorKind::Network,
        "could not connect to the tenant",
    );
}

#[test]
fn a_host_without_an_address() {
    let client = client("https://nosuchhost.invalid").build().unwrap();
    let error = client.page(Request::new()).unwrap_err();
    assert_error(&error, ErrorKind::Network, "host name has no address");
}

#[test]
fn a_body_that_ends_early() {
    let cut = Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"status\":");
    assert_error(
        &error_of(cut),
        ErrorKind::Network,
        "ended before the answer did",
    );
    let chunked =
        Answer::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"sta\r\n5\r\ntu");
    assert_error(
        &error_of(chunked),
        ErrorKind::Network,
        "ended before the answer did",
    );
    let until_close =
        Answer::raw("HTTP/1.1 200 OK\r\n\r\n{\"status\":\"success\",\"data\":[{\"attr");
    assert_error(
        &error_of(until_close),
        ErrorKind::Unreadable,
        "cut off after 34 bytes",
    );
}

#[test]
fn a_head_that_ends_early() {
    assert_error(
        &error_of(Answer::raw("")),
        ErrorKind::Network,
        "ended before the answer did",
    );
    let half = Answer::raw("HTTP/1.1 200 OK\r\ncontent-le");
    assert_error(
        &error_of(half),
        ErrorKind::Network,
        "ended before the answer did",
    );
}

#[test]
fn an_answer_that_is_no_http() {
    assert_error(
        &error_of(Answer::raw("SSH-2.0-OpenSSH_9.9\r\n\r\n")),
        ErrorKind::Network,
        "http parse fail",
    );
}

#[test]
fn an_answer_that_is_no_envelope() {
    let html = "<html><body>It works!</body></html>";
    for (answer, words) in [
        (Answer::ok(""), "is empty"),
        (
            Answer::new("200 OK\r\ncontent-type: text/html", html),
            "a web page instead of JSON",
        ),
        (Answer::ok("[]"), "the interface documents"),
        (
            Answer::ok("{\"status\":\"success\",\"data\":7}"),
            "the interface documents",
        ),
    ] {
        assert_error(&error_of(answer), ErrorKind::Unreadable, words);
    }
}

#[test]
fn an_answer_that_takes_too_long() {
    let late = Answer::raw("").then_silence(Duration::from_secs(2));
    let stalled = Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{")
        .then_silence(Duration::from_secs(2));
    for answer in [late, stalled] {
        let client = serve([answer]).client().timeout(Duration::from_millis(200));
        let error = client.build().unwrap().page(Request::new()).unwrap_err();
        assert_error(&error, ErrorKind::Network, "did not answer in time");
    }
}

#[test]
fn a_refused_token() {
    let body = r#"{"status":"error","errorCode":"Authorization Error","errors":["Invalid token"]}"#;
    for answer in [Answer::new("403 Forbidden", body), Answer::ok(body)] {
        assert_error(&error_of(answer), ErrorKind::Refused, "Invalid token");
    }
}

#[test]
fn a_redirect_is_not_followed() {
    for status in ["302 Found", "307 Temporary Redirect"] {
        let elsewhere = serve([Answer::devices(&["stolen"])]);
        let error = error_of(Answer::new(
            &format!("{status}\r\nlocation: {}", elsewhere.url),
            "",
        ));
        assert_error(&error, ErrorKind::Rejected, status);
        assert_eq!(elsewhere.count(), 0);
    }
}

#[test]
fn a_compressed_body() {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        GZIP.len()
    );
    let whole = serve([Answer::raw([head.as_bytes(), GZIP].concat())]);
    assert_eq!(
        whole
            .client()
            .build()
            .unwrap()
            .page(Request::new())
            .unwrap()
            .absence(),
        None
    );

    let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n";
    let cut = Answer::raw([head.as_bytes(), &GZIP[..GZIP.len() / 2]].concat());
    assert_error(
        &error_of(cut),
        ErrorKind::Network,
        "ended before the answer did",
    );
    let broken = Answer::raw([head.as_bytes(), b"not gzip at all, by no means"].concat());
    assert_error(&error_of(broken), ErrorKind::Network, "gzip");
}
