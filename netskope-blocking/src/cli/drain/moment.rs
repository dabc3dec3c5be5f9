//! Times, spans and sizes as people type them.

use crate::cli::failure::{Exit, Failure};
use bytesize::ByteSize;
use jiff::{SignedDuration, Span, Timestamp, tz::TimeZone};
use netskope_blocking::model::v2::Start;
use std::time::Duration;

/// Where a new index starts. A time of the future is refused: what a tenant has not got it cannot start with.
pub(super) fn start(typed: &str, now: Timestamp) -> Result<Start, Failure> {
    match typed.trim() {
        "head" => Ok(Start::Head),
        "tail" => Ok(Start::Tail),
        time => {
            let time = moment(time, now).map_err(|wrong| wrong.about("--from", "head, tail"))?;
            if time > now {
                let message = format!("--from: '{typed}' is in the future");
                let hint = "tail starts with what comes in from now on";
                return Err(Failure::new(Exit::Usage, message).hint(hint));
            }
            Ok(Start::At(
                u64::try_from(time.as_second()).unwrap_or_default(),
            ))
        }
    }
}

/// When a drain is at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    CaughtUp,
    /// In seconds since 1970.
    Time(i64),
}

pub(super) fn end(typed: &str, now: Timestamp) -> Result<End, Failure> {
    if typed.trim() == "caught-up" {
        return Ok(End::CaughtUp);
    }
    let time = moment(typed, now).map_err(|wrong| wrong.about("--until", "caught-up"))?;
    Ok(End::Time(time.as_second()))
}

/// Why a text is no time, still without the option that it was given with.
struct NoTime {
    typed: String,
    reason: &'static str,
}

impl NoTime {
    fn about(self, option: &str, words: &str) -> Failure {
        let message = format!("{option}: '{}' {}", self.typed, self.reason);
        Failure::new(Exit::Usage, message).hint(format!(
            "give {words}, or a time: 2026-11-01T00:00:00Z, seconds since 1970, or \"2 hours ago\""
        ))
    }
}

/// A time in any of its three forms. Days, weeks, months and years are those of UTC.
fn moment(typed: &str, now: Timestamp) -> Result<Timestamp, NoTime> {
    let typed = typed.trim();
    let no_time = |reason| NoTime {
        typed: typed.to_owned(),
        reason,
    };
    let time = if typed.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = typed.parse().map_err(|_| no_time("is no time"))?;
        if Timestamp::from_second(seconds).is_err() && Timestamp::from_millisecond(seconds).is_ok()
        {
            return Err(no_time("looks like milliseconds"));
        }
        Timestamp::from_second(seconds).ok()
    } else if let Ok(time) = typed.parse::<Timestamp>() {
        Some(time)
    } else if typed.ends_with("ago") {
        let span: Span = typed.parse().map_err(|_| no_time("is no span of time"))?;
        now.to_zoned(TimeZone::UTC)
            .checked_add(span)
            .map(|zoned| zoned.timestamp())
            .ok()
    } else if typed.parse::<jiff::civil::DateTime>().is_ok() {
        return Err(no_time("does not say in which time zone"));
    } else {
        return Err(no_time("is no time"));
    };
    time.filter(|time| time.as_second() >= 0)
        .ok_or_else(|| no_time("is out of range"))
}

/// The age at which a file is closed.
pub(super) fn age(typed: &str) -> Result<Duration, Failure> {
    let age = typed.parse::<SignedDuration>().ok();
    let age = age.and_then(|age| Duration::try_from(age).ok());
    age.filter(|age| *age >= Duration::from_secs(1))
        .ok_or_else(|| {
            let message = format!("--rotate-age: '{typed}' is no age of a second or more");
            Failure::new(Exit::Usage, message)
                .hint("give it with its unit, such as 90s, 15min or 1h")
        })
}

/// The size at which a file is closed, in bytes.
pub(super) fn size(typed: &str) -> Result<u64, Failure> {
    let size = typed.trim().parse::<ByteSize>().ok();
    size.map(|size| size.as_u64())
        .filter(|size| *size > 0)
        .ok_or_else(|| {
            let message = format!("--rotate-size: '{typed}' is no size");
            Failure::new(Exit::Usage, message)
                .hint("give it with its unit, such as 256MB (millions of bytes) or 256MiB")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_start_has_many_forms() {
        for (typed, start) in [
            ("head", Start::Head),
            ("tail", Start::Tail),
            ("0", Start::At(0)),
            ("1793491200", Start::At(1_793_491_200)),
            ("2026-11-01T00:00:00Z", Start::At(1_793_491_200)),
            ("2026-11-01 02:00:00.5+02:00", Start::At(1_793_491_200)),
            (" 2 hours ago ", Start::At(1_795_348_800 - 7_200)),
            ("1h 30m ago", Start::At(1_795_348_800 - 5_400)),
            ("7 days ago", Start::At(1_795_348_800 - 7 * 86_400)),
            ("1 month ago", Start::At(1_795_348_800 - 31 * 86_400)),
        ] {
            let read = super::start(typed, now());
            assert_eq!(read.unwrap(), start, "{typed}");
        }
    }

    #[test]
    fn what_is_no_start_is_told_why() {
        let texts = [
            "",
            "heads",
            "next",
            "yesterday",
            "-1",
            "1.5",
            "2026-11-01",
            "2026-11-01T00:00:00",
            "2026-13-01T00:00:00Z",
            "ago",
            "2 hors ago",
            "2000 years ago",
            "-2 hours ago",
            "99999999999999999999",
            "1793491200000",
            "2026-11-22T12:00:01Z",
        ];
        let said: Vec<String> = texts
            .iter()
            .map(|text| start(text, now()).unwrap_err().to_string())
            .collect();
        insta::assert_snapshot!(said.join("\n"));
    }

    #[test]
    fn an_end_may_be_a_time_to_come() {
        assert_eq!(end("caught-up", now()).unwrap(), End::CaughtUp);
        assert_eq!(
            end("2030-01-01T00:00:00Z", now()).unwrap(),
            End::Time(1_893_456_000)
        );
        assert_eq!(
            end("head", now()).unwrap_err().to_string(),
            "error: --until: 'head' is no time\nhint: give caught-up, or a time: 2026-11-01T00:00:00Z, seconds since 1970, or \"2 hours ago\""
        );
    }

    #[test]
    fn ages_and_sizes_have_units() {
        assert_eq!(age("1h").unwrap(), Duration::from_hours(1));
        assert_eq!(age("1h 30min").unwrap(), Duration::from_mins(90));
        for none in ["", "1", "0s", "-1h", "1h ago", "500ms", "soon"] {
            assert!(age(none).is_err(), "{none}");
        }
        for (typed, bytes) in [
            ("256MB", 256_000_000),
            ("256 MiB", 268_435_456),
            ("1g", 1_000_000_000),
            ("9007199254740993", 9_007_199_254_740_993),
        ] {
            assert_eq!(size(typed).unwrap(), bytes, "{typed}");
        }
        for none in ["", "0", "-1MB", "big", "1 parsec"] {
            assert!(size(none).is_err(), "{none}");
        }
    }
}
