//! What stands in a draft where no fix is known.

use crate::grammar::{Expected, Problem};
use crate::mistake::{is_boundary, is_joint, is_meant_as_joint};
use crate::token::{Token, TokenKind, index};
use crate::{Fix, Span};
use alloc::vec::Vec;

/// Any condition in the place of the broken one, or what goes on after a condition taken away.
pub(super) fn fill(tokens: &[Token<'_>], problem: Problem) -> Fix {
    let at = index(tokens, problem.at);
    let begin = index(tokens, problem.begin);
    let kind = |at: usize| tokens.get(at).map_or(TokenKind::End, |token| token.kind);
    let at_boundary = tokens.get(at).is_none_or(is_boundary);
    let nothing_follows = kind(at) == TokenKind::End && at > 0 && kind(at - 1) == TokenKind::Open;
    match problem.expected {
        Expected::Condition if nothing_follows => between(tokens, at, at, " x ) "),
        Expected::Condition if at_boundary && !(at == 0 && kind(0) == TokenKind::Close) => {
            between(tokens, at, at, " x ")
        }
        Expected::Condition if at_boundary => between(tokens, at, at + 1, " "),
        Expected::End => between(tokens, at, at + 1, " "),
        Expected::Joint => between(tokens, at, condition_end(tokens, begin, at), " "),
        Expected::Value if ends_in_joint(tokens, at) => between(tokens, begin, at + 1, " x "),
        _ => between(tokens, begin, condition_end(tokens, begin, at), " x "),
    }
}

/// Whether `and` or `or` at this place joins nothing, and is rather the value itself.
fn ends_in_joint(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(is_joint) && tokens.get(at + 1).is_some_and(is_boundary)
}

/// `and` between two conditions.
pub(super) fn join(tokens: &[Token<'_>], problem: Problem) -> Fix {
    let at = index(tokens, problem.at);
    between(tokens, at, at, " and ")
}

/// The replacement in the place of the tokens from `first` up to `end`.
fn between(tokens: &[Token<'_>], first: usize, end: usize, replacement: &str) -> Fix {
    let start = tokens.get(first).map_or(0, |token| token.start);
    let last = tokens.get(end.saturating_sub(1)).filter(|_| end > first);
    Fix {
        span: Span::new(start, last.map_or(start, Token::end)),
        replacement: replacement.into(),
    }
}

/// Where the condition ends that began at `begin` and went wrong at `at`: before the next `and`, `or` or `)` that is in
/// no brackets, or at the end of all.
fn condition_end(tokens: &[Token<'_>], begin: usize, at: usize) -> usize {
    let closings = closings(tokens);
    let mut index = begin;
    while let Some(token) = tokens.get(index) {
        if index >= at && (is_boundary(token) || is_meant_as_joint(token)) {
            break;
        }
        index = 1 + closings.get(index).copied().unwrap_or(index);
    }
    index
}

/// For each opening bracket where it is closed; for all other tokens, and where it never is, their own place.
fn closings(tokens: &[Token<'_>]) -> Vec<usize> {
    let mut closings: Vec<usize> = (0..tokens.len()).collect();
    let (mut open, mut list) = (Vec::new(), None);
    for (at, token) in tokens.iter().enumerate() {
        let opened = match token.kind {
            TokenKind::Close => open.pop(),
            TokenKind::ListClose => list.take(),
            TokenKind::Open => {
                open.push(at);
                None
            }
            TokenKind::ListOpen => {
                list = Some(at);
                None
            }
            _ => None,
        };
        if let Some(place) = opened.and_then(|opened: usize| closings.get_mut(opened)) {
            *place = at;
        }
    }
    closings
}
