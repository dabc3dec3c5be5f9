//! The pieces that rules are made of. Each takes the white space after it as well.

use super::{Expected, Parsed, fail, mismatch};
use crate::class::{self, SYMBOL};
use crate::lex;
use crate::literal::{of_word, unquote};
use crate::operator::Keyword;
use crate::token::TokenKind;
use crate::{Literal, Op, Operator, Path, Span, Value};
use alloc::string::String;

/// What is left of a text: a place in it where no white space is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Input<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }.past(0)
    }

    pub(super) fn at(self) -> usize {
        self.at
    }

    pub(super) fn is_empty(self) -> bool {
        self.at >= self.text.len()
    }

    fn past(self, end: usize) -> Self {
        Self {
            at: lex::space(self.text, end),
            ..self
        }
    }

    /// What is made of the piece up to `end`.
    fn piece<T>(self, end: usize, make: impl FnOnce(Span) -> T) -> (Self, T) {
        (self.past(end), make(self.span(end)))
    }

    fn byte(self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn slice(self, end: usize) -> &'a str {
        self.text.get(self.at..end).unwrap_or_default()
    }

    fn span(self, end: usize) -> Span {
        Span::new(self.at, end)
    }
}

/// A bracket or a comma.
#[inline]
pub(super) fn mark(input: Input<'_>, mark: u8) -> Parsed<'_, Span> {
    if input.byte() != Some(mark) {
        return mismatch(input);
    }
    Ok(input.piece(input.at + 1, |span| span))
}

/// A word of the language.
#[inline]
pub(super) fn keyword<'a>(input: Input<'a>, keyword: &'static str) -> Parsed<'a, Span> {
    match lex::keyword(input.text, input.at, keyword) {
        Some(end) => Ok(input.piece(end, |span| span)),
        None => mismatch(input),
    }
}

/// The name of a field.
#[inline]
pub(super) fn name(input: Input<'_>) -> Parsed<'_, Path> {
    let read = if input.byte() == Some(b'`') {
        let end = lex::quoted(input.text, input.at);
        end.map(|(end, _)| (unquote(input.slice(end)).into(), end))
    } else {
        let (kind, end) = lex::word(input.text, input.at);
        (kind == TokenKind::Word).then(|| (input.slice(end).into(), end))
    };
    match read {
        Some((name, end)) => Ok(input.piece(end, |span| Path::new(name, span))),
        None => fail(input, Expected::Condition),
    }
}

/// An operator in one word, in symbols, or in the two words `not in`.
#[inline]
pub(super) fn operator(input: Input<'_>) -> Parsed<'_, Operator> {
    let (kind, end) = match input.byte() {
        Some(byte) if class::is(byte, SYMBOL) => lex::symbol(input.text, input.at),
        _ => lex::word(input.text, input.at),
    };
    if let Some(op) = kind.operator() {
        return Ok(input.piece(end, |span| Operator::new(op, input.slice(end), span)));
    }
    if kind != TokenKind::Keyword(Keyword::Not) {
        return mismatch(input);
    }
    let (rest, is_in) = keyword(input.past(end), "in")?;
    let span = input.span(end).to(is_in);
    Ok((rest, Operator::new(Op::NotIn, "not in", span)))
}

/// Any word but those that join conditions, or text in quotes.
pub(super) fn value(input: Input<'_>) -> Parsed<'_, Value> {
    let read = if let Some(b'\'' | b'"') = input.byte() {
        quoted(input).map(|(text, end)| (Literal::Text(text), end))
    } else {
        let (kind, end) = lex::word(input.text, input.at);
        of_word(kind, input.slice(end)).map(|literal| (literal, end))
    };
    match read {
        Some((literal, end)) => Ok(input.piece(end, |span| Value { literal, span })),
        None => fail(input, Expected::Value),
    }
}

/// The text between quotes, and where they end.
#[inline]
fn quoted(input: Input<'_>) -> Option<(String, usize)> {
    let (end, escapes) = lex::quoted(input.text, input.at)?;
    let text = if escapes {
        unquote(input.slice(end))
    } else {
        input.text.get(input.at + 1..end - 1)?.into()
    };
    Some((text, end))
}
