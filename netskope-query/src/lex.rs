//! From text to tokens. Nothing fails here: a piece that can stand nowhere becomes a token that says why.

use crate::Op;
use crate::operator::Keyword;
use crate::token::{Bad, Token, TokenKind, is_odd, is_symbol, is_typographic, is_word};
use alloc::vec::Vec;
use nom::bytes::complete::{is_not, tag, take_while, take_while1};
use nom::character::complete::{anychar, char, satisfy};
use nom::combinator::{consumed, eof, map, recognize, rest, value};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser, branch::alt};

type Lexed<'a, T> = IResult<&'a str, T, ()>;

/// All tokens of a text, with one [`TokenKind::End`] after the last.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 8 + 4);
    let mut left = text.trim_start();
    while let Ok((next, (piece, kind))) = consumed(token).parse(left) {
        let start = text.len() - left.len();
        tokens.push(Token {
            kind,
            text: piece,
            start,
        });
        if kind == TokenKind::End {
            break;
        }
        left = next.trim_start();
    }
    tokens
}

fn token(input: &str) -> Lexed<'_, TokenKind> {
    let punctuation = |kind, c| value(kind, char(c)).parse(input);
    match input.chars().next() {
        Some('\'') => quoted(input, "'", "\\'", TokenKind::Quoted),
        Some('"') => quoted(input, "\"", "\\\"", TokenKind::Quoted),
        Some('`') => quoted(input, "`", "\\`", TokenKind::Name),
        Some('(') => punctuation(TokenKind::Open, '('),
        Some(')') => punctuation(TokenKind::Close, ')'),
        Some('[') => punctuation(TokenKind::ListOpen, '['),
        Some(']') => punctuation(TokenKind::ListClose, ']'),
        Some(',') => punctuation(TokenKind::Comma, ','),
        Some(c) if is_symbol(c) => symbol(input),
        Some(c) if is_typographic(c) => typographic(input),
        Some(_) => word(input),
        None => value(TokenKind::End, eof).parse(input),
    }
}

/// A backslash takes the next character with it, which matters only where that is a quote or a backslash.
fn quoted<'a>(input: &'a str, quote: &str, special: &str, kind: TokenKind) -> Lexed<'a, TokenKind> {
    let escape = recognize(preceded(char('\\'), anychar));
    let inside = many0_count(alt((is_not(special), escape)));
    let whole = delimited(tag(quote), inside, tag(quote));
    alt((
        value(kind, whole),
        value(TokenKind::Bad(Bad::Unterminated), rest),
    ))
    .parse(input)
}

fn symbol(input: &str) -> Lexed<'_, TokenKind> {
    map(take_while1(is_symbol), |piece| match Op::of_symbol(piece) {
        Some((op, spelling)) => TokenKind::Symbol(op, spelling),
        None => TokenKind::Bad(Bad::Symbol),
    })
    .parse(input)
}

/// Up to the next such quote on the same line, or else the quote alone.
fn typographic(input: &str) -> Lexed<'_, TokenKind> {
    let inside = take_while(|c| !is_typographic(c) && c != '\n');
    let pair = recognize((anychar, inside, satisfy(is_typographic)));
    value(
        TokenKind::Bad(Bad::Typographic),
        alt((pair, recognize(anychar))),
    )
    .parse(input)
}

fn word(input: &str) -> Lexed<'_, TokenKind> {
    let (left, piece) = take_while(is_word).parse(input)?;
    if left.starts_with(is_odd) {
        return value(TokenKind::Bad(Bad::Word), take_while1(is_odd)).parse(input);
    }
    let kind = Keyword::of(piece).map_or(TokenKind::Word, TokenKind::Keyword);
    Ok((left, kind))
}
