//! The real listener, seen from a plain socket.

mod endings;

use crate::asking::*;
use netskope_stand_in::server::{self, Running, ServeOptions};
use netskope_stand_in::{DEFAULT_V1_TOKEN, DEFAULT_V2_TOKEN, Events, Fault, StandIn};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn serve() -> Running {
    let mut options = options();
    options.clients = given(numbered(40));
    options.record = true;
    server::spawn(StandIn::new(options), &ServeOptions::default()).unwrap()
}

fn connect(running: &Running) -> TcpStream {
    TcpStream::connect(running.url().strip_prefix("http://").unwrap()).unwrap()
}

fn ask(running: &Running) -> TcpStream {
    let mut stream = connect(running);
    write!(
        stream,
        "GET /api/v1/clients?token={DEFAULT_V1_TOKEN} HTTP/1.1\r\nHost: tenant\r\n\r\n"
    )
    .unwrap();
    stream
}

fn announced(head: &str) -> usize {
    let line = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    line.unwrap().parse().unwrap()
}

#[test]
fn an_answer_arrives_whole() {
    let running = serve();
    let mut answer = String::new();
    ask(&running).read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(head.contains("\r\ncontent-type: application/json; charset=UTF-8"));
    assert_eq!(announced(head), body.len());
    assert!(
        body.starts_with(r#"{"status":"success","msg":"","data":[{"attributes":{"_id":"pc-0""#)
    );
    assert_eq!(running.served(), 1);
    let target = format!("/api/v1/clients?token={DEFAULT_V1_TOKEN}");
    assert_eq!(running.requests()[0].target, target);
    assert_eq!(running.requests()[0].headers["host"], "tenant");
}

#[test]
fn a_connection_has_one_request_where_it_is_not_kept() {
    let options = ServeOptions {
        keep_alive: false,
        ..ServeOptions::default()
    };
    let running = server::spawn(StandIn::new(self::options()), &options).unwrap();
    let mut stream = connect(&running);
    write!(stream, "GET /nowhere HTTP/1.1\r\nHost: tenant\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
}

#[test]
fn a_cut_body_ends_after_the_wanted_bytes() {
    let running = serve();
    for wanted in [0, 1, 100] {
        running.push_fault(Fault::cut_after(wanted));
        let mut answer = Vec::new();
        ask(&running).read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert_eq!(body.len(), wanted);
        assert!(announced(head) > wanted);
    }
}

#[test]
fn a_long_body_is_cut_to_the_byte() {
    let running = serve();
    let long = "x".repeat(8 << 20);
    running.push_fault(Fault::body(http::StatusCode::OK, long));
    let line = format!(
        r#"{{"status":200,"body":"{}","cut":5000000}}"#,
        "x".repeat(8 << 20)
    );
    running.push_fault(netskope_stand_in::faults_of(&line).unwrap().remove(0));
    for expected in [8 << 20, 5_000_000] {
        let mut answer = Vec::new();
        ask(&running).read_to_end(&mut answer).unwrap();
        let head = answer
            .windows(4)
            .position(|bytes| bytes == b"\r\n\r\n")
            .unwrap();
        assert_eq!(answer.len() - head - 4, expected);
    }
}

#[test]
fn a_reset_comes_before_any_byte() {
    let running = serve();
    running.push_fault(Fault::reset());
    let error = ask(&running).read(&mut [0; 64]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    let mut answer = String::new();
    ask(&running).read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"));
}

#[test]
fn a_late_answer_is_late() {
    let running = serve();
    running.push_fault(Fault::late(Duration::from_millis(120)));
    let start = Instant::now();
    ask(&running).read_to_string(&mut String::new()).unwrap();
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[test]
fn a_body_beyond_the_bound_is_refused() {
    let running = serve();
    let mut stream = connect(&running);
    let length = (16 << 20) + 1;
    write!(
        stream,
        "POST /api/v1/clients HTTP/1.1\r\nHost: tenant\r\nContent-Length: {length}\r\n\r\n"
    )
    .unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
    assert_eq!(running.served(), 0);
}

#[test]
fn dropping_ends_it_while_a_request_waits() {
    let running = serve();
    running.push_fault(Fault::late(Duration::from_mins(10)));
    let mut waiting = ask(&running);
    while running.served() == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let address = running.url().strip_prefix("http://").unwrap().to_owned();
    drop(running);
    assert_eq!(waiting.read(&mut [0; 64]).unwrap_or(0), 0);
    assert!(TcpStream::connect(address).is_err());
}
