//! What may be written at the cursor.

mod fit;
mod offer;
mod operator;

use crate::place::{Expected, Place};
use crate::token::{Bad, Token, TokenKind, is_word};
use crate::{Schema, Span, lex};
use alloc::{string::String, vec::Vec};
use offer::Offers;

/// What may stand at the cursor, and what it would replace.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Completions {
    /// The piece of the text that every item replaces: the word or quote around the cursor, or nothing at the cursor.
    pub replace: Span,
    /// The best first.
    pub items: Vec<Completion>,
}

/// One of the [`Completions`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Completion {
    /// What to write, with all quotes and with blanks where it would touch what stands beside it.
    pub insert: String,
    /// What to show.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// One line on what it means; may be empty.
    pub doc: String,
}

/// What a [`Completion`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum CompletionKind {
    /// The name of a field.
    Field,
    /// An operator.
    Operator,
    /// A value: the label of a code, or `true`, `false` or `null`.
    Value,
    /// `and`, `or`, `not`, `to`, a parenthesis, a bracket or a comma.
    Keyword,
}

/// What may be written at the cursor, the best first.
///
/// The text may be half written or wrong, before the cursor and behind it. `cursor` is in bytes; one beyond the end, or
/// inside a character, is moved back to where a character ends. What stands before the cursor of the piece that is
/// replaced is what the items fit, by their start, the start of a later part, any part, or else nearly.
///
/// ```
/// use netskope_query::{Field, Kind, Schema, complete};
///
/// let schema = Schema {
///     fields: &[Field::new("host_info.hostname", Kind::Text).doc("the device's name")],
///     ..Schema::EMPTY
/// };
/// let mut text = String::from("not host eq 'xxx'");
/// let completions = complete(&text, "not host".len(), &schema);
/// let best = &completions.items[0];
/// assert_eq!(best.doc, "the device's name");
/// text.replace_range(completions.replace.range(), &best.insert);
/// assert_eq!(text, "not host_info.hostname eq 'xxx'");
/// ```
pub fn complete(text: &str, cursor: usize, schema: &Schema<'_>) -> Completions {
    let cursor = boundary(text, cursor);
    let mut place = Place::default();
    let mut current = None;
    for token in lex::tokens(text) {
        if token.start >= cursor {
            break;
        }
        if is_around(&token, cursor) {
            current = Some(token);
            break;
        }
        place.read(&token);
    }
    let span = current.map_or(Span::new(cursor, cursor), |token| {
        replaced(text, &token, cursor)
    });
    let typed = text.get(span.start()..cursor).unwrap_or_default();
    let mut offers = Offers::new(typed, place, schema);
    offers.all();
    let mut items = offers.ranked();
    for item in &mut items {
        pad(text, span, &mut item.insert);
    }
    Completions {
        replace: span,
        items,
    }
}

/// Moved back to where a character ends.
fn boundary(text: &str, cursor: usize) -> usize {
    let mut cursor = cursor.min(text.len());
    while !text.is_char_boundary(cursor) {
        cursor -= 1;
    }
    cursor
}

/// Whether what is typed at the cursor goes on with the token, which begins before it.
fn is_around(token: &Token<'_>, cursor: usize) -> bool {
    match token.kind {
        TokenKind::Word | TokenKind::Term | TokenKind::Keyword(_) | TokenKind::Bad(Bad::Word) => {
            cursor <= token.end()
        }
        _ => is_open(token) || cursor < token.end(),
    }
}

/// A quote without its end.
fn is_open(token: &Token<'_>) -> bool {
    match token.kind {
        TokenKind::Bad(Bad::Typographic) => token.text.chars().nth(1).is_none(),
        kind => kind == TokenKind::Bad(Bad::Unterminated),
    }
}

/// A quote without its end holds the rest of the text, of which only the word at the cursor is taken for its own; the
/// same goes for one whose end is the start of another quote, as in `os eq 'Ma| or os eq 'Linux'`.
fn replaced(text: &str, token: &Token<'_>, cursor: usize) -> Span {
    let is_quote = matches!(token.kind, TokenKind::Quoted | TokenKind::Name);
    let behind = text.get(token.end()..).unwrap_or_default();
    let starts_another = is_quote && behind.starts_with(is_word);
    if !is_open(token) && !starts_another {
        return token.span();
    }
    let behind = text.get(cursor..).unwrap_or_default();
    let word = behind.find(|c| !is_word(c)).unwrap_or(behind.len());
    Span::new(token.start, cursor + word)
}

/// Blanks where the text would touch a word on either side and become one with it, or hard to read.
fn pad(text: &str, span: Span, insert: &mut String) {
    let before = text
        .get(..span.start())
        .and_then(|text| text.chars().next_back());
    let after = text.get(span.end()..).and_then(|text| text.chars().next());
    if insert.starts_with(is_word)
        && before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '['))
    {
        insert.insert(0, ' ');
    }
    if insert.ends_with(is_word) && after.is_some_and(is_word) {
        insert.push(' ');
    }
}
