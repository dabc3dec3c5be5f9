use super::*;
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    thread,
};

/// 10,000 times the same letter, compressed.
const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xed\xc1\x01\x0d\x00\x00\x00\xc2\xa0\xda\x8f\x6f\x0e\x37\xa0\x00\x00\x00\x00\x00\x00\x00\x00\x00\xe0\xdf\x00\xa3\xa4\x55\x0d\x10\x27\x00\x00";

/// One request, answered with this body by a client that takes so much.
fn round_trip(
    most_bytes: usize,
    encoding: &'static str,
    body: &'static [u8],
) -> Result<http::Response<Vec<u8>>, TransportFailure> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        read_head(&stream);
        let _ = write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let _ = stream.write_all(body);
    });
    let transport = Transport {
        most_bytes,
        ..transport()
    };
    get(&transport, url)
}

fn get(transport: &Transport, url: String) -> Result<http::Response<Vec<u8>>, TransportFailure> {
    let request = http::Request::get(url).body(Vec::new()).unwrap();
    transport.round_trip(request, &mut Room::default())
}

/// The whole of it: to close a socket that holds unread bytes resets the connection.
fn read_head(stream: &TcpStream) {
    let mut lines = BufReader::new(stream).lines();
    while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
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
    for (encoding, body, length) in [
        ("identity", &[b'x'; 1_000][..], 1_000),
        ("gzip", GZIP, 10_000),
    ] {
        let answer = round_trip(length, encoding, body).unwrap();
        assert_eq!(answer.body().len(), length);
        let left = answer.headers().get(CONTENT_ENCODING);
        assert!(left.is_none_or(|encoding| encoding != "gzip"));
        let failure = round_trip(length - 1, encoding, body).unwrap_err();
        assert_eq!(failure.kind, FailureKind::TooLarge);
        assert_eq!(failure.detail, format!("more than {} bytes", length - 1));
    }
}

#[test]
fn the_largest_size_is_the_one_that_is_promised() {
    let promised = format!("an answer above {} MiB", MOST_BYTES >> 20);
    assert!(include_str!("../../README.md").contains(&promised));
}

#[test]
fn what_is_announced_too_large_is_not_read() {
    for encoding in ["identity", "gzip"] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            read_head(&stream);
            let head = format!(
                "content-encoding: {encoding}\r\ncontent-length: {}",
                1_u64 << 40
            );
            let _ = write!(stream, "HTTP/1.1 200 OK\r\n{head}\r\n\r\n");
            // Until the client hangs up.
            let _ = io::copy(&mut stream, &mut io::sink());
        });
        let failure = get(&transport(), url);
        assert_eq!(failure.unwrap_err().kind, FailureKind::TooLarge);
        server.join().unwrap();
    }
}

#[test]
fn a_head_without_an_end_is_told_from_a_page_that_is_too_large() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        read_head(&stream);
        let _ = write!(stream, "HTTP/1.1 200 OK\r\nx: {}", "y".repeat(1 << 20));
    });
    let failure = get(&transport(), url);
    assert_eq!(failure.unwrap_err().kind, FailureKind::LargeHeaders);
}

#[test]
fn failures_of_an_answer_are_told_apart() {
    let io = |kind: io::ErrorKind| failure(ureq::Error::Io(kind.into())).kind;
    assert_eq!(io(io::ErrorKind::ConnectionReset), FailureKind::Cut);
    assert_eq!(io(io::ErrorKind::TimedOut), FailureKind::Timeout);
    assert_eq!(io(io::ErrorKind::InvalidData), FailureKind::Other);
    // A network that is gone while the answer is read says nothing of whether the request was sent.
    for kind in [
        io::ErrorKind::ConnectionRefused,
        io::ErrorKind::HostUnreachable,
        io::ErrorKind::NetworkUnreachable,
        io::ErrorKind::NetworkDown,
        io::ErrorKind::AddrNotAvailable,
        io::ErrorKind::PermissionDenied,
    ] {
        assert_eq!(io(kind), FailureKind::Other);
    }
}

#[test]
fn what_was_not_sent_is_known() {
    let failure_of = |scheme: &str, serve: Option<fn(TcpStream)>| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        match serve {
            Some(serve) => drop(thread::spawn(move || serve(listener.accept().unwrap().0))),
            None => drop(listener),
        }
        let transport = transport().within(Duration::from_millis(500));
        get(&transport, url).unwrap_err().kind
    };
    let silent = |mut stream: TcpStream| drop(io::copy(&mut stream, &mut io::sink()));
    assert_eq!(failure_of("http", None), FailureKind::Connect);
    assert_eq!(failure_of("https", None), FailureKind::Connect);
    assert_eq!(failure_of("https", Some(drop)), FailureKind::Connect);
    assert_eq!(failure_of("https", Some(silent)), FailureKind::Connect);
    // As against those that were, or may have been.
    assert_eq!(failure_of("http", Some(silent)), FailureKind::Timeout);
    assert_eq!(
        failure_of("http", Some(|stream| read_head(&stream))),
        FailureKind::Cut
    );
}

#[test]
fn only_certificates_are_authorities() {
    assert!(certificates(b"").is_err());
    assert!(
        certificates(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").is_err()
    );
}

#[test]
fn a_get_is_sent_without_a_body() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/x?operation=next", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = vec![0; 4096];
        let length = stream.read(&mut request).unwrap();
        let _ = write!(stream, "HTTP/1.1 204 No Content\r\n\r\n");
        request.truncate(length);
        String::from_utf8(request).unwrap()
    });
    let request = http::Request::get(url)
        .header("netskope-api-token", "0123")
        .body(Vec::new());
    let answer = transport()
        .round_trip(request.unwrap(), &mut Room::default())
        .unwrap();
    assert_eq!(answer.status(), 204);
    let request = server.join().unwrap().to_lowercase();
    assert!(
        request.starts_with("get /x?operation=next http/1.1\r\n"),
        "{request}"
    );
    assert!(
        request.contains("\r\nnetskope-api-token: 0123\r\n"),
        "{request}"
    );
    assert!(
        request.ends_with("\r\n\r\n") && !request.contains("content-length"),
        "{request}"
    );
}
