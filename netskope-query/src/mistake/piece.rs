//! Pieces that can stand nowhere.

use super::{Scene, is_operator, joint, quoted};
use crate::diagnostic::{is_invisible, shown};
use crate::expr::is_plain_name;
use crate::grammar::Expected;
use crate::operator::Keyword;
use crate::token::{Bad, Token, TokenKind, is_typographic, is_word};
use crate::{Diagnostic, Span};
use alloc::format;

pub(super) fn explain(scene: &Scene<'_, '_>, bad: Bad, expected: Expected) -> Diagnostic {
    match bad {
        Bad::Unterminated => unterminated(scene),
        Bad::Typographic => typographic(scene, expected),
        Bad::Symbol => symbol(scene, expected),
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
    let last = inside.trim_end().char_indices().next_back();
    if let Some((at, closing)) = last.filter(|(_, last)| is_typographic(*last)) {
        let start = found.start + quote.len() + at;
        let span = Span::new(start, start + closing.len_utf8());
        let help = format!("it ends in a typographic quote; write {quote}");
        return error.help(help).fix(span, quote);
    }
    let error = error.help(format!("write {quote} where it ends"));
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

fn typographic(scene: &Scene<'_, '_>, expected: Expected) -> Diagnostic {
    let found = scene.found();
    let error = Diagnostic::error(found.span(), "typographic quotes are not quotes here");
    let meant = unquote_any(found.text).and_then(|inside| match expected {
        Expected::Value => Some(quoted(inside)),
        Expected::Condition if is_plain_name(inside) && is_operator(&scene.after(1)) => {
            Some(inside.into())
        }
        _ => None,
    });
    match meant {
        Some(meant) => error
            .help(format!("write {meant}"))
            .fix(found.span(), meant),
        None => error.help("write straight quotes: ' or \""),
    }
}

/// What stands between two typographic quotes.
fn unquote_any(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    chars.next()?;
    chars.next_back()?;
    Some(chars.as_str())
}

fn symbol(scene: &Scene<'_, '_>, expected: Expected) -> Diagnostic {
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
    let before = scene.glued();
    let in_value =
        expected == Expected::Joint && matches!(found.text, "&" | "|") && next.start == found.end();
    if let Some(before) = before.filter(|before| in_value && before.kind == TokenKind::Word) {
        return joint::needs_quotes(scene, before, found);
    }
    match SLIPS.iter().find(|(slip, _)| *slip == found.text) {
        Some((_, meant)) => {
            let is_word = Keyword::of(meant).is_some();
            let space = |wanted: bool| if is_word && wanted { " " } else { "" };
            let (left, right) = (space(before.is_some()), space(next.start == found.end()));
            error
                .help(format!("write `{meant}`"))
                .fix(found.span(), format!("{left}{meant}{right}"))
        }
        None => error.help("operators are =, !=, >, >=, <, <=, ~ and !~, and words such as eq"),
    }
}

fn word(found: Token<'_>, expected: Expected) -> Diagnostic {
    let odd = found.text.char_indices().find(|(_, c)| !is_word(*c));
    let (at, odd) = odd.unwrap_or((0, '?'));
    let start = found.start + at;
    let span = Span::new(start, start + odd.len_utf8());
    if odd.is_control() || is_invisible(odd) {
        let message = format!(
            "an invisible character, U+{:04X}, stands here",
            u32::from(odd)
        );
        return Diagnostic::error(span, message).help("take it away");
    }
    let name = shown(odd.encode_utf8(&mut [0; 4]));
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
