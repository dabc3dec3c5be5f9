//! Text: whatever its case, in patterns, and of values that are none.

use super::record::Scalar;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt::{self, Write};
use core::str::Chars;

pub(super) fn lower(text: &str) -> impl Iterator<Item = char> + Clone {
    text.chars().flat_map(char::to_lowercase)
}

pub(super) fn lowered(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        lower(text).collect()
    }
}

pub(super) fn equal(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || !(a.is_ascii() && b.is_ascii()) && lower(a).eq(lower(b))
}

pub(super) fn order(a: &str, b: &str) -> Ordering {
    lower(a).cmp(lower(b))
}

pub(super) fn starts_with(text: &str, start: &str) -> bool {
    let mut text = lower(text);
    lower(start).all(|c| text.next() == Some(c))
}

/// Whether the text is the truth value as a word, in any case and with white space around it.
pub(super) fn truth(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else {
        text.eq_ignore_ascii_case("false").then_some(false)
    }
}

/// Whether the whole text fits a pattern in which `*` is any text and `?` any one character.
pub(super) fn glob(text: &str, pattern: &str) -> bool {
    let (mut text, mut pattern) = (text.chars(), pattern.chars());
    // Where to go on, one character later, when what follows the last `*` does not fit.
    let mut again: Option<(Chars<'_>, Chars<'_>)> = None;
    loop {
        let (mut next_text, mut next_pattern) = (text.clone(), pattern.clone());
        match (next_pattern.next(), next_text.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                again = Some((text.clone(), next_pattern.clone()));
                pattern = next_pattern;
            }
            (Some(wanted), Some(c)) if wanted == '?' || same(wanted, c) => {
                (text, pattern) = (next_text, next_pattern);
            }
            _ => {
                let Some((from, after_star)) = &mut again else {
                    return false;
                };
                if from.next().is_none() {
                    return false;
                }
                (text, pattern) = (from.clone(), after_star.clone());
            }
        }
    }
}

fn same(a: char, b: char) -> bool {
    a == b || a.eq_ignore_ascii_case(&b) || a.to_lowercase().eq(b.to_lowercase())
}

/// Room for a number as text: 64-bit integers have up to 20 characters, and floating-point numbers up to 24.
#[derive(Default)]
pub(super) struct Room {
    bytes: [u8; 32],
    used: usize,
}

impl Write for Room {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.used + text.len();
        let free = self.bytes.get_mut(self.used..end).ok_or(fmt::Error)?;
        free.copy_from_slice(text.as_bytes());
        self.used = end;
        Ok(())
    }
}

/// A value as text; nothing for what has none.
pub(super) fn shown<'a>(value: Scalar<'a>, room: &'a mut Room) -> &'a str {
    let written = match value {
        Scalar::Text(text) | Scalar::Digits(text) => return text,
        Scalar::Bool(true) => return "true",
        Scalar::Bool(false) => return "false",
        Scalar::Int(number) => write!(room, "{number}"),
        Scalar::Uint(number) => write!(room, "{number}"),
        Scalar::Float(number) => match serde_json::Number::from_f64(number) {
            Some(number) => write!(room, "{number}"),
            // The writer of any float, for what only a program can make, would be larger than all of the filter.
            None if number.is_nan() => return "NaN",
            None if number > 0.0 => return "inf",
            None => return "-inf",
        },
        Scalar::Missing | Scalar::Absent | Scalar::Other => return "",
    };
    debug_assert!(written.is_ok(), "a number is longer than its room");
    let text = room.bytes.get(..room.used).unwrap_or_default();
    core::str::from_utf8(text).unwrap_or_default()
}
