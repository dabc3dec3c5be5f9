//! Lists and ranges.

use super::{Scene, is_boundary, is_joint};
use crate::diagnostic::shown;
use crate::literal::literal;
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Literal, Op, Span};
use alloc::{format, string::String};

/// `[` was expected.
pub(super) fn missing(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    let operator = scene.before(1).unwrap_or(found);
    let two = matches!(operator.kind.operator(), Some(Op::Between));
    if found.kind == TokenKind::Open {
        return in_parentheses(scene, operator, two);
    }
    let message = format!("missing list after {}", shown(operator.text));
    if literal(&found).is_none() {
        return Diagnostic::error(operator.span(), message).help(example(operator, two));
    }
    let error = Diagnostic::error(found.span(), message);
    let (joint, high) = (scene.after(1), scene.after(2));
    let between = is_joint(&joint) || is_to(&joint);
    if two && between && is_constant(&high) && is_boundary(&scene.after(3)) {
        let list = format!("[{}, {}]", found.text, high.text);
        return error
            .help(written(operator, &list))
            .fix(found.span().to(high.span()), list);
    }
    match values(scene, 0) {
        Some((inside, count)) if !two || count == 2 => {
            let list = listed(scene, 0, count);
            error.help(written(operator, &list)).fix(inside, list)
        }
        _ if two => {
            let list = format!("[{}, {}]", found.text, upper(found));
            error.help(written(operator, &list))
        }
        _ => error.help(example(operator, two)),
    }
}

/// `(` was found where a list should begin.
fn in_parentheses(scene: &Scene<'_, '_>, operator: Token<'_>, two: bool) -> Diagnostic {
    let (open, next) = (scene.found(), scene.after(1));
    if next.kind == TokenKind::Close {
        let message = "a list is written in square brackets, and this one is empty";
        return Diagnostic::error(open.span().to(next.span()), message)
            .help(example(operator, two));
    }
    let message = "a list is written in square brackets, not in parentheses";
    let error = Diagnostic::error(open.span(), message);
    match values(scene, 1) {
        Some((inside, count)) => {
            let close = scene.after(2 * count);
            let list = listed(scene, 1, count);
            let error = error.help(written(operator, &list));
            if close.kind == TokenKind::Close && inside.end <= close.start {
                error.fix(open.span().to(close.span()), list)
            } else {
                error
            }
        }
        None => error.help(example(operator, two)),
    }
}

/// What to write where the text has no list to show.
fn example(operator: Token<'_>, two: bool) -> String {
    let list = if two { "[1, 9]" } else { "['a', 'b']" };
    format!("write a list in square brackets: {} {list}", operator.text)
}

fn written(operator: Token<'_>, list: &str) -> String {
    format!("write {} {list}", operator.text)
}

/// The list of so many values with commas between them, the first of which is `from` tokens after the one found.
fn listed(scene: &Scene<'_, '_>, from: usize, count: usize) -> String {
    let mut list = String::from("[");
    for at in 0..count {
        list.push_str(if at > 0 { ", " } else { "" });
        list.push_str(&as_value(scene.after(from + 2 * at)));
    }
    list.push(']');
    list
}

/// A value the way it is printed.
fn as_value(value: Token<'_>) -> String {
    literal(&value).map_or_else(String::new, |literal| format!("{literal}"))
}

/// An upper bound that fits a lower one: as long a number, of nines.
fn upper(low: Token<'_>) -> String {
    match literal(&low) {
        Some(Literal::Number(_)) => {
            let digits = low.text.chars().filter(|c| *c != '-');
            let nine = |c: char| if c.is_ascii_digit() { '9' } else { c };
            digits.map(nine).collect()
        }
        _ => String::from("'value'"),
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
        let last = scene.before(1).unwrap_or(found);
        let help = match scene.before(3).filter(|_| found.kind == TokenKind::Comma) {
            Some(low) => format!(
                "write between [{}, {}]; a longer list stands after `in`",
                low.text, last.text
            ),
            None => format!("write between [{}, {}]", last.text, upper(last)),
        };
        return Diagnostic::error(span, message).help(help);
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
    let error = Diagnostic::error(low.span(), message);
    let write = |high: &str| format!("write from {} to {high}", low.text);
    let (found, next) = (scene.found(), scene.after(1));
    if is_constant(&found) && is_boundary(&next) {
        let place = Span::new(found.start, found.start);
        return error.help(write(found.text)).fix(place, "to ");
    }
    let meant = is_joint(&found) || found.kind == TokenKind::Comma;
    if meant && is_constant(&next) && is_boundary(&scene.after(2)) {
        let to = if low.end() == found.start {
            " to"
        } else {
            "to"
        };
        return error.help(write(next.text)).fix(found.span(), to);
    }
    error.help(write(&upper(low)))
}
