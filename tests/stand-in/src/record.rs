//! What was received, for tests that want to see it.

use http::{HeaderMap, Method, Request};
use serde::Serialize;

/// A request as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recorded {
    /// Its method.
    pub method: Method,
    /// Its path and query string, as sent.
    pub target: String,
    /// Its headers, in the order received.
    pub headers: HeaderMap,
    /// Its body, byte for byte.
    pub body: Vec<u8>,
}

impl Recorded {
    pub(crate) fn of(request: &Request<Vec<u8>>) -> Self {
        let target = request.uri().path_and_query();
        Self {
            method: request.method().clone(),
            target: target.map_or_else(|| "/".to_owned(), ToString::to_string),
            headers: request.headers().clone(),
            body: request.body().clone(),
        }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    method: &'a str,
    target: &'a str,
    headers: Vec<(&'a str, String)>,
    body: String,
}

/// The records as a JSON list; bytes that are no text are replaced.
pub(crate) fn to_json(records: &[Recorded]) -> Vec<u8> {
    let lines: Vec<Line<'_>> = records.iter().map(line).collect();
    // Text always serialises.
    serde_json::to_vec(&lines).unwrap_or_default()
}

fn line(record: &Recorded) -> Line<'_> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Line {
        method: record.method.as_str(),
        target: &record.target,
        headers: record
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), text(value.as_bytes())))
            .collect(),
        body: text(&record.body),
    }
}
