//! What was served, page by page, so that a test can compare it with what a consumer holds.

use super::asked::Asked;
use super::index::Page;
use super::log::Log;
use netskope_model::flow::Tick;
use netskope_model::v2::{Digest, Mark, Operation};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A page that was made for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServedPage {
    /// The name of its stream: `events/page`.
    pub stream: String,
    /// The index it was asked with.
    pub index: String,
    /// When it was asked for.
    pub at: Tick,
    /// The operation it was asked by.
    pub operation: Operation,
    /// The positions of its records in the stream.
    pub positions: Range<u64>,
    /// What tells it from other pages.
    pub mark: Mark,
    /// Whether the true page was sent to its end.
    pub whole: bool,
}

impl ServedPage {
    pub(crate) fn new(stream: &str, asked: &Asked, at: Tick, log: &Log, page: Page) -> Self {
        Self {
            stream: stream.to_owned(),
            index: asked.index.clone(),
            at,
            operation: asked.operation,
            positions: page.from..page.to,
            mark: mark(log, page),
            whole: true,
        }
    }
}

fn mark(log: &Log, page: Page) -> Mark {
    let mut lines = Vec::new();
    for position in page.from..page.to {
        log.write(position, &mut lines);
        lines.push(b'\n');
    }
    let mut records = lines.split(|byte| *byte == b'\n');
    // Behind the last line feed is nothing.
    records.next_back();
    let first_id = records.next().and_then(id);
    Mark {
        records: page.count(),
        last_id: records.next_back().map_or_else(|| first_id.clone(), id),
        first_id,
        digest: Digest::of(&lines),
    }
}

fn id(record: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(rename = "_id")]
        id: String,
    }
    let named: Named = serde_json::from_slice(record).ok()?;
    Some(named.id)
}

#[derive(Serialize)]
struct Line<'a> {
    stream: &'a str,
    index: &'a str,
    at_ms: u64,
    operation: Operation,
    position: u64,
    #[serde(flatten)]
    mark: &'a Mark,
    whole: bool,
}

/// The pages as a JSON list, in the order in which they were asked for.
pub(crate) fn to_json(pages: &[ServedPage]) -> Vec<u8> {
    let lines: Vec<Line<'_>> = pages
        .iter()
        .map(|page| Line {
            stream: &page.stream,
            index: &page.index,
            at_ms: page.at.as_millis(),
            operation: page.operation,
            position: page.positions.start,
            mark: &page.mark,
            whole: page.whole,
        })
        .collect();
    // Text always serialises.
    serde_json::to_vec(&lines).unwrap_or_default()
}
