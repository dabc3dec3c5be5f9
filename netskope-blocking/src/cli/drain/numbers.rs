//! Numbers as short as they can be read.

use std::time::Duration;

/// A count with its thousands apart: `1,204,000`.
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count in at most four letters and a digit: `987`, `1.2k`, `12k`, `1.2M`.
pub(super) fn short(count: u64) -> String {
    scaled(count, &["", "k", "M", "G", "T", "P", "E"])
}

/// A number of bytes: `987 B`, `1.2 kB`, `276 MB`.
pub(super) fn bytes(count: u64) -> String {
    scaled(count, &[" B", " kB", " MB", " GB", " TB", " PB", " EB"])
}

/// Rounded down, so that nothing is called more than it is.
fn scaled(count: u64, units: &[&str]) -> String {
    let power = count.checked_ilog(1_000).unwrap_or(0);
    let unit = units.get(power as usize).copied().unwrap_or_default();
    let scale = 1_000_u64.pow(power);
    let (whole, tenth) = (count / scale, count % scale * 10 / scale.max(1));
    if power > 0 && whole < 10 {
        return format!("{whole}.{tenth}{unit}");
    }
    format!("{whole}{unit}")
}

/// How long, in its two largest units: `8 s`, `3 min 12 s`, `2 h 14 min`, `3 d 4 h`.
pub(super) fn span(duration: Duration) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let seconds = duration.as_secs();
    let largest = UNITS.iter().position(|(unit, _)| seconds >= *unit);
    let Some(largest) = largest else {
        return "0 s".to_owned();
    };
    let mut words = Vec::new();
    let mut rest = seconds;
    for (unit, name) in UNITS.iter().skip(largest).take(2) {
        if rest >= *unit {
            words.push(format!("{} {name}", rest / unit));
        }
        rest %= unit;
    }
    words.join(" ")
}

/// The same in at most six letters: `8s`, `3m12s`, `2h14m`, `3d4h`, `120d`.
pub(super) fn compact(duration: Duration) -> String {
    let words = span(duration).replace("min", "m").replace(' ', "");
    match words.split_once('d') {
        Some((days, _)) if days.len() > 2 => format!("{days}d"),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_or_short() {
        for (count, long, brief, size) in [
            (0, "0", "0", "0 B"),
            (999, "999", "999", "999 B"),
            (1_000, "1,000", "1.0k", "1.0 kB"),
            (9_999, "9,999", "9.9k", "9.9 kB"),
            (12_345, "12,345", "12k", "12 kB"),
            (999_999, "999,999", "999k", "999 kB"),
            (1_204_000, "1,204,000", "1.2M", "1.2 MB"),
            (u64::MAX, "18,446,744,073,709,551,615", "18E", "18 EB"),
        ] {
            assert_eq!(
                (grouped(count), short(count), bytes(count)),
                (long.into(), brief.into(), size.into())
            );
        }
    }

    #[test]
    fn spans_have_two_units() {
        for (seconds, long, short) in [
            (0, "0 s", "0s"),
            (59, "59 s", "59s"),
            (3_599, "59 min 59 s", "59m59s"),
            (3_600, "1 h", "1h"),
            (3_605, "1 h", "1h"),
            (8_040, "2 h 14 min", "2h14m"),
            (273_600, "3 d 4 h", "3d4h"),
            (8_638_200, "99 d 23 h", "99d23h"),
            (8_640_001, "100 d", "100d"),
        ] {
            let duration = Duration::from_secs(seconds);
            assert_eq!(
                (span(duration), compact(duration)),
                (long.into(), short.into())
            );
        }
    }
}
