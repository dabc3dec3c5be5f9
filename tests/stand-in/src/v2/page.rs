//! Pages as bytes.

use super::index::Page;
use super::log::Log;
use flate2::{Compression, write::GzEncoder};
use std::collections::VecDeque;
use std::io::{self, Read, Write};

/// The body of a page as it is sent, with so many spaces that mean nothing.
pub(crate) fn bytes(log: &Log, page: Page, gzip: bool, padding: u64) -> Vec<u8> {
    let mut body = Vec::new();
    // Writing to memory does not fail.
    if gzip {
        let mut encoder = GzEncoder::new(body, Compression::fast());
        let _ = write(log, page, padding, &mut encoder);
        return encoder.finish().unwrap_or_default();
    }
    let _ = write(log, page, padding, &mut body);
    body
}

fn write(log: &Log, page: Page, padding: u64, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"{\"ok\":1,\"result\":[")?;
    let mut record = Vec::new();
    for position in page.from..page.to {
        if position > page.from {
            record.push(b',');
        }
        log.write(position, &mut record);
        out.write_all(&record)?;
        record.clear();
    }
    io::copy(&mut io::repeat(b' ').take(padding), out)?;
    out.write_all(b"]")?;
    if let Some(wait_time) = page.wait_time {
        write!(out, ",\"wait_time\":{wait_time}")?;
    }
    write!(out, ",\"timestamp_hwm\":{}}}", page.high_water_mark)
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
