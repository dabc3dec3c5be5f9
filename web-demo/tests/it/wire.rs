//! HTTP by hand, so that requests no client would make can be made.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

/// A request to be sent, header by header.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    address: String,
    line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The status line and the headers, as they came.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Ask {
    pub(crate) fn new(url: &str, method: &str, target: &str) -> Self {
        let address = url.strip_prefix("http://").unwrap().to_owned();
        Self {
            line: format!("{method} {target} HTTP/1.1"),
            headers: vec![("Host".to_owned(), address.clone())],
            body: Vec::new(),
            address,
        }
    }

    /// In place of any other value.
    pub(crate) fn with(self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    /// Beside any other value.
    pub(crate) fn and(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers
            .retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn send(self) -> Answer {
        let mut received = Vec::new();
        self.begin().read_to_end(&mut received).unwrap();
        let answer = Answer::of(&received);
        answer.is_safe();
        answer
    }

    /// Sends it and leaves the answer to be read, or not.
    pub(crate) fn begin(self) -> TcpStream {
        let ask = self.with("Connection", "close");
        let ask = match ask.body.len() {
            0 => ask,
            length => ask.with("Content-Length", &length.to_string()),
        };
        let mut stream = TcpStream::connect(&ask.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let mut lines = vec![ask.line];
        lines.extend(
            ask.headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}")),
        );
        let sent = lines.join("\r\n") + "\r\n\r\n";
        stream.write_all(sent.as_bytes()).unwrap();
        stream.write_all(&ask.body).unwrap();
        stream
    }
}

impl Answer {
    fn of(received: &[u8]) -> Self {
        let end = received
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let head = String::from_utf8(received[..end].to_vec()).unwrap();
        Self {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head,
            body: received[end + 4..].to_vec(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "))
            .filter(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value);
        let value = values.next();
        assert!(
            values.next().is_none(),
            "{name} is there twice: {}",
            self.head
        );
        value
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        assert_eq!(
            self.header("content-type"),
            Some("application/json; charset=utf-8")
        );
        serde_json::from_slice(&self.body).unwrap()
    }

    /// What an error says: its status, its code, and its text.
    pub(crate) fn refusal(&self) -> (u16, String, String) {
        let envelope = self.json();
        assert_eq!(envelope["status"], "error");
        let errors: Vec<&str> = envelope["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error.as_str().unwrap())
            .collect();
        (
            self.status,
            envelope["errorCode"].as_str().unwrap().to_owned(),
            errors.join("; "),
        )
    }

    /// What holds for every answer, whatever was asked.
    fn is_safe(&self) {
        for secret in [crate::site::TOKEN, "stack trace of the tenant"] {
            assert!(!self.head.contains(secret), "{}", self.head);
            assert!(
                !String::from_utf8_lossy(&self.body).contains(secret),
                "{}",
                self.text()
            );
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            (
                "content-security-policy",
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                 img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                 require-trusted-types-for 'script'; trusted-types 'none'",
            ),
        ] {
            assert_eq!(self.header(name), Some(value), "{}", self.head);
        }
        assert!(self.header("permissions-policy").is_some(), "{}", self.head);
        assert!(self.header("cache-control").is_some(), "{}", self.head);
        assert!(
            !self.head.to_ascii_lowercase().contains("access-control-"),
            "{}",
            self.head
        );
    }
}
