//! Pages as bytes.

use super::index::Page;
use super::log::Log;
use std::collections::VecDeque;

/// The body of a page as it is sent, with so many spaces that mean nothing.
pub(crate) fn bytes(log: &Log, page: Page, gzip: bool, padding: u64) -> Vec<u8> {
    let mut body = b"{\"ok\":1,\"result\":[".to_vec();
    for position in page.from..page.to {
        if position > page.from {
            body.push(b',');
        }
        log.write(position, &mut body);
    }
    let wait_time = page
        .wait_time
        .map(|seconds| format!(",\"wait_time\":{seconds}"));
    let end = format!(
        "]{},\"timestamp_hwm\":{}}}",
        wait_time.unwrap_or_default(),
        page.high_water_mark
    );
    if gzip {
        return super::gzip::gzip(&body, padding, end.as_bytes());
    }
    let padding = usize::try_from(padding).unwrap_or(usize::MAX);
    body.resize(body.len().saturating_add(padding), b' ');
    body.extend_from_slice(end.as_bytes());
    body
}

/// Rendered full pages, which alone are asked for again; the oldest go when there are too many bytes.
pub(crate) struct Cache {
    capacity: usize,
    page_size: u64,
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
    pub(crate) fn new(capacity: usize, page_size: u64) -> Self {
        Self {
            capacity,
            page_size,
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
        let bytes = bytes(log, page, gzip, 0);
        self.keep(stream, page, gzip, &bytes);
        bytes
    }

    fn keep(&mut self, stream: &str, page: Page, gzip: bool, bytes: &[u8]) {
        if page.count() < self.page_size || bytes.len() > self.capacity {
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
