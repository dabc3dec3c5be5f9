//! The program: what it prints, and how it ends.

use netskope_stand_in::{DEFAULT_V1_TOKEN, DEFAULT_V2_TOKEN};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netskope-stand-in"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A started program; killed when a test fails before it was told to end.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn it_says_where_it_listens_serves_and_ends_when_told() {
    let clients = file(
        "clients.json",
        r#"{"status":"success","msg":"","data":[{"attributes":{"_id":"given"}}]}"#,
    );
    let faults = file("faults.ndjson", "{\"status\":503}\n");
    let mut child = Started(
        program(&[
            "--clients",
            &clients,
            "--devices",
            "3",
            "--faults",
            &faults,
            "--record",
        ])
        .spawn()
        .unwrap(),
    );
    let mut stdout = BufReader::new(child.0.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(ready["v1_token"], DEFAULT_V1_TOKEN);
    assert_eq!(ready.as_object().map(serde_json::Map::len), Some(3));

    let target = format!("/api/v1/clients?token={DEFAULT_V1_TOKEN}");
    assert!(get(&ready, &target).starts_with("HTTP/1.1 503"));
    let answer = get(&ready, &target);
    assert_eq!(answer.matches(r#"{"attributes":"#).count(), 4);
    assert!(answer.contains(r#"{"_id":"given"}"#));
    assert!(get(&ready, "/_stand-in/requests").contains("/api/v1/clients"));

    let id = child.0.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
    assert_eq!(child.0.wait().unwrap().code(), Some(0));
}

#[test]
fn it_serves_log_streams() {
    let events = file("page.ndjson", "{\"timestamp\":7,\"id\": 1}\n{\"id\": 2}\n");
    let mut child = Started(
        program(&[
            "--events",
            &format!("events/page={events}"),
            "--backlog",
            "3",
            "--page-size",
            "2",
            "--origin",
            "1700000000",
            "--forbid",
            "dlp",
            "--served",
        ])
        .spawn()
        .unwrap(),
    );
    let mut line = String::new();
    let mut stdout = BufReader::new(child.0.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let ask = |stream: &str| {
        let target = format!("/api/v2/events/dataexport/{stream}?operation=head&index=a");
        get(&ready, &target)
    };
    assert!(ask("events/page").contains(r#""result":[{"timestamp":7,"id": 1},{"id": 2}],"#));
    assert_eq!(ask("alerts/uba").matches("\"timestamp\":16999").count(), 2);
    assert!(ask("alerts/dlp").starts_with("HTTP/1.1 403"));
    let served = get(&ready, "/_stand-in/served");
    assert_eq!(served.matches("\"operation\":\"head\"").count(), 2);
}

fn get(ready: &Value, target: &str) -> String {
    let address = ready["url"]
        .as_str()
        .unwrap()
        .strip_prefix("http://")
        .unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {target} HTTP/1.1\r\nHost: tenant\r\nNetskope-Api-Token: {DEFAULT_V2_TOKEN}\r\n\
         Connection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn failed(arguments: &[&str]) -> (Option<i32>, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = program(arguments).output().unwrap();
    assert_eq!(stdout, b"");
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[test]
fn what_it_cannot_do_it_says() {
    let list = file("list.json", "[]");
    let text = file("text.json", "devices");
    let fault = file("fault.ndjson", "\n{\"cut\":-1}");
    let empty = format!("page={}", file("empty.ndjson", ""));
    for (arguments, code, complaint) in [
        (&["--devices", "many"][..], 2, "invalid value 'many'"),
        (&["--limit-cap", "0"], 2, "invalid value '0'"),
        (
            &["--clients", "/nowhere/at/all"],
            5,
            "cannot read /nowhere/at/all: No such file",
        ),
        (
            &["--clients", &list],
            2,
            "list.json: it is not an answer of /api/v1/clients",
        ),
        (&["--clients", &text], 2, "text.json: it is not JSON"),
        (
            &["--faults", &fault],
            2,
            "fault.ndjson: line 2 is not a fault",
        ),
        (
            &["--events", "page"],
            2,
            "invalid value 'page' for '--events <STREAM=FILE>': it must read STREAM=FILE",
        ),
        (
            &["--events", "pages=x"],
            2,
            "no log stream is called \"pages\"",
        ),
        (
            &["--events", &format!("page={list}")],
            2,
            "list.json: line 1 is not an event: it is not a JSON object",
        ),
        (
            &["--events", &empty, "--events", &empty],
            2,
            "--events names events/page twice",
        ),
        (&["--page-size", "0"], 2, "invalid value '0'"),
        (
            &["--random-faults", "x"],
            2,
            "it must read SEED or SEED:PERCENT",
        ),
        (
            &["--random-faults", "1:101"],
            2,
            "PERCENT must be at most 100",
        ),
        (
            &["--listen", "192.0.2.1:1"],
            5,
            "cannot listen on 192.0.2.1:1",
        ),
        (
            &["--tls", "/dev/null/x"],
            5,
            "cannot write /dev/null/x/ca.pem",
        ),
    ] {
        let (status, stderr) = failed(arguments);
        assert_eq!(status, Some(code), "{arguments:?}: {stderr}");
        assert!(stderr.contains(complaint), "{arguments:?}: {stderr}");
    }
}
