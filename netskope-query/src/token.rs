//! The pieces of a text.

use crate::operator::Keyword;
use crate::{Op, Span};

/// A piece of the text that is not white space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: TokenKind,
    pub(crate) text: &'a str,
    pub(crate) start: usize,
}

impl Token<'_> {
    /// What stands after the last token of a slice that has none left.
    pub(crate) const END: Token<'static> = Token {
        kind: TokenKind::End,
        text: "",
        start: 0,
    };

    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.end())
    }
}

/// Which of all tokens of a text begins at a place.
pub(crate) fn index(tokens: &[Token<'_>], place: usize) -> usize {
    let index = tokens.partition_point(|token| token.start < place);
    debug_assert!(tokens.get(index).is_some_and(|token| token.start == place));
    index
}

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A word that can name a field.
    Word,
    /// A word that can be a value only, such as `5` or `john@abc.com`.
    Term,
    Keyword(Keyword),
    /// In single or double quotes.
    Quoted,
    /// In backticks.
    Name,
    Open,
    Close,
    ListOpen,
    ListClose,
    Comma,
    Symbol(Op),
    Bad(Bad),
    /// After the last piece of every text.
    End,
}

impl TokenKind {
    /// The operator, in symbols or as a word.
    pub(crate) fn operator(self) -> Option<Op> {
        match self {
            Self::Symbol(op) | Self::Keyword(Keyword::Operator(op)) => Some(op),
            _ => None,
        }
    }
}

/// Why a piece can stand nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bad {
    /// A quote or backtick without its end; the piece is the rest of the text.
    Unterminated,
    /// A word in typographic quotes, or such a quote alone.
    Typographic,
    /// Operator characters that make no operator.
    Symbol,
    /// A word with characters that need quotes.
    Word,
}

/// Characters of bare words.
pub(crate) fn is_word(c: char) -> bool {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => is_word_byte(byte),
        _ => c.is_alphanumeric(),
    }
}

/// Those of them that are ASCII.
pub(crate) const fn is_word_byte(byte: u8) -> bool {
    is_name_byte(byte) || matches!(byte, b'@' | b'/' | b':' | b'\\' | b'*' | b'?' | b'+')
}

/// Those that names may hold without backticks.
pub(crate) const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Characters that operators are made of, or that people take for them.
pub(crate) const fn is_symbol(c: char) -> bool {
    matches!(c, '=' | '!' | '<' | '>' | '~' | '&' | '|')
}

/// Quotes that a word processor puts in.
pub(crate) fn is_typographic(c: char) -> bool {
    matches!(
        c,
        '‘' | '’' | '‚' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '´'
    )
}

/// Characters that stand in no bare word and end none, such as `%`.
pub(crate) fn is_odd(c: char) -> bool {
    !(c.is_whitespace()
        || is_symbol(c)
        || matches!(c, '(' | ')' | '[' | ']' | ',' | '\'' | '"' | '`'))
}
