//! Lists and ranges.

use super::{Scene, about, is_boundary, is_joint};
use crate::literal::literal;
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Literal, Op, Span};
use alloc::{format, string::String};
use core::fmt::Write;

/// `[` was expected.
pub(super) fn missing(scene: &Scene<'_, '_>) -> Diagnostic {
    let found = scene.found();
    let operator = scene.before(1).unwrap_or(found);
    let two = operator.kind.operator() == Some(Op::Between);
    let in_parentheses = found.kind == TokenKind::Open;
    let error = if in_parentheses {
        let message = "a list is written in square brackets, not in parentheses";
        Diagnostic::error(found.span(), message)
    } else {
        let place = if literal(&found).is_some() {
            found
        } else {
            operator
        };
        Diagnostic {
            span: place.span(),
            ..about(operator, "missing list after ", "")
        }
    };
    let (joint, high) = (scene.after(1), scene.after(2));
    let between = is_joint(&joint) || is_to(&joint);
    let meant = if two && between && is_constant(&high) && is_boundary(&scene.after(3)) {
        Some((found.span().to(high.span()), pair(found.text, high.text)))
    } else {
        listed(scene, usize::from(in_parentheses), two)
    };
    let write = |list: &str| format!("write {} {list}", operator.text);
    match meant {
        Some((place, list)) => error.help(write(&list)).fix(place, list),
        None if two && literal(&found).is_some() => {
            error.help(write(&pair(found.text, &upper(found))))
        }
        None if two => error.help("write two values in square brackets, such as [1, 9]"),
        None => error.help("write a list in square brackets, such as ['a', 'b']"),
    }
}

/// Several values after an operator of one, as in `a eq 1, 2`.
pub(super) fn without_brackets(scene: &Scene<'_, '_>) -> Option<Diagnostic> {
    let operator = (scene.before(2)).filter(|_| scene.found().kind == TokenKind::Comma)?;
    let op = match operator.kind.operator()? {
        Op::Eq => Op::In.as_str(),
        Op::Ne => Op::NotIn.as_str(),
        _ => return None,
    };
    let values = Scene {
        at: scene.at - 1,
        ..*scene
    };
    let (place, list) = listed(&values, 0, false)?;
    let meant = format!("{op} {list}");
    let error = about(operator, "", " takes one value").help(format!("write {meant}"));
    // The list begins with a word, which symbols do without a blank before them.
    let glued = scene
        .before(3)
        .is_some_and(|field| field.end() == operator.start);
    let space = if glued { " " } else { "" };
    Some(error.fix(operator.span().to(place), format!("{space}{meant}")))
}

/// The bounds of a range, in brackets.
fn pair(low: &str, high: &str) -> String {
    format!("[{low}, {high}]")
}

/// An upper bound that fits a lower one: as long a number, of nines.
fn upper(low: Token<'_>) -> String {
    if !matches!(literal(&low), Some(Literal::Number(_))) {
        return "'value'".into();
    }
    let mut nines = String::new();
    for c in low.text.chars() {
        match c {
            '-' => {}
            '.' => nines.push('.'),
            _ => nines.push('9'),
        }
    }
    nines
}

/// The list that values with commas between them are meant for, up to the end of a condition or of the parentheses
/// around them; and the place of it all.
fn listed(scene: &Scene<'_, '_>, from: usize, two: bool) -> Option<(Span, String)> {
    let mut list = String::from("[");
    let mut at = from;
    loop {
        write!(list, "{}", literal(&scene.after(at))?).ok()?;
        let next = scene.after(at + 1);
        if is_boundary(&next) {
            break;
        }
        if next.kind != TokenKind::Comma {
            return None;
        }
        list.push_str(", ");
        at += 2;
    }
    list.push(']');
    let end = scene.after(at + from);
    let closed = from == 0 || end.kind == TokenKind::Close;
    let fits = closed && (!two || at == from + 2);
    fits.then(|| (scene.found().span().to(end.span()), list))
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
        let low = opens
            .and_then(|at| scene.done().get(at + 1))
            .unwrap_or(&found);
        let high = match scene.before(1).filter(|high| high.start > low.start) {
            Some(high) => high.text.into(),
            None => upper(*low),
        };
        let help = format!("write between {}", pair(low.text, &high));
        return Diagnostic::error(span, message).help(help);
    }
    if is_joint(&found) && joins_values(scene) {
        return about(found, "", " stands in a list")
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
    let error = about(found, "expected `,` or `]` in the list, found ", "")
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
    let error = about(low, "missing `to` after the lower bound ", "");
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
