//! Text whatever its case.

use std::cmp::Ordering;
use std::str::Chars;

fn lower(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
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

pub(super) fn contains(text: &str, part: &str) -> bool {
    if part.is_empty() {
        return true;
    }
    if text.is_ascii() && part.is_ascii() {
        let mut windows = text.as_bytes().windows(part.len());
        return windows.any(|window| window.eq_ignore_ascii_case(part.as_bytes()));
    }
    let text: String = lower(text).collect();
    let part: String = lower(part).collect();
    text.contains(&part)
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
