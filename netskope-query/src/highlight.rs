//! What each piece of a text is, for an editor to colour.

use crate::place::Place;
use crate::token::TokenKind;
use crate::{Span, lex};
use alloc::vec::Vec;

/// A piece of a query text, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Highlight {
    /// Where.
    pub span: Span,
    /// What.
    pub class: TokenClass,
}

/// What a piece of a query text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum TokenClass {
    /// The name of a field.
    Field,
    /// `eq`, `==`, `in` and their like.
    Operator,
    /// `and`, `or`, `not`, and the `to` of a range.
    Keyword,
    /// Text where a value stands, quoted or bare, and a quote that is still open.
    String,
    /// A number where a value stands.
    Number,
    /// `true`, `false` or `null` where a value stands.
    Constant,
    /// Parentheses, brackets and commas.
    Punctuation,
    /// What cannot stand where it does.
    Error,
}

/// The pieces of a text in its order; between them is white space only.
///
/// The same word is a field in one place and a value in another, and half-written or wrong text is coloured as far as it
/// makes sense. What is wrong is for [`parse`](crate::parse) to tell.
///
/// ```
/// use netskope_query::{TokenClass, highlight};
///
/// let text = "os eq OS and count >";
/// let classes: Vec<_> = highlight(text).iter().map(|piece| piece.class).collect();
/// use TokenClass::{Field, Keyword, Operator, String};
/// assert_eq!(classes, [Field, Operator, String, Keyword, Field, Operator]);
/// ```
pub fn highlight(text: &str) -> Vec<Highlight> {
    let mut place = Place::default();
    let tokens = lex::tokens(text);
    let pieces = tokens.iter().filter(|token| token.kind != TokenKind::End);
    pieces
        .map(|token| Highlight {
            span: token.span(),
            class: place.read(token),
        })
        .collect()
}
