//! From text to tokens. Nothing fails here: a piece that can stand nowhere becomes a token that says why.
//!
//! Queries are ASCII nearly always, so the rules go by the classes of bytes, and by characters only beyond ASCII.

use crate::Op;
use crate::class::{self, END, LETTER, NAME, SYMBOL, TEXT, WORD};
use crate::expr::is_name;
use crate::operator::Keyword;
use crate::token::{Bad, Token, TokenKind, is_odd, is_typographic, is_word};
use alloc::vec::Vec;

/// All tokens of a text, with one [`TokenKind::End`] after the last.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 4 + 4);
    let whole = text.len();
    let mut left = text;
    loop {
        // Most white space is one blank.
        left = left.strip_prefix(' ').unwrap_or(left);
        let (kind, length) = token(left);
        if length > 0 {
            let (text, rest) = left.split_at_checked(length).unwrap_or((left, ""));
            let start = whole - left.len();
            tokens.push(Token { kind, text, start });
            left = rest;
        } else if left.is_empty() {
            break;
        } else {
            left = left.trim_start();
        }
    }
    tokens.push(Token {
        start: whole,
        ..Token::END
    });
    tokens
}

/// The token that a text begins with, and its length, which is 0 only at the end and at white space.
fn token(left: &str) -> (TokenKind, usize) {
    let bytes = left.as_bytes();
    match bytes.first() {
        Some(b'\'' | b'"') => quoted(bytes, TokenKind::Quoted),
        Some(b'`') => quoted(bytes, TokenKind::Name),
        Some(b'(') => (TokenKind::Open, 1),
        Some(b')') => (TokenKind::Close, 1),
        Some(b'[') => (TokenKind::ListOpen, 1),
        Some(b']') => (TokenKind::ListClose, 1),
        Some(b',') => (TokenKind::Comma, 1),
        Some(b'=' | b'!' | b'<' | b'>' | b'~' | b'&' | b'|') => symbol(bytes),
        Some(_) => word(left),
        None => (TokenKind::End, 0),
    }
}

/// A backslash takes the next character with it, which matters only where that is a quote or a backslash; and NUL ends
/// all, since it can stand nowhere.
fn quoted(bytes: &[u8], kind: TokenKind) -> (TokenKind, usize) {
    let quote = bytes.first();
    let mut at = 1;
    loop {
        at = class::end(bytes, at, TEXT);
        match bytes.get(at) {
            None | Some(0) => return (TokenKind::Bad(Bad::Unterminated), bytes.len()),
            found if found == quote => return (kind, at + 1),
            Some(b'\\') if bytes.get(at + 1) != Some(&0) => at += 2,
            Some(_) => at += 1,
        }
    }
}

fn symbol(bytes: &[u8]) -> (TokenKind, usize) {
    let end = class::end(bytes, 1, SYMBOL);
    match bytes.get(..end).and_then(Op::of_symbol) {
        Some(op) => (TokenKind::Symbol(op), end),
        None => (TokenKind::Bad(Bad::Symbol), end),
    }
}

fn word(left: &str) -> (TokenKind, usize) {
    let bytes = left.as_bytes();
    let end = class::end(bytes, 0, NAME);
    let is_end = |at: usize| bytes.get(at).is_none_or(|byte| class::is(*byte, END));
    if is_end(end) {
        let piece = bytes.get(..end).unwrap_or_default();
        let names = piece.first().is_some_and(|first| class::is(*first, LETTER));
        return (of_word(piece, names), end);
    }
    let end = class::end(bytes, end, WORD);
    if is_end(end) {
        return (TokenKind::Term, end);
    }
    wide(left)
}

/// A piece with characters beyond ASCII, or with some that belong to none.
fn wide(left: &str) -> (TokenKind, usize) {
    if left.starts_with(is_typographic) {
        return (TokenKind::Bad(Bad::Typographic), typographic(left));
    }
    let end = |goes_on: fn(char) -> bool| left.find(|c| !goes_on(c)).unwrap_or(left.len());
    let (word, piece) = (end(is_word), end(is_odd));
    if piece > word {
        return (TokenKind::Bad(Bad::Word), piece);
    }
    let piece = left.get(..word).unwrap_or_default();
    (of_word(piece.as_bytes(), is_name(piece)), word)
}

/// Up to the next such quote on the same line, or else the quote alone.
fn typographic(left: &str) -> usize {
    let mut chars = left.char_indices();
    chars.next();
    let alone = left.len() - chars.as_str().len();
    match chars.find(|(_, c)| is_typographic(*c) || *c == '\n') {
        Some((at, quote)) if quote != '\n' => at + quote.len_utf8(),
        _ => alone,
    }
}

fn of_word(piece: &[u8], names: bool) -> TokenKind {
    if !names {
        return TokenKind::Term;
    }
    Keyword::of(piece).map_or(TokenKind::Word, TokenKind::Keyword)
}
