//! Pieces that can stand nowhere.

use super::{Scene, joint, quoted, shown};
use crate::grammar::Expected;
use crate::operator::Keyword;
use crate::token::{Bad, Token, TokenKind, is_typographic, is_word};
use crate::{Diagnostic, Span};
use alloc::format;

pub(super) fn explain(scene: &Scene<'_, '_>, bad: Bad, expected: Expected) -> Diagnostic {
    match bad {
        Bad::Unterminated => unterminated(scene),
        Bad::Typographic => typographic(scene.found(), expected),
        Bad::Symbol => symbol(scene),
        Bad::Word => word(scene.found(), expected),
    }
}

fn unterminated(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    if scene
        .glued()
        .is_some_and(|before| matches!(before.kind, TokenKind::Word | TokenKind::Keyword(_)))
    {
        return joint::quote_in_word(found);
    }
    let quote = found.text.get(..1).unwrap_or_default();
    let inside = found.text.get(1..).unwrap_or_default();
    let name = if quote == "`" { "backtick" } else { "quote" };
    let error = Diagnostic::error(found.span(), format!("this {name} is never closed"));
    if inside.trim_end().ends_with(&*format!("\\{quote}")) {
        return error.help(format!(
            "a backslash before a {name} takes its meaning away; write the last backslash twice"
        ));
    }
    if inside.contains(is_typographic) {
        return error.help(format!("it ends in a typographic quote; write {quote}"));
    }
    let error = error.help(format!("write {quote} where the value ends"));
    let is_one_value = !inside.contains(['(', ')', '[', ']', ',', '\'', '"', '\\'])
        && !inside
            .split_whitespace()
            .any(|word| Keyword::of(word).is_some())
        && !inside.trim().is_empty();
    if is_one_value {
        let end = found.start + found.text.trim_end().len();
        return error.fix(Span::new(end, end), quote);
    }
    error
}

fn typographic(found: Token<'_>, expected: Expected) -> Diagnostic {
    let inside = unquote_any(found.text);
    let error = Diagnostic::error(found.span(), "typographic quotes are not quotes here");
    match inside {
        Some(inside) if expected == Expected::Value => {
            let value = quoted(inside);
            error
                .help(format!("write {value}"))
                .fix(found.span(), value)
        }
        _ => error.help("write straight quotes: ' or \""),
    }
}

/// What stands between two typographic quotes.
fn unquote_any(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    chars.next()?;
    chars.next_back()?;
    Some(chars.as_str())
}

fn symbol(scene: &Scene<'_, '_>) -> Diagnostic {
    const SLIPS: &[(&str, &str)] = &[
        ("=<", "<="),
        ("=>", ">="),
        ("<>", "!="),
        ("><", "!="),
        ("===", "=="),
        ("!==", "!="),
        ("=!", "!="),
        ("=~", "~"),
        ("~=", "~"),
        ("~~", "~"),
        ("!~~", "!~"),
        ("&&", "and"),
        ("&", "and"),
        ("||", "or"),
        ("|", "or"),
        ("!", "not"),
    ];
    let found = scene.found();
    let error = Diagnostic::error(
        found.span(),
        format!("{} is not an operator", shown(found.text)),
    );
    let next = scene.after(1);
    let inside_value =
        matches!(found.text, "&" | "|") && scene.glued().is_some() && next.start == found.end();
    match SLIPS.iter().find(|(slip, _)| *slip == found.text) {
        Some(_) if inside_value => error.help("a value that holds it needs quotes"),
        Some((_, meant)) => {
            let before = if is_letters(meant) && scene.glued().is_some() {
                " "
            } else {
                ""
            };
            let after = if is_letters(meant) && next.start == found.end() {
                " "
            } else {
                ""
            };
            error
                .help(format!("write {meant}"))
                .fix(found.span(), format!("{before}{meant}{after}"))
        }
        None => error.help("operators are =, !=, >, >=, <, <=, ~ and !~, and words such as eq"),
    }
}

fn is_letters(operator: &str) -> bool {
    operator.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn word(found: Token<'_>, expected: Expected) -> Diagnostic {
    let odd = found.text.char_indices().find(|(_, c)| !is_word(*c));
    let (at, odd) = odd.unwrap_or((0, '?'));
    let start = found.start + at;
    let span = Span::new(start, start + odd.len_utf8());
    let name = if odd.is_control() || is_invisible(odd) {
        format!("the invisible character U+{:04X}", u32::from(odd))
    } else {
        shown(odd.encode_utf8(&mut [0; 4]))
    };
    if expected == Expected::Value {
        let value = quoted(found.text);
        Diagnostic::error(span, format!("{name} in a value needs quotes"))
            .help(format!("write {value}"))
            .fix(found.span(), value)
    } else {
        Diagnostic::error(span, format!("{name} can stand only in quotes"))
            .help("take it away, or quote the value it belongs to")
    }
}

/// Characters of no width that come along when text is copied.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
