//! Times, which are seconds since 1970.

use super::found::{Found, Topic};
use crate::diagnostic::shown;
use crate::{Number, Path, Span};
use alloc::{format, string::ToString};

/// Seconds of the year 5138, and milliseconds of 1973: what is greater is no time in seconds that anybody means.
const SECONDS_END: i64 = 100_000_000_000;

/// Warns of a time in a smaller unit than seconds.
pub(super) fn check(path: &Path, span: Span, number: &Number, found: &mut Found<'_>) {
    let Some(time) = number.as_i64().filter(|time| *time >= SECONDS_END) else {
        return;
    };
    let (mut seconds, mut unit) = (time, 0);
    while seconds >= SECONDS_END {
        seconds /= 1000;
        unit += 1;
    }
    let units = ["", "milliseconds", "microseconds", "nanoseconds"];
    let unit = units.get(unit).copied().unwrap_or_default();
    let name = shown(path.as_str());
    let message = format!("{name} is in seconds, and {time} is in {unit}");
    let help = format!("write {seconds}");
    found.warn(Topic::Time, span, message, help, Some(seconds.to_string()));
}

/// The first second of a day written as `2024-01-31`.
pub(super) fn day(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let mut part = |digits: usize, within: core::ops::RangeInclusive<i64>| {
        let plain = |part: &&str| part.len() == digits && !part.starts_with('+');
        let part = parts.next().filter(plain)?;
        part.parse().ok().filter(|number| within.contains(number))
    };
    let (year, month, day) = (part(4, 1970..=9999)?, part(2, 1..=12)?, part(2, 1..=31)?);
    if parts.next().is_some() || day > last_day(year, month) {
        return None;
    }
    // Years are counted from March, so that the day of a leap year comes last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days = year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1;
    Some((days - DAYS_TO_1970) * 86_400)
}

fn last_day(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// From March of the year 0 to 1970.
const DAYS_TO_1970: i64 = 719_468;

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days() {
        for (text, expected) in [
            ("1970-01-01", Some(0)),
            ("2000-02-29", Some(951_782_400)),
            ("2023-11-14", Some(1_699_920_000)),
            ("2024-12-31", Some(1_735_603_200)),
            ("2024-13-01", None),
            ("2024-02-29", Some(1_709_164_800)),
            ("2024-02-30", None),
            ("2023-02-29", None),
            ("2100-02-29", None),
            ("2023-04-31", None),
            ("2024-1-1", None),
            ("2024-01-01-01", None),
            ("2024-+1-01", None),
            ("yesterday", None),
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
    }
}
