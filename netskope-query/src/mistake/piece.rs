//! Pieces that can stand nowhere.

use super::{Scene, about, condition, is_bare, is_boundary, is_operator, joint, quoted};
use crate::diagnostic::{is_invisible, shown};
use crate::expr::is_plain_name;
use crate::grammar::Expected;
use crate::lex;
use crate::operator::Keyword;
use crate::token::{Bad, Token, TokenKind, is_typographic, is_word};
use crate::{Diagnostic, Span};
use alloc::{format, string::String};

/// `None` where the piece is as wrong as any other would be.
pub(super) fn explain(scene: &Scene<'_, '_>, bad: Bad, expected: Expected) -> Option<Diagnostic> {
    match bad {
        Bad::Unterminated => Some(unterminated(scene)),
        Bad::Typographic => Some(typographic(scene, expected)),
        Bad::Symbol => symbol(scene, expected),
        Bad::Word => Some(word(scene, expected)),
    }
}

/// Whether quotes went wrong at the place found so that the last one is never closed: what is text and what is not,
/// nobody can tell from there on.
pub(super) fn swallows_the_rest(scene: &Scene<'_, '_>) -> bool {
    let unclear = matches!(
        scene.found().kind,
        TokenKind::Bad(Bad::Unterminated | Bad::Typographic)
    );
    let in_word = |before: Token<'_>| {
        before.kind == TokenKind::Quoted
            || is_bare(&before) && scene.found().kind == TokenKind::Quoted
    };
    let last = scene.rest().iter().rev().nth(1);
    last.is_some_and(|last| last.kind == TokenKind::Bad(Bad::Unterminated))
        && (unclear || scene.glued().is_some_and(in_word))
}

fn unterminated(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    if let Some(word) = scene.glued().filter(is_bare) {
        return joint::quote_in_word(scene, word);
    }
    let quote = found.text.get(..1).unwrap_or_default();
    let inside = found.text.get(1..).unwrap_or_default();
    let name = if quote == "`" { "backtick" } else { "quote" };
    let error = Diagnostic::error(found.span(), format!("this {name} is never closed"));
    if let Some(at) = joint::escaped_end(found) {
        return error
            .help(format!(
                "a backslash before a {name} takes its meaning away; write the last backslash twice"
            ))
            .fix(Span::new(at, at), "\\");
    }
    let last = inside.trim_end().char_indices().next_back();
    if let Some((at, closing)) = last.filter(|(_, last)| is_typographic(*last)) {
        let start = found.start + quote.len() + at;
        let span = Span::new(start, start + closing.len_utf8());
        let help = format!("it ends in a typographic quote; write {quote}");
        return error.help(help).fix(span, quote);
    }
    let error = error.help(format!("write {quote} where it ends"));
    if is_one_value(inside) {
        let end = found.start + found.text.trim_end().len();
        return error.fix(Span::new(end, end), quote);
    }
    error
}

/// Whether text with a quote at one of its ends can be nothing but what was to be quoted.
pub(super) fn is_one_value(inside: &str) -> bool {
    !inside.contains(['(', ')', '[', ']', ',', '\'', '"', '\\'])
        && !inside
            .split_whitespace()
            .any(|word| Keyword::of(word.as_bytes()).is_some())
        && !inside.trim().is_empty()
}

fn typographic(scene: &Scene<'_, '_>, expected: Expected) -> Diagnostic {
    let found = scene.found();
    let message = "typographic quotes are not quotes here";
    if let Some(inside) = closed_straight(scene) {
        let span = Span::new(found.start, inside.end() + 1);
        let meant = quoted(scene.slice(inside));
        return Diagnostic::error(span, message)
            .help(format!("write {meant}"))
            .fix(span, meant);
    }
    let error = Diagnostic::error(found.span(), message);
    let meant = unquote_any(found.text).map(|inside| match expected {
        Expected::Condition if is_plain_name(inside) && is_operator(&scene.after(1)) => {
            inside.into()
        }
        _ => quoted(inside),
    });
    match meant {
        Some(meant) => error
            .help(format!("write {meant}"))
            .fix(found.span(), meant),
        None => error.help("write straight quotes: ' or \""),
    }
}

/// What stands between a typographic quote and a straight one at the end of a condition or of a value in a list.
fn closed_straight(scene: &Scene<'_, '_>) -> Option<Span> {
    let is_double = |c: char| matches!(c, '“' | '”' | '„' | '«' | '»');
    let found = scene.found();
    let opening = found.text.chars().next()?;
    let closing = if is_double(opening) { '"' } else { '\'' };
    let start = found.start + opening.len_utf8();
    let (inside, rest) = scene.text.get(start..)?.split_once(closing)?;
    let closed = |c: char| is_typographic(c) && is_double(c) == is_double(opening);
    let rest = lex::tokens(rest);
    let next = rest.first()?;
    let ends = is_boundary(next) || matches!(next.kind, TokenKind::ListClose | TokenKind::Comma);
    let meant = ends && is_one_value(inside) && !inside.contains(closed);
    meant.then(|| Span::new(start, start + inside.len()))
}

/// What stands between two typographic quotes.
fn unquote_any(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    chars.next()?;
    chars.next_back()?;
    Some(chars.as_str())
}

/// What symbols that are no operator are meant for.
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

/// Whether symbols are meant for `and` or `or`.
pub(crate) fn is_meant_as_joint(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Bad(Bad::Symbol) && matches!(token.text, "&&" | "&" | "||" | "|")
}

fn symbol(scene: &Scene<'_, '_>, expected: Expected) -> Option<Diagnostic> {
    let found = scene.found();
    let next = scene.after(1);
    let before = scene.glued();
    let in_value = expected == Expected::Joint && next.start == found.end();
    let value = before
        .filter(|before| in_value && matches!(before.kind, TokenKind::Word | TokenKind::Term));
    if let Some(value) = value.filter(|_| !matches!(found.text, "&&" | "||")) {
        return Some(joint::needs_quotes(scene, value, found.span()));
    }
    if is_meant_as_joint(&found) && is_boundary(&next) && expected != Expected::Condition {
        return Some(condition::after(scene, found, 1));
    }
    let error = about(found, "", " is not an operator");
    let meant = SLIPS.iter().find(|(slip, _)| *slip == found.text);
    let meant = meant.map(|(_, meant)| *meant);
    let fits = match (expected, meant) {
        (Expected::Condition, meant) => meant == Some("not"),
        (Expected::Joint, _) => is_meant_as_joint(&found),
        (Expected::Operator, meant) => meant != Some("not"),
        _ => false,
    };
    match meant.filter(|_| fits) {
        Some(meant) => {
            let is_word = Keyword::of(meant.as_bytes()).is_some();
            let space = |wanted: bool| if is_word && wanted { " " } else { "" };
            let (left, right) = (space(before.is_some()), space(next.start == found.end()));
            Some(
                error
                    .help(format!("write `{meant}`"))
                    .fix(found.span(), format!("{left}{meant}{right}")),
            )
        }
        None if fits => Some(error.help(condition::OPERATORS)),
        None => None,
    }
}

fn word(scene: &Scene<'_, '_>, expected: Expected) -> Diagnostic {
    let found = scene.found();
    if let Some(said) = end_mark(scene) {
        return said;
    }
    let odd = found.text.char_indices().find(|(_, c)| !is_word(*c));
    let (at, odd) = odd.unwrap_or((0, '?'));
    let start = found.start + at;
    let span = Span::new(start, start + odd.len_utf8());
    let unseen = |c: char| c.is_control() || is_invisible(c);
    if unseen(odd) {
        let message = format!(
            "an invisible character, U+{:04X}, stands here",
            u32::from(odd)
        );
        let error = Diagnostic::error(span, message).help("take it away");
        let seen: String = found.text.chars().filter(|c| !unseen(*c)).collect();
        return if seen.is_empty() {
            error
        } else {
            error.fix(found.span(), seen)
        };
    }
    let name = shown(odd.encode_utf8(&mut [0; 4]));
    if expected == Expected::Value {
        return joint::needs_quotes(scene, found, span);
    }
    if let Some(said) = joint::several_words(scene).filter(|_| expected == Expected::Joint) {
        return said;
    }
    Diagnostic::error(span, format!("{name} can stand only in quotes"))
        .help("take it away, or quote the value it belongs to")
}

/// `;` at the end of all, as after statements of other languages.
fn end_mark(scene: &Scene<'_, '_>) -> Option<Diagnostic> {
    let found = scene.found();
    let marks = found.text.bytes().rev().take_while(|byte| *byte == b';');
    let span = Span::new(found.end() - marks.count(), found.end());
    let before = scene.before(1).filter(|_| span.start() == found.start);
    let from = before.map_or(span.start(), |before| before.end());
    (scene.after(1).kind == TokenKind::End && span.start() < span.end()).then(|| {
        Diagnostic::error(span, "a query ends without `;`")
            .help("take it away")
            .fix(Span::new(from, span.end()), "")
    })
}
