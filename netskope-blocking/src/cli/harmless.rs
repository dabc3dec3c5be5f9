//! Text from a tenant, made harmless to a terminal.

use netskope_blocking::model::error::steers;
use std::{
    borrow::Cow,
    fmt::{self, Write},
};

/// The text with each character that would steer a terminal written out as `\u{1b}`.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    escaped(text, steers, |c, out| write!(out, "{}", c.escape_unicode()))
}

/// A line of a text that people wrote, with its tabs, and with the characters that nobody sees written out too.
pub(super) fn harmless_line(line: &str) -> Cow<'_, str> {
    let hidden = |c: char| c != '\t' && (steers(c) || is_unseen(c));
    escaped(line, hidden, |c, out| write!(out, "{}", c.escape_unicode()))
}

/// Whether a character takes no place and joins nothing.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
    )
}

/// JSON with each such character written as JSON escapes it, so that the values stay the same.
///
/// Outside of strings JSON holds none, except the line ends and tabs that stay.
pub(super) fn harmless_json(json: &str) -> Cow<'_, str> {
    escaped(json, steers, |c, out| match c {
        '\n' | '\t' => out.write_char(c),
        c => write!(out, "\\u{:04x}", u32::from(c)),
    })
}

fn escaped(
    text: &str,
    harmful: impl Fn(char) -> bool,
    escape: impl Fn(char, &mut String) -> fmt::Result,
) -> Cow<'_, str> {
    if !text.contains(&harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if harmful(c) {
            let _ = escape(c, &mut out);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_instead() {
        assert_eq!(harmless("Justin’s Mac (4)"), "Justin’s Mac (4)");
        assert_eq!(
            harmless("a\u{1b}[31m\r\n\u{9b}2J\u{202e}b"),
            r"a\u{1b}[31m\u{d}\u{a}\u{9b}2J\u{202e}b"
        );
    }

    #[test]
    fn a_line_keeps_its_tabs_and_shows_what_nobody_sees() {
        assert_eq!(
            harmless_line("a\tb\u{200b}c\u{feff}\r\u{1b}"),
            "a\tb\\u{200b}c\\u{feff}\\u{d}\\u{1b}"
        );
    }

    #[test]
    fn nothing_that_turns_text_around_stays() {
        let ranges = [
            '\u{0}'..='\u{1f}',
            '\u{7f}'..='\u{9f}',
            '\u{61c}'..='\u{61c}',
            '\u{200e}'..='\u{200f}',
            '\u{2028}'..='\u{202e}',
            '\u{2066}'..='\u{2069}',
        ];
        for c in ranges.into_iter().flatten() {
            let shown = format!("safe\\u{{{:x}}}txt.exe", u32::from(c));
            assert_eq!(harmless(&format!("safe{c}txt.exe")), shown);
        }
        // They join letters, and turn nothing.
        assert_eq!(harmless("\u{200c}\u{200d}"), "\u{200c}\u{200d}");
    }

    #[test]
    fn json_keeps_its_values() {
        let value = serde_json::json!({"a\u{7f}": ["\u{9b}2J\u{1b}\n", "\u{202e}", "é"]});
        for json in [value.to_string(), format!("{value:#}")] {
            let written = harmless_json(&json);
            assert!(
                !written.contains(|c: char| steers(c) && c != '\n'),
                "{written}"
            );
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&written).unwrap(),
                value
            );
        }
    }
}
