//! What tokens mean as values.

use crate::operator::Keyword;
use crate::token::{Token, TokenKind};
use crate::{Literal, Number};
use alloc::string::String;

/// The value a token stands for; `None` where it stands for none.
pub(crate) fn literal(token: &Token<'_>) -> Option<Literal> {
    match token.kind {
        TokenKind::Quoted => Some(Literal::Text(unquote(token.text))),
        kind => of_word(kind, token.text),
    }
}

/// The value that a bare word stands for; `None` where it is none, or stands for none.
///
/// Any word is a value where one is expected, so that `src_country eq IN` needs no quotes; only `and` and `or` are
/// refused, since they end a condition whose value was forgotten.
pub(crate) fn of_word(kind: TokenKind, word: &str) -> Option<Literal> {
    Some(match kind {
        TokenKind::Keyword(Keyword::And | Keyword::Or) => return None,
        TokenKind::Keyword(Keyword::Null) => Literal::Null,
        TokenKind::Keyword(Keyword::True) if word == "true" => Literal::Bool(true),
        TokenKind::Keyword(Keyword::False) if word == "false" => Literal::Bool(false),
        TokenKind::Term => match Number::parse(word) {
            Some(number) => Literal::Number(number),
            None => Literal::Text(unescape(word, '\\')),
        },
        TokenKind::Word | TokenKind::Keyword(_) => Literal::Text(word.into()),
        _ => return None,
    })
}

/// What stands between the quotes of a quoted token.
pub(crate) fn unquote(text: &str) -> String {
    let quote = text
        .as_bytes()
        .first()
        .map_or('\\', |quote| char::from(*quote));
    let inside = text.get(1..text.len().saturating_sub(1));
    unescape(inside.unwrap_or_default(), quote)
}

/// A backslash before another or before `quote` goes; any other stands for itself.
pub(crate) fn unescape(text: &str, quote: char) -> String {
    if text.bytes().all(|byte| byte != b'\\') {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let escaped = if c == '\\' {
            rest.next_if(|&next| next == '\\' || next == quote)
        } else {
            None
        };
        plain.push(escaped.unwrap_or(c));
    }
    plain
}
