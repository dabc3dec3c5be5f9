//! From text to tokens. Nothing fails here: a piece that can stand nowhere becomes a token that says why.
//!
//! Queries are ASCII nearly always, so the rules go by the classes of bytes, and by characters only beyond ASCII.

use crate::Op;
use crate::class::{self, END, NAME, SPACE, SYMBOL, WIDE, WORD};
use crate::expr::is_name;
use crate::operator::Keyword;
use crate::token::{Bad, Token, TokenKind, is_odd, is_typographic, is_word};
use alloc::vec::Vec;
use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::satisfy;
use nom::combinator::{recognize, value};
use nom::{IResult, Parser};

type Lexed<'a, T> = IResult<&'a str, T, ()>;

/// All tokens of a text, with one [`TokenKind::End`] after the last.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 6 + 4);
    let mut start = 0;
    loop {
        start = after_space(text, start);
        let (kind, end) = token(text, start);
        tokens.push(Token {
            kind,
            text: text.get(start..end).unwrap_or_default(),
            start,
        });
        if kind == TokenKind::End {
            return tokens;
        }
        start = end;
    }
}

/// The token at a place, and where it ends.
fn token(text: &str, start: usize) -> (TokenKind, usize) {
    let bytes = text.as_bytes();
    match bytes.get(start) {
        Some(b'\'' | b'"') => quoted(bytes, start, TokenKind::Quoted),
        Some(b'`') => quoted(bytes, start, TokenKind::Name),
        Some(b'(') => (TokenKind::Open, start + 1),
        Some(b')') => (TokenKind::Close, start + 1),
        Some(b'[') => (TokenKind::ListOpen, start + 1),
        Some(b']') => (TokenKind::ListClose, start + 1),
        Some(b',') => (TokenKind::Comma, start + 1),
        Some(b'=' | b'!' | b'<' | b'>' | b'~' | b'&' | b'|') => symbol(text, start),
        Some(byte) if class::is(*byte, WIDE) => wide(text, start),
        Some(_) => word(text, start),
        None => (TokenKind::End, start),
    }
}

fn after_space(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let at = class::end(bytes, from, SPACE);
    match bytes.get(at) {
        Some(byte) if class::is(*byte, WIDE) => {
            let left = text.get(at..).unwrap_or_default();
            text.len() - left.trim_start().len()
        }
        _ => at,
    }
}

/// A backslash takes the next character with it, which matters only where that is a quote or a backslash; and NUL ends
/// all, since it can stand nowhere.
fn quoted(bytes: &[u8], start: usize, kind: TokenKind) -> (TokenKind, usize) {
    let quote = bytes.get(start).copied().unwrap_or_default();
    let mut left = bytes.get(start + 1..).unwrap_or_default();
    while let [byte, rest @ ..] = left {
        left = match (*byte, rest) {
            (b'\\', [next, rest @ ..]) if *next != 0 => rest,
            (0, _) => break,
            (byte, rest) if byte == quote => return (kind, bytes.len() - rest.len()),
            (_, rest) => rest,
        };
    }
    (TokenKind::Bad(Bad::Unterminated), bytes.len())
}

fn symbol(text: &str, start: usize) -> (TokenKind, usize) {
    let end = class::end(text.as_bytes(), start, SYMBOL);
    match text.get(start..end).and_then(Op::of_symbol) {
        Some(op) => (TokenKind::Symbol(op), end),
        None => (TokenKind::Bad(Bad::Symbol), end),
    }
}

fn word(text: &str, start: usize) -> (TokenKind, usize) {
    let bytes = text.as_bytes();
    let name = class::end(bytes, start, NAME);
    let end = class::end(bytes, name, WORD);
    if bytes.get(end).is_some_and(|byte| !class::is(*byte, END)) {
        return wide(text, start);
    }
    let begins = |first: &u8| first.is_ascii_alphabetic() || *first == b'_';
    let names = name == end && bytes.get(start).is_some_and(begins);
    let piece = text.get(start..end).unwrap_or_default();
    (of_word(piece, names), end)
}

/// A piece with characters beyond ASCII, or with some that belong to none.
fn wide(text: &str, start: usize) -> (TokenKind, usize) {
    let left = text.get(start..).unwrap_or_default();
    match alt((typographic, wide_word)).parse(left) {
        Ok((left, kind)) => (kind, text.len() - left.len()),
        Err(_) => (TokenKind::End, text.len()),
    }
}

/// Up to the next such quote on the same line, or else the quote alone.
fn typographic(input: &str) -> Lexed<'_, TokenKind> {
    let inside = take_while(|c| !is_typographic(c) && c != '\n');
    let quote = || satisfy(is_typographic);
    value(
        TokenKind::Bad(Bad::Typographic),
        alt((recognize((quote(), inside, quote())), recognize(quote()))),
    )
    .parse(input)
}

fn wide_word(input: &str) -> Lexed<'_, TokenKind> {
    let (left, piece) = take_while(is_word).parse(input)?;
    if left.starts_with(is_odd) {
        return value(TokenKind::Bad(Bad::Word), take_while1(is_odd)).parse(input);
    }
    Ok((left, of_word(piece, is_name(piece))))
}

fn of_word(piece: &str, names: bool) -> TokenKind {
    match Keyword::of(piece) {
        Some(keyword) => TokenKind::Keyword(keyword),
        None if names => TokenKind::Word,
        None => TokenKind::Term,
    }
}
