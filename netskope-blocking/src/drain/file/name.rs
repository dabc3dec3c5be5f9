//! The names of segments.

use crate::drain::format::Format;
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
        let (year, month, day) = date(self.begun / DAY);
        let second = self.begun % DAY;
        write!(
            f,
            "{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z-{}.{}",
            second / 3_600,
            second / 60 % 60,
            second % 60,
            self.sequence,
            self.format
        )
    }
}

const DAY: u64 = 24 * 60 * 60;

/// Year, month and day of a day since 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
const fn date(day: u64) -> (u64, u64, u64) {
    let day = day + 719_468;
    let (era, of_era) = (day / 146_097, day % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (year + era * 400 + next, month, day)
}

/// The day since 1970 of a date.
const fn day(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let (era, year) = (year / 400, year % 400);
    era * 146_097 + year * 365 + year / 4 - year / 100 + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// The seconds since 1970 of a text like `20260102T030405`.
fn seconds(text: &str) -> Option<u64> {
    let (date, time) = text.split_once('T')?;
    let number = |text: &str, from: usize, to: usize| text.get(from..to)?.parse::<u64>().ok();
    let (year, month, of_month) = (
        number(date, 0, 4)?,
        number(date, 4, 6)?,
        number(date, 6, 8)?,
    );
    let (hour, minute, second) = (
        number(time, 0, 2)?,
        number(time, 2, 4)?,
        number(time, 4, 6)?,
    );
    if year < 1970 || !(1..=12).contains(&month) || of_month == 0 {
        return None;
    }
    Some(day(year, month, of_month) * DAY + hour * 3_600 + minute * 60 + second)
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
        for day_number in 0..200_000 {
            let (year, month, of_month) = date(day_number);
            assert_eq!(day(year, month, of_month), day_number);
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
