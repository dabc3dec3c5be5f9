//! Metrics, as Prometheus reads them.

use super::{Folder, drain, holding, run, serve};
use netskope_stand_in::DataExport;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::Stdio,
    thread,
    time::Duration,
};

fn get(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    write!(stream, "{request}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn metrics_are_served_while_a_drain_runs_and_whoever_calls_cannot_hold_it_up() {
    let tenant = serve(DataExport {
        wait_time: Some(300),
        forbidden: vec!["events/alert".to_owned()],
        ..holding(5)
    });
    let out = Folder::new();
    let line = out.line("--stream page --stream alert --from head --metrics 127.0.0.1:0");
    let mut child = drain(&tenant, &line)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut told = String::new();
    stderr.read_line(&mut told).unwrap();
    let address = told.trim().strip_prefix("metrics are at http://").unwrap();
    let address = address.strip_suffix("/metrics").unwrap();
    let metrics = "GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n";

    // Callers that say nothing, or never come to an end.
    let _silent = TcpStream::connect(address).unwrap();
    let mut endless = TcpStream::connect(address).unwrap();
    write!(endless, "GET /metrics HTTP/1.1\r\nx: ").unwrap();

    let mut page = String::new();
    for _ in 0..100 {
        page = get(address, metrics);
        if page.contains("records_total{stream=\"events/page\"} 5")
            && page.contains("running{stream=\"events/alert\"} 0")
        {
            break;
        }
        thread::sleep(Duration::from_millis(100));
    }
    let (head, body) = page.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(
        head.contains(&format!("content-length: {}", body.len())),
        "{head}"
    );
    let changing = ["lag_seconds{", "bytes_total{", "wait_seconds_total{"];
    let steady = body
        .lines()
        .filter(|line| !changing.iter().any(|name| line.contains(name)));
    insta::assert_snapshot!(steady.collect::<Vec<_>>().join("\n"));
    // Of the 300 seconds that it was told to wait, as many as have passed.
    let waited = "nskope_drain_wait_seconds_total{stream=\"events/page\",reason=\"asked\"} ";
    let waited = body.lines().find_map(|line| line.strip_prefix(waited));
    let waited: f64 = waited.unwrap().parse().unwrap();
    assert!(waited < 100.0, "{waited} s");

    assert!(get(address, "GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404 "));
    assert!(get(address, "POST /metrics HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
    let head = get(address, "HEAD /metrics HTTP/1.1\r\n\r\n");
    assert!(
        head.starts_with("HTTP/1.1 200 OK") && head.ends_with("\r\n\r\n"),
        "{head}"
    );

    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn an_address_that_is_taken_is_told_before_anything_is_sent() {
    let tenant = serve(holding(1));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let out = Folder::new();
    let line = out.line("--stream page --from head");
    let (code, _, stderr) = run(drain(&tenant, &line).args(["--metrics", &address]));
    assert_eq!(code, Some(5));
    assert!(
        stderr.starts_with(&format!("error: cannot serve metrics at {address}: ")),
        "{stderr}"
    );
    assert!(tenant.requests().is_empty());
}
