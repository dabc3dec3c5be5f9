//! The pieces of a text. Nothing fails here: a piece that can stand nowhere becomes a token that says why.
//!
//! Queries are ASCII nearly always, so the rules go by the classes of bytes, and by characters only beyond ASCII.

use crate::Op;
use crate::class::{self, END, LETTER, NAME, SPACE, SYMBOL, TEXT, WORD};
use crate::expr::is_name;
use crate::operator::{Keyword, is_same};
use crate::token::{Bad, Token, TokenKind, is_odd, is_typographic, is_word};
use alloc::vec::Vec;

/// All tokens of a text, with one [`TokenKind::End`] after the last.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 4 + 4);
    let mut start = space(text, 0);
    loop {
        let (kind, end) = piece(text, start);
        let piece = text.get(start..end).unwrap_or_default();
        tokens.push(Token {
            kind,
            text: piece,
            start,
        });
        if kind == TokenKind::End {
            return tokens;
        }
        start = space(text, end);
    }
}

/// Where the white space ends that begins at a place, if any does.
#[inline]
pub(crate) fn space(text: &str, at: usize) -> usize {
    let byte = |at: usize| text.as_bytes().get(at);
    // Most white space is one blank.
    let at = at + usize::from(byte(at) == Some(&b' '));
    if byte(at).is_none_or(|byte| !class::is(*byte, SPACE)) {
        return at;
    }
    let left = text.get(at..).unwrap_or_default();
    text.len() - left.trim_start().len()
}

/// The piece at a place where no white space is, and where it ends.
fn piece(text: &str, at: usize) -> (TokenKind, usize) {
    let quoted = |kind| match quoted(text, at) {
        Some((end, _)) => (kind, end),
        None => (TokenKind::Bad(Bad::Unterminated), text.len()),
    };
    match text.as_bytes().get(at) {
        Some(b'\'' | b'"') => quoted(TokenKind::Quoted),
        Some(b'`') => quoted(TokenKind::Name),
        Some(b'(') => (TokenKind::Open, at + 1),
        Some(b')') => (TokenKind::Close, at + 1),
        Some(b'[') => (TokenKind::ListOpen, at + 1),
        Some(b']') => (TokenKind::ListClose, at + 1),
        Some(b',') => (TokenKind::Comma, at + 1),
        Some(byte) if class::is(*byte, SYMBOL) => symbol(text, at),
        Some(_) => word(text, at),
        None => (TokenKind::End, at),
    }
}

/// Where the quotes or backticks end that begin at a place, if they do, and whether a backslash is between them.
///
/// A backslash takes the next character with it, which matters only where that is a quote or a backslash; and NUL ends
/// all, since it can stand nowhere.
#[inline]
pub(crate) fn quoted(text: &str, at: usize) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let quote = bytes.get(at);
    let (mut at, mut escapes) = (at + 1, false);
    loop {
        at = class::end(bytes, at, TEXT);
        match bytes.get(at) {
            None | Some(0) => return None,
            found if found == quote => return Some((at + 1, escapes)),
            Some(b'\\') => {
                escapes = true;
                at += 1 + usize::from(bytes.get(at + 1) != Some(&0));
            }
            Some(_) => at += 1,
        }
    }
}

/// All characters of operators that stand together.
#[inline]
pub(crate) fn symbol(text: &str, at: usize) -> (TokenKind, usize) {
    let bytes = text.as_bytes();
    let end = class::end(bytes, at, SYMBOL);
    match bytes.get(at..end).and_then(Op::of_symbol) {
        Some(op) => (TokenKind::Symbol(op), end),
        None => (TokenKind::Bad(Bad::Symbol), end),
    }
}

/// A bare word.
#[inline]
pub(crate) fn word(text: &str, at: usize) -> (TokenKind, usize) {
    let bytes = text.as_bytes();
    let end = class::end(bytes, at, NAME);
    match bytes.get(at..end) {
        Some(piece @ [first, ..]) if class::is(*first, LETTER) && ends_word(bytes, end) => {
            (of_word(piece), end)
        }
        _ => term(text, at, end),
    }
}

/// A bare word that goes on after the bytes of names, or does not begin as one; [`TokenKind::End`] where none stands.
#[inline(never)]
fn term(text: &str, at: usize, end: usize) -> (TokenKind, usize) {
    let bytes = text.as_bytes();
    let end = class::end(bytes, end, WORD);
    if ends_word(bytes, end) {
        let kind = if end > at {
            TokenKind::Term
        } else {
            TokenKind::End
        };
        return (kind, end);
    }
    let (kind, length) = wide(text.get(at..).unwrap_or_default());
    (kind, at + length)
}

/// Whether nothing follows at a place that can belong to a word; beyond ASCII a longer look would tell.
fn ends_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| class::is(*byte, END))
}

/// Where the word of the language ends that stands at a place, if it does.
#[inline]
pub(crate) fn keyword(text: &str, at: usize, keyword: &str) -> Option<usize> {
    let end = at + keyword.len();
    let same = is_same(keyword, text.as_bytes().get(at..end)?);
    let ends = same && (ends_word(text.as_bytes(), end) || space(text, end) > end);
    ends.then_some(end)
}

/// A piece with characters beyond ASCII, or with some that belong to none, and its length.
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
    let kind = if is_name(piece) {
        of_word(piece.as_bytes())
    } else {
        TokenKind::Term
    };
    (kind, word)
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

fn of_word(name: &[u8]) -> TokenKind {
    Keyword::of(name).map_or(TokenKind::Word, TokenKind::Keyword)
}
