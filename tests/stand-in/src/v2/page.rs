//! Pages as bytes.

use super::index::Page;
use super::log::Log;
use flate2::{Compression, write::GzEncoder};
use std::collections::VecDeque;
use std::io::Write;

/// The body of a page as it is sent.
pub(crate) fn bytes(log: &Log, page: Page, gzip: bool) -> Vec<u8> {
    let body = body(log, page);
    if gzip { compressed(&body) } else { body }
}

fn body(log: &Log, page: Page) -> Vec<u8> {
    let mut body = b"{\"ok\":1,\"result\":[".to_vec();
    for position in page.from..page.to {
        if position > page.from {
            body.push(b',');
        }
        log.write(position, &mut body);
    }
    // Writing to memory does not fail.
    let _ = body.write_all(b"]");
    if let Some(wait_time) = page.wait_time {
        let _ = write!(body, ",\"wait_time\":{wait_time}");
    }
    let _ = write!(body, ",\"timestamp_hwm\":{}}}", page.high_water_mark);
    body
}

fn compressed(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    // Writing to memory does not fail.
    let _ = encoder.write_all(body);
    encoder.finish().unwrap_or_default()
}

/// Rendered pages, the oldest of which go when there are too many bytes.
pub(crate) struct Cache {
    capacity: usize,
    held: usize,
    pages: VecDeque<(Key, Vec<u8>)>,
}

#[derive(PartialEq, Eq)]
struct Key {
    stream: String,
    page: Page,
    gzip: bool,
}

impl Cache {
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            held: 0,
            pages: VecDeque::new(),
        }
    }

    /// The bytes of a page, rendered where they are not held.
    pub(crate) fn bytes(&mut self, stream: &str, log: &Log, page: Page, gzip: bool) -> Vec<u8> {
        let held = self
            .pages
            .iter()
            .find(|(key, _)| key.page == page && key.gzip == gzip && key.stream == stream);
        if let Some((_, bytes)) = held {
            return bytes.clone();
        }
        let bytes = bytes(log, page, gzip);
        self.keep(stream, page, gzip, &bytes);
        bytes
    }

    fn keep(&mut self, stream: &str, page: Page, gzip: bool, bytes: &[u8]) {
        if bytes.len() > self.capacity {
            return;
        }
        while self.held + bytes.len() > self.capacity {
            let Some((_, dropped)) = self.pages.pop_front() else {
                break;
            };
            self.held -= dropped.len();
        }
        self.held += bytes.len();
        let key = Key {
            stream: stream.to_owned(),
            page,
            gzip,
        };
        self.pages.push_back((key, bytes.to_vec()));
    }
}
