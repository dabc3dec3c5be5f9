//! A value that is missing.

use super::{Scene, about, is_joint, piece, quoted};
use crate::Diagnostic;
use crate::diagnostic::shown;
use crate::literal::unquote;
use crate::token::{Token, TokenKind};
use crate::{Op, Span};
use alloc::format;

/// A value was expected.
pub(super) fn missing(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    let before = scene.before(1).unwrap_or(found);
    match (before.kind, found.kind) {
        (TokenKind::ListOpen, TokenKind::ListClose) => {
            let span = before.span().to(found.span());
            Diagnostic::error(span, "the list is empty")
                .help("write at least one value, such as ['a', 'b']")
        }
        (TokenKind::Comma, TokenKind::ListClose) => {
            Diagnostic::error(before.span(), "missing value after the last comma")
                .help("write a value, or take the comma away")
                .fix(before.span(), "")
        }
        (_, TokenKind::End | TokenKind::Close) => {
            absent(before).help("write a value, such as 'text' or 5; '' is the empty text")
        }
        _ if piece::is_meant_as_joint(&found) => {
            absent(before).help("write a value, such as 'text' or 5")
        }
        _ if is_joint(&found) => absent(before).help(format!(
            "write a value, or put {} in quotes if it is the value",
            shown(found.text)
        )),
        (_, TokenKind::ListOpen) => in_brackets(scene, before),
        _ if is_placeholder(scene) => placeholder(scene),
        (_, TokenKind::Symbol(..) | TokenKind::Bad(_)) => two_operators(scene, before),
        (_, TokenKind::Name) => {
            let value = quoted(&unquote(found.text));
            Diagnostic::error(
                found.span(),
                "a value is written in single quotes, not in backticks",
            )
            .help(format!("write {value}"))
            .fix(found.span(), value)
        }
        (_, TokenKind::Open) => {
            unexpected(before, found).help("parentheses group conditions; a value stands alone")
        }
        _ => unexpected(before, found).help("write a value, such as 'text' or 5"),
    }
}

/// Symbols with spaces between them are one operator, and two of one meaning are one too many.
fn two_operators(scene: &Scene<'_, '_>, before: Token<'_>) -> Diagnostic {
    let found = scene.found();
    let span = before.span().to(found.span());
    let said = shown(scene.slice(span));
    let joined = format!("{}{}", before.text, found.text);
    if Op::of_symbol(joined.as_bytes()).is_some() {
        return Diagnostic::error(span, format!("{said} is written without a space"))
            .help(format!("write `{joined}`"))
            .fix(span, joined);
    }
    let error =
        Diagnostic::error(span, format!("two operators in a row: {said}")).help("keep one of them");
    let op = |token: Token<'_>| token.kind.operator();
    if op(before).is_some() && op(before) == op(found) {
        return error.fix(span, before.text);
    }
    error
}

fn absent(before: Token<'_>) -> Diagnostic {
    about(before, "missing value after ", "")
}

fn unexpected(before: Token<'_>, found: Token<'_>) -> Diagnostic {
    let message = format!(
        "expected a value after {}, found {}",
        shown(before.text),
        shown(found.text)
    );
    Diagnostic::error(found.span(), message)
}

/// A list or a placeholder such as `[NAME]` after an operator of one value.
fn in_brackets(scene: &Scene<'_, '_>, before: Token<'_>) -> Diagnostic {
    let found = scene.found();
    let close = scene
        .rest()
        .iter()
        .find(|token| token.kind == TokenKind::ListClose);
    let span = found.span().to(close.map_or(found.span(), Token::span));
    let message = format!(
        "expected one value after {}, found {}",
        shown(before.text),
        shown(scene.slice(span))
    );
    Diagnostic::error(span, message)
        .help("write one value without brackets; a list stands after `in` or `not_in`")
}

/// Whether a text in angle brackets begins here, as in `<session ID>`.
fn is_placeholder(scene: &Scene<'_, '_>) -> bool {
    let touches = |c: char| !c.is_whitespace();
    let inside = scene.slice(after(scene)).split_once('>');
    scene.found().text.starts_with('<')
        && inside.is_some_and(|(name, _)| name.starts_with(touches) && name.ends_with(touches))
}

fn placeholder(scene: &Scene<'_, '_>) -> Diagnostic {
    let inside = scene.slice(after(scene));
    let length = inside.find('>').map_or(inside.len(), |at| at + 1);
    let start = scene.found().start;
    let span = Span::new(start, scene.found().end() + length);
    Diagnostic::error(
        span,
        format!("{} is a placeholder", shown(scene.slice(span))),
    )
    .help("write the real value in its place")
}

/// From the end of the token found to the end of the text.
fn after(scene: &Scene<'_, '_>) -> Span {
    Span::new(scene.found().end(), scene.text.len())
}
