//! The names of segments.

use crate::drain::format::Format;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use std::fmt;

/// `20260102T030405Z-1.ndjson.gz`: when it was begun, with which page, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::drain) struct SegmentName {
    /// In seconds since 1970.
    pub(in crate::drain) begun: u64,
    pub(in crate::drain) sequence: u64,
    pub(in crate::drain) format: Format,
}

impl SegmentName {
    pub(in crate::drain) fn parse(text: &str) -> Option<Self> {
        let (stem, extension) = text.split_once('.')?;
        let (begun, sequence) = stem.split_once("Z-")?;
        let name = Self {
            begun: seconds(begun)?,
            sequence: sequence.parse().ok()?,
            format: extension.parse().ok()?,
        };
        (name.to_string() == text).then_some(name)
    }
}

impl fmt::Display for SegmentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let begun = i64::try_from(self.begun).map(Timestamp::from_second);
        let begun = begun.ok().and_then(Result::ok).unwrap_or(Timestamp::MAX);
        let (begun, sequence, format) = (begun.strftime(BEGUN), self.sequence, self.format);
        write!(f, "{begun}Z-{sequence}.{format}")
    }
}

const BEGUN: &str = "%Y%m%dT%H%M%S";

/// The seconds since 1970 of a text like `20260102T030405`.
fn seconds(text: &str) -> Option<u64> {
    let time = DateTime::strptime(BEGUN, text).ok()?;
    let time = time.to_zoned(TimeZone::UTC).ok()?.timestamp();
    u64::try_from(time.as_second()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for (begun, sequence, format, text) in [
            (0, 1, Format::Ndjson, "19700101T000000Z-1.ndjson"),
            (951_782_400, 2, Format::Gzip, "20000229T000000Z-2.ndjson.gz"),
            (
                1_767_225_599,
                12,
                Format::Zstd,
                "20251231T235959Z-12.ndjson.zst",
            ),
            (
                4_107_542_400,
                u64::MAX,
                Format::Ndjson,
                "21000301T000000Z-18446744073709551615.ndjson",
            ),
        ] {
            let name = SegmentName {
                begun,
                sequence,
                format,
            };
            assert_eq!(name.to_string(), text);
            assert_eq!(SegmentName::parse(text), Some(name));
        }
    }

    #[test]
    fn other_files_are_no_segments() {
        for text in [
            "ledger.ndjson",
            "20260102T030405Z-1.ndjson.torn-1",
            "20260102T030405Z-01.ndjson",
            "20260230T030405Z-1.ndjson",
            "20260102T250405Z-1.ndjson",
            "00010102T030405Z-1.ndjson",
            "20260102T030405Z-1.csv",
            "2026é02T030405Z-1.ndjson",
            "",
        ] {
            assert_eq!(SegmentName::parse(text), None, "{text}");
        }
    }
}
