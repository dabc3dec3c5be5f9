//! What follows a whole condition, and parentheses.

use super::{Scene, is_boundary, is_operator, quoted};
use crate::diagnostic::shown;
use crate::operator::Keyword;
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Span};
use alloc::format;

/// `and`, `or` or an end was expected.
pub(super) fn missing(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    if let Some(said) = scene.glued().and_then(|before| stuck(scene, before)) {
        return said;
    }
    let begins = matches!(
        found.kind,
        TokenKind::Open | TokenKind::Keyword(Keyword::Not)
    );
    let field = matches!(found.kind, TokenKind::Word | TokenKind::Name);
    if found.kind == TokenKind::Word && !is_operator(&scene.after(1)) {
        if let Some(said) = several_words(scene) {
            return said;
        }
    } else if field && let Some(said) = stuck_keyword(scene) {
        return said;
    }
    if begins || field && is_operator(&scene.after(1)) {
        let message = format!("missing `and` or `or` before {}", shown(found.text));
        return Diagnostic::error(found.span(), message)
            .help("join the two conditions with `and` or `or`");
    }
    let message = format!(
        "unexpected {} after the end of the condition",
        shown(found.text)
    );
    Diagnostic::error(found.span(), message)
        .help("conditions are joined with `and` or `or`; take away what is left over")
}

/// What was found touches the value before it.
fn stuck(scene: &Scene<'_, '_>, before: Token<'_>) -> Option<Diagnostic> {
    let found = scene.found();
    match (before.kind, found.kind) {
        (TokenKind::Word | TokenKind::Keyword(_), TokenKind::Quoted) => Some(quote_in_word(found)),
        (TokenKind::Quoted, TokenKind::Word | TokenKind::Keyword(_) | TokenKind::Quoted) => {
            let message = format!("{} stands right after a closing quote", shown(found.text));
            Some(
                Diagnostic::error(found.span(), message)
                    .help("a quote inside a quoted value is written with a backslash: \\'"),
            )
        }
        (TokenKind::Word, TokenKind::Symbol(..)) => Some(needs_quotes(scene, before, found)),
        _ => None,
    }
}

/// Operator characters inside a bare value: all up to the next white space is taken for the value.
pub(super) fn needs_quotes(
    scene: &Scene<'_, '_>,
    value: Token<'_>,
    found: Token<'_>,
) -> Diagnostic {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | '\'' | '"');
    let rest = scene.slice(Span::new(value.start, scene.text.len()));
    let length = rest.find(ends).unwrap_or(rest.len());
    let span = Span::new(value.start, value.start + length);
    let quoted = quoted(scene.slice(span));
    Diagnostic::error(
        found.span(),
        format!("{} in a value needs quotes", shown(found.text)),
    )
    .help(format!("write {quoted}"))
    .fix(span, quoted)
}

/// A word goes on with a quote.
pub(super) fn quote_in_word(quote: Token<'_>) -> Diagnostic {
    let span = Span::new(quote.start, quote.start + 1);
    Diagnostic::error(span, "a quote in the middle of a word")
        .help("put the whole value in quotes, and a backslash before any quote inside it")
}

/// A value of several words that has no quotes: all words up to the end of the condition.
fn several_words(scene: &Scene<'_, '_>) -> Option<Diagnostic> {
    let value = scene
        .before(1)
        .filter(|token| token.kind == TokenKind::Word)?;
    let more = scene
        .rest()
        .iter()
        .take_while(|token| token.kind == TokenKind::Word)
        .count();
    let next = scene.after(more);
    let words = if is_operator(&next) {
        more.saturating_sub(1)
    } else {
        more
    };
    let last = scene.after(words.saturating_sub(1));
    let span = value.span().to(last.span());
    let text = scene.slice(span);
    let error = Diagnostic::error(span, "a value of several words needs quotes")
        .help(format!("write {}", quoted(text)));
    if is_boundary(&next) {
        Some(error.fix(span, quoted(text)))
    } else {
        is_operator(&next).then_some(error)
    }
}

/// A number with `and` or `or` stuck to it, as in `1and`.
fn stuck_keyword(scene: &Scene<'_, '_>) -> Option<Diagnostic> {
    let value = scene
        .before(1)
        .filter(|token| token.kind == TokenKind::Word)?;
    let number = value
        .text
        .trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let word = value.text.strip_prefix(number)?;
    let is_number = !number.is_empty()
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_joint = matches!(Keyword::of(word), Some(Keyword::And | Keyword::Or));
    (is_number && is_joint).then(|| {
        let message = format!(
            "missing space between {} and {}",
            shown(number),
            shown(word)
        );
        Diagnostic::error(value.span(), message)
            .help(format!("write `{number} {word}`"))
            .fix(value.span(), format!("{number} {word}"))
    })
}

/// A parenthesis was left open.
pub(super) fn never_closed(scene: &Scene<'_, '_>) -> Diagnostic {
    let mut open: alloc::vec::Vec<Token<'_>> = alloc::vec::Vec::new();
    for token in scene.done() {
        match token.kind {
            TokenKind::Open => open.push(*token),
            TokenKind::Close => drop(open.pop()),
            _ => {}
        }
    }
    let span = open.last().map_or(scene.found().span(), Token::span);
    let end = scene
        .before(1)
        .map_or(scene.text.len(), |token| token.end());
    Diagnostic::error(span, "this parenthesis is never closed")
        .help("write `)` where its group ends")
        .fix(Span::new(end, end), ")".repeat(open.len()))
}

/// A closing parenthesis too many.
pub(super) fn closes_nothing(scene: &Scene<'_, '_>) -> Diagnostic {
    let span = scene.found().span();
    let error = Diagnostic::error(span, "this parenthesis closes nothing")
        .help("take it away, or write `(` where its group begins");
    if scene.at == 0 {
        error
    } else {
        error.fix(span, "")
    }
}
