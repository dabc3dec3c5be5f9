//! A condition in words.

use netskope_query::{Dialect, ExprKind, Field, Kind, Literal, Op, Value};
use std::fmt::Write;

/// A condition as a sentence without its full stop.
pub(super) fn condition(
    condition: &ExprKind,
    dialect: Dialect,
    field: Option<&Field<'_>>,
) -> String {
    let shown = |value: &Value| value_in_words(&value.literal, field);
    match condition {
        ExprKind::Has(path) => format!("{path} has a value"),
        ExprKind::Compare {
            path,
            operator,
            value,
        } => match (operator.op, &value.literal) {
            (Op::Eq, literal) if is_nothing(literal, dialect) => format!("{path} has no value"),
            (Op::Ne, literal) if is_nothing(literal, dialect) => format!("{path} has a value"),
            (op, literal) => {
                let case = case(op, literal, dialect);
                format!("{path} {} {}{case}", verb(op, dialect), shown(value))
            }
        },
        ExprKind::List {
            path,
            operator,
            values,
        } => {
            let verb = verb(operator.op, dialect);
            format!("{path} {verb} {}", list(values.iter().map(shown), 5))
        }
        ExprKind::Range {
            path, low, high, ..
        } => {
            let (low, high) = (shown(low), shown(high));
            format!("{path} is from {low} to {high}, both included")
        }
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Not(_) => String::new(),
    }
}

/// Whether a value is the same as none: in Skope IT the empty text is.
fn is_nothing(literal: &Literal, dialect: Dialect) -> bool {
    match literal {
        Literal::Text(text) => text.is_empty() && dialect != Dialect::Jql,
        literal => *literal == Literal::Null,
    }
}

fn verb(op: Op, dialect: Dialect) -> &'static str {
    match (op, dialect) {
        (Op::Eq | Op::Between, _) => "is",
        (Op::Ne, _) => "is not",
        (Op::Gt, _) => "is greater than",
        (Op::Ge, _) => "is at least",
        (Op::Lt, _) => "is less than",
        (Op::Le, _) => "is at most",
        (Op::Like, Dialect::Jql) => "as a whole is like",
        (Op::NotLike, Dialect::Jql) => "as a whole is not like",
        (Op::Like, _) => "contains",
        (Op::NotLike, _) => "does not contain",
        (Op::StartsWith, _) => "starts with",
        (Op::In, _) => "is one of",
        (Op::NotIn, _) => "is none of",
    }
}

/// What is said about upper and lower case, where there is any.
fn case(op: Op, literal: &Literal, dialect: Dialect) -> &'static str {
    let any = dialect == Dialect::Jql || matches!(op, Op::Like | Op::NotLike);
    match literal {
        Literal::Text(text) if any && text.chars().any(char::is_alphabetic) => ", in any case",
        _ => "",
    }
}

/// The first few, and how many there are more.
pub(super) fn list(mut values: impl ExactSizeIterator<Item = String>, most: usize) -> String {
    let mut words: Vec<String> = values.by_ref().take(most).collect();
    if values.len() > 0 {
        words.push(format!("and {} more", values.len()));
    }
    words.join(", ")
}

/// A value as it is written, with what it means where that is not the same.
fn value_in_words(literal: &Literal, field: Option<&Field<'_>>) -> String {
    let mut words = literal.to_string();
    let meaning = field.and_then(|field| match field.kind {
        Kind::Coded => other_name(literal, field),
        Kind::Time => moment(literal),
        _ => None,
    });
    if let Some(meaning) = meaning {
        let _ = write!(words, " ({meaning})");
    }
    words
}

/// The label of a code, or the code of a label.
fn other_name(literal: &Literal, field: &Field<'_>) -> Option<String> {
    let text = match literal {
        Literal::Text(text) => text.clone(),
        other => other.to_string(),
    };
    field.codes.iter().find_map(|row| {
        let code = row.code?.to_string();
        if code == text {
            return Some(row.label.to_owned());
        }
        (row.label == text).then_some(code)
    })
}

/// The time that a number of seconds stands for, in UTC, up to the year 9999.
fn moment(literal: &Literal) -> Option<String> {
    const DAY: i64 = 86_400;
    let Literal::Number(number) = literal else {
        return None;
    };
    let seconds = number
        .as_i64()
        .filter(|seconds| (0..=253_402_300_799).contains(seconds))?;
    let (year, month, day) = date(seconds / DAY);
    let (hour, minute, second) = (seconds % DAY / 3600, seconds % 3600 / 60, seconds % 60);
    Some(format!(
        "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC"
    ))
}

/// Year, month and day of the days since 1970.
fn date(mut days: i64) -> (i64, usize, i64) {
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970;
    while days >= 365 + i64::from(is_leap(year)) {
        days -= 365 + i64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + i64::from(is_leap(year));
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= months[month] {
        days -= months[month];
        month += 1;
    }
    (year, month + 1, days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_utc() {
        for (seconds, words) in [
            (0_i64, Some("1970-01-01 00:00:00 UTC")),
            (951_868_800, Some("2000-03-01 00:00:00 UTC")),
            (1_709_164_800, Some("2024-02-29 00:00:00 UTC")),
            (1_700_000_000, Some("2023-11-14 22:13:20 UTC")),
            (253_402_300_799, Some("9999-12-31 23:59:59 UTC")),
            (253_402_300_800, None),
            (-1, None),
        ] {
            assert_eq!(moment(&seconds.into()).as_deref(), words);
        }
        assert_eq!(moment(&"1700000000".into()), None);
    }
}
