//! A server that answers each connection with bytes written down beforehand.

use netskope_blocking::{
    Client, ClientBuilder,
    model::{Tenant, V1Token},
};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

pub(crate) const TOKEN: &str = "f32a973eddd7bc1602fc0f48dc0a";

/// What one connection gets.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) bytes: Vec<u8>,
    /// How long the connection stays open after the bytes.
    pub(crate) linger: Duration,
}

impl Answer {
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            linger: Duration::ZERO,
        }
    }

    pub(crate) fn new(head: &str, body: &str) -> Self {
        let length = body.len();
        Self::raw(format!(
            "HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    pub(crate) fn ok(body: &str) -> Self {
        Self::new("200 OK\r\ncontent-type: application/json", body)
    }

    pub(crate) fn devices(names: &[&str]) -> Self {
        let devices: Vec<String> = names.iter().map(|name| device(name)).collect();
        Self::ok(&format!(
            r#"{{"status":"success","msg":"","data":[{}]}}"#,
            devices.join(",")
        ))
    }

    pub(crate) fn then_silence(self, linger: Duration) -> Self {
        Self { linger, ..self }
    }
}

/// A record as a tenant wraps it.
pub(crate) fn device(name: &str) -> String {
    format!(r#"{{"attributes":{{"_id":"{name}","host_info":{{"hostname":"{name}"}},"users":[]}}}}"#)
}

/// A server on loopback; the requests it got come out of `requests`.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) requests: Receiver<String>,
}

/// Serves one answer a connection, then stops listening.
pub(crate) fn serve(answers: impl IntoIterator<Item = Answer>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answers: Vec<Answer> = answers.into_iter().collect();
    let (sender, requests) = mpsc::channel();
    thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = sender.send(read_request(&stream));
            // The client may have had enough before the end.
            let _ = stream.write_all(&answer.bytes);
            thread::sleep(answer.linger);
        }
    });
    Server { url, requests }
}

/// The whole of it: to close a socket that holds unread bytes resets the connection.
pub(crate) fn read_request(stream: impl Read) -> String {
    let (mut reader, mut head, mut length) = (BufReader::new(stream), String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        let last = line.trim().is_empty();
        head.push_str(&line);
        if last {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

impl Server {
    /// A client that takes the first answer for the last.
    pub(crate) fn client(&self) -> ClientBuilder {
        client(&self.url)
    }

    /// How many requests came, once the server has nothing more to answer.
    pub(crate) fn count(&self) -> usize {
        self.requests.try_iter().count()
    }
}

pub(crate) fn client(url: &str) -> ClientBuilder {
    Client::builder(Tenant::parse(url).unwrap())
        .v1_token(V1Token::new(TOKEN).unwrap())
        .retries(0)
        .timeout(Duration::from_secs(10))
}
