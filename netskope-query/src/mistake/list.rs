//! Lists and ranges.

use super::{Scene, is_boundary, is_joint};
use crate::diagnostic::shown;
use crate::literal::literal;
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Literal, Op, Span};
use alloc::format;

/// `[` was expected.
pub(super) fn missing(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    let operator = scene.before(1).unwrap_or(found);
    let two = matches!(operator.kind.operator(), Some(Op::Between));
    let example = if two { "[1, 9]" } else { "['a', 'b']" };
    let help = format!(
        "write a list in square brackets: {} {example}",
        operator.text
    );
    if found.kind == TokenKind::Open {
        let error = Diagnostic::error(
            found.span(),
            "a list is written in square brackets, not in parentheses",
        );
        return match values_until(scene, 1, TokenKind::Close) {
            Some(inside) => {
                let span = Span::new(found.start, inside.end + 1);
                error
                    .help(help)
                    .fix(span, format!("[{}]", scene.slice(inside)))
            }
            None => error.help(help),
        };
    }
    let message = format!("missing list after {}", shown(operator.text));
    if literal(&found).is_none() {
        return Diagnostic::error(operator.span(), message).help(help);
    }
    let error = Diagnostic::error(found.span(), message).help(help);
    let (low, joint, high) = (found, scene.after(1), scene.after(2));
    let between = is_joint(&joint) || is_to(&joint);
    if two && between && is_constant(&high) && is_boundary(&scene.after(3)) {
        return error.fix(
            low.span().to(high.span()),
            format!("[{}, {}]", low.text, high.text),
        );
    }
    match values(scene, 0) {
        Some((inside, count)) if !two || count == 2 => {
            error.fix(inside, format!("[{}]", scene.slice(inside)))
        }
        _ => error,
    }
}

/// Values with commas between them, up to the end of a condition, and their count.
fn values(scene: &Scene<'_, '_>, from: usize) -> Option<(Span, usize)> {
    let first = scene.after(from);
    let mut at = from;
    let mut count = 1;
    loop {
        literal(&scene.after(at))?;
        let next = scene.after(at + 1);
        if is_boundary(&next) {
            return Some((first.span().to(scene.after(at).span()), count));
        }
        if next.kind != TokenKind::Comma {
            return None;
        }
        at += 2;
        count += 1;
    }
}

/// What is between the parenthesis found and its end, where that is values and commas alone.
fn values_until(scene: &Scene<'_, '_>, from: usize, end: TokenKind) -> Option<Span> {
    let (inside, _) = values(scene, from)?;
    let last = scene
        .rest()
        .iter()
        .find(|token| token.start >= inside.end)?;
    (last.kind == end).then(|| Span::new(scene.found().end(), last.start))
}

/// `,` or `]` was expected.
pub(super) fn unfinished(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    let opens = scene
        .done()
        .iter()
        .rposition(|token| token.kind == TokenKind::ListOpen);
    let open = opens
        .and_then(|at| scene.done().get(at))
        .copied()
        .unwrap_or(found);
    let operator = opens.and_then(|at| scene.done().get(at.checked_sub(1)?));
    let two = |token: &Token<'_>| token.kind.operator() == Some(Op::Between);
    if operator.is_some_and(two) && matches!(found.kind, TokenKind::ListClose | TokenKind::Comma) {
        let span = open.span().to(found.span());
        let message = "`between` takes two values, the lower and the upper bound";
        return Diagnostic::error(span, message).help("write between [1, 9]");
    }
    if is_joint(&found) && joins_values(scene) {
        let message = format!("{} stands in a list", shown(found.text));
        return Diagnostic::error(found.span(), message)
            .help("values have commas between them")
            .fix(
                scene
                    .before(1)
                    .map_or(found.span(), |before| Span::new(before.end(), found.end())),
                ",",
            );
    }
    if is_boundary(&found) {
        let end = scene.before(1).map_or(found.start, |token| token.end());
        return Diagnostic::error(open.span(), "this list is never closed")
            .help("write `]` after its last value")
            .fix(Span::new(end, end), "]");
    }
    let message = format!(
        "expected `,` or `]` in the list, found {}",
        shown(found.text)
    );
    let error = Diagnostic::error(found.span(), message)
        .help("values have commas between them; a value of several words needs quotes");
    let before = (scene.before(1)).filter(|before| is_constant(before) || is_constant(&found));
    match before {
        Some(before) if literal(&found).is_some() => {
            error.fix(Span::new(before.end(), before.end()), ",")
        }
        _ => error,
    }
}

/// Whether values up to the end of a list follow the word found, as in `[a or b]`.
fn joins_values(scene: &Scene<'_, '_>) -> bool {
    let mut rest = scene.rest().iter().skip(1);
    let end = rest.find(|token| {
        literal(token).is_none() && !is_joint(token) && token.kind != TokenKind::Comma
    });
    end.is_some_and(|end| end.kind == TokenKind::ListClose)
}

/// What can be nothing but a value.
fn is_constant(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Quoted || matches!(literal(token), Some(Literal::Number(_)))
}

fn is_to(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Word && token.text.eq_ignore_ascii_case("to")
}

/// `to` was expected.
pub(super) fn without_to(scene: &Scene<'_, '_>) -> Diagnostic {
    let low = scene.before(1).unwrap_or(scene.found());
    if low.text.eq_ignore_ascii_case("to") {
        return Diagnostic::error(low.span(), "missing lower bound before `to`")
            .help("write from 1 to 9");
    }
    let message = format!("missing `to` after the lower bound {}", shown(low.text));
    let error = Diagnostic::error(low.span(), message).help("write from 1 to 9");
    let (joint, high) = (scene.found(), scene.after(1));
    let meant = is_joint(&joint) || joint.kind == TokenKind::Comma;
    if meant && is_constant(&high) && is_boundary(&scene.after(2)) {
        let after_low = low.end() == joint.start;
        return error.fix(joint.span(), if after_low { " to" } else { "to" });
    }
    error
}
