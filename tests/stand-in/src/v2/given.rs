//! Events handed in, served byte for byte as they are.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Events of a stream, one JSON object a line, oldest first.
#[derive(Clone, Default)]
pub struct GivenEvents(Arc<Lines>);

#[derive(Default)]
struct Lines {
    text: String,
    records: Vec<(Range<usize>, i64)>,
}

/// A line that is no event.
#[derive(Debug, thiserror::Error)]
#[error("line {line} is not an event: {reason}")]
pub struct EventsError {
    line: usize,
    reason: String,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    timestamp: Option<&'a RawValue>,
}

/// Reads events from newline-delimited JSON, in the order in which they are served.
///
/// An event happened in the epoch second of its `timestamp`; where that is missing or no whole number, with the one
/// before it. Empty lines are skipped.
///
/// # Errors
/// The first line that is not a JSON object.
pub fn events_of(ndjson: impl Into<String>) -> Result<GivenEvents, EventsError> {
    let text = ndjson.into();
    let mut records = Vec::new();
    let (mut start, mut second) = (0, 0);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let record = line.trim();
        if !record.is_empty() {
            let wrong = |reason: String| EventsError {
                line: index + 1,
                reason,
            };
            if !record.starts_with('{') {
                return Err(wrong("it is not a JSON object".to_owned()));
            }
            let parsed: Line<'_> =
                serde_json::from_str(record).map_err(|error| wrong(error.to_string()))?;
            second = (parsed.timestamp)
                .and_then(|value| value.get().parse().ok())
                .unwrap_or(second);
            let from = start + (line.len() - line.trim_start().len());
            records.push((from..from + record.len(), second));
        }
        start += line.len();
    }
    Ok(GivenEvents(Arc::new(Lines { text, records })))
}

impl GivenEvents {
    /// How many there are.
    pub fn len(&self) -> u64 {
        u64::try_from(self.0.records.len()).unwrap_or(u64::MAX)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.records.is_empty()
    }

    pub(crate) fn get(&self, position: u64) -> Option<&str> {
        let (range, _) = self.0.records.get(usize::try_from(position).ok()?)?;
        self.0.text.get(range.clone())
    }

    pub(crate) fn second(&self, position: u64) -> Option<i64> {
        let (_, second) = self.0.records.get(usize::try_from(position).ok()?)?;
        Some(*second)
    }

    /// The position of the first event of this second or a later one.
    pub(crate) fn first_from(&self, second: i64) -> u64 {
        let found = (self.0.records.iter()).position(|(_, happened)| *happened >= second);
        found.map_or(self.len(), |place| u64::try_from(place).unwrap_or(u64::MAX))
    }
}

/// Leaves the events out.
impl fmt::Debug for GivenEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GivenEvents")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_the_bytes_of_their_lines() {
        let events = events_of(concat!(
            "\n  {\"timestamp\": 5, \"id\":18446744073709551615}  \r\n",
            "{\"b\":1.50}\n\n",
            "{\"timestamp\":\"2024-01-01\"}\n",
            "{\"timestamp\":7}",
        ))
        .unwrap();
        assert_eq!(
            events.get(0),
            Some("{\"timestamp\": 5, \"id\":18446744073709551615}")
        );
        assert_eq!(events.get(1), Some("{\"b\":1.50}"));
        assert_eq!(
            [0, 1, 2, 3, 4].map(|position| events.second(position)),
            [Some(5), Some(5), Some(5), Some(7), None]
        );
        assert_eq!([5, 6, 8].map(|second| events.first_from(second)), [0, 3, 4]);
    }

    #[test]
    fn a_line_that_is_no_event_is_named() {
        for (text, complaint) in [
            ("{}\n[]", "line 2 is not an event: it is not a JSON object"),
            ("{\"a\":}", "line 1 is not an event: expected value"),
        ] {
            let error = events_of(text).unwrap_err().to_string();
            assert!(error.contains(complaint), "{error}");
        }
    }
}
