//! From text to tokens. Nothing fails here: a piece that can stand nowhere becomes a token that says why.
//!
//! Queries are ASCII nearly always, so the rules go by the classes of bytes, and by characters only beyond ASCII.

use crate::Op;
use crate::class::{self, END, NAME, PLAIN, WIDE, WORD};
use crate::operator::Keyword;
use crate::token::{Bad, Token, TokenKind, is_odd, is_symbol, is_typographic, is_word};
use alloc::vec::Vec;
use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::satisfy;
use nom::combinator::{map, recognize, rest, value};
use nom::{IResult, Parser};

type Lexed<'a, T> = IResult<&'a str, T, ()>;

/// All tokens of a text, with one [`TokenKind::End`] after the last.
pub(crate) fn tokens(whole: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(whole.len() / 6 + 4);
    let mut left = class::after_space(whole);
    while let Ok((next, kind)) = token(left) {
        let text = left.get(..left.len() - next.len()).unwrap_or_default();
        let start = whole.len() - left.len();
        tokens.push(Token { kind, text, start });
        if kind == TokenKind::End {
            break;
        }
        left = class::after_space(next);
    }
    tokens
}

fn token(input: &str) -> Lexed<'_, TokenKind> {
    let one = |kind| Ok((input.get(1..).unwrap_or_default(), kind));
    match input.bytes().next() {
        Some(b'\'' | b'"') => quoted(input, TokenKind::Quoted),
        Some(b'`') => quoted(input, TokenKind::Name),
        Some(b'(') => one(TokenKind::Open),
        Some(b')') => one(TokenKind::Close),
        Some(b'[') => one(TokenKind::ListOpen),
        Some(b']') => one(TokenKind::ListClose),
        Some(b',') => one(TokenKind::Comma),
        Some(b'=' | b'!' | b'<' | b'>' | b'~' | b'&' | b'|') => symbol(input),
        Some(byte) if class::is(byte, WIDE) => alt((typographic, wide_word)).parse(input),
        Some(_) => word(input),
        None => Ok((input, TokenKind::End)),
    }
}

/// A backslash takes the next character with it, which matters only where that is a quote or a backslash; and NUL ends
/// all, since it can stand nowhere.
fn quoted(input: &str, kind: TokenKind) -> Lexed<'_, TokenKind> {
    let bytes = input.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    let mut end = 1;
    loop {
        end += class::run(bytes.get(end..).unwrap_or_default(), PLAIN);
        match at(end) {
            0 => return value(TokenKind::Bad(Bad::Unterminated), rest).parse(input),
            byte if byte == at(0) => break,
            b'\\' if at(end + 1) != 0 => end += 2,
            _ => end += 1,
        }
    }
    Ok((input.get(end + 1..).unwrap_or_default(), kind))
}

fn symbol(input: &str) -> Lexed<'_, TokenKind> {
    map(take_while1(is_symbol), |piece| match Op::of_symbol(piece) {
        Some(op) => TokenKind::Symbol(op),
        None => TokenKind::Bad(Bad::Symbol),
    })
    .parse(input)
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

fn word(input: &str) -> Lexed<'_, TokenKind> {
    let (name, left) = input.split_at(class::run(input.as_bytes(), NAME));
    if left.bytes().next().is_none_or(|byte| class::is(byte, END)) {
        return Ok((left, of_word(name)));
    }
    let left = left
        .get(class::run(left.as_bytes(), WORD)..)
        .unwrap_or_default();
    if left.bytes().next().is_none_or(|byte| class::is(byte, END)) {
        return Ok((left, TokenKind::Word));
    }
    wide_word(input)
}

/// A word with characters beyond ASCII, or with some that belong to none.
fn wide_word(input: &str) -> Lexed<'_, TokenKind> {
    let (left, piece) = take_while(is_word).parse(input)?;
    if left.starts_with(is_odd) {
        return value(TokenKind::Bad(Bad::Word), take_while1(is_odd)).parse(input);
    }
    Ok((left, of_word(piece)))
}

fn of_word(piece: &str) -> TokenKind {
    Keyword::of(piece).map_or(TokenKind::Word, TokenKind::Keyword)
}
