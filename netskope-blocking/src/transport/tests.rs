use super::*;
use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};

/// One request, answered with a body of this many bytes.
fn round_trip(most_bytes: u64, body: usize) -> Result<http::Response<Vec<u8>>, TransportFailure> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        let _ = write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-length: {body}\r\n\r\n{}",
            "x".repeat(body)
        );
    });
    let transport = Transport {
        most_bytes,
        ..transport()
    };
    transport.round_trip(http::Request::post(url).body(Vec::new()).unwrap())
}

fn transport() -> Transport {
    let options = Options {
        timeout: Duration::from_secs(10),
        authorities: None,
        proxied: false,
    };
    Transport::new(&options).unwrap()
}

#[test]
fn an_answer_is_taken_up_to_its_largest_size() {
    assert_eq!(round_trip(1_000, 999).unwrap().body().len(), 999);
    assert_eq!(
        round_trip(1_000, 1_001).unwrap_err().kind,
        FailureKind::TooLarge
    );
}

#[test]
fn a_head_without_an_end_is_too_large() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        let _ = write!(stream, "HTTP/1.1 200 OK\r\nx: {}", "y".repeat(1 << 20));
    });
    let failure = transport().round_trip(http::Request::post(url).body(Vec::new()).unwrap());
    assert_eq!(failure.unwrap_err().kind, FailureKind::TooLarge);
}

#[test]
fn failures_are_told_apart() {
    let io = |kind: io::ErrorKind| failure(ureq::Error::Io(kind.into())).kind;
    assert_eq!(io(io::ErrorKind::ConnectionRefused), FailureKind::Connect);
    assert_eq!(io(io::ErrorKind::NetworkUnreachable), FailureKind::Connect);
    assert_eq!(io(io::ErrorKind::ConnectionReset), FailureKind::Cut);
    assert_eq!(io(io::ErrorKind::TimedOut), FailureKind::Timeout);
    assert_eq!(io(io::ErrorKind::InvalidData), FailureKind::Other);
    let proxy = ureq::Error::ConnectProxyFailed("407".to_owned());
    assert_eq!(failure(proxy).kind, FailureKind::Connect);
}

#[test]
fn only_certificates_are_authorities() {
    assert!(certificates(b"").is_err());
    assert!(
        certificates(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").is_err()
    );
}
