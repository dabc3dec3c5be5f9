//! The way in: limits first, then the tree.

use crate::{Expr, ParseError, Schema, grammar, recover};
use core::str::FromStr;

/// Longest text that is parsed, in bytes.
pub const MAX_LENGTH: usize = 262_144;

/// Deepest nesting that is parsed; each parenthesis and each `not` is a level.
pub const MAX_DEPTH: usize = 128;

/// Reads a query.
///
/// # Errors
///
/// A text that is no query, is longer than [`MAX_LENGTH`] or nested deeper than [`MAX_DEPTH`] gives all that is wrong with
/// it, each with its place and what to do about it.
///
/// ```
/// use netskope_query::{field, parse};
///
/// assert_eq!(parse("os == Mac")?, field("os").eq("Mac"));
/// let error = parse("os == ").unwrap_err();
/// assert_eq!(error.diagnostics()[0].message, "missing value after `==`");
/// # Ok::<_, netskope_query::ParseError>(())
/// ```
///
#[doc = include_str!("../GRAMMAR.md")]
pub fn parse(text: &str) -> Result<Expr, ParseError> {
    parse_with(text, &Schema::EMPTY)
}

/// Reads a query as [`parse`] does, with help that knows the fields.
///
/// For a value without a field, such as `john@acme.com`, that is the condition that [`Schema::bare_words`] makes of it.
///
/// # Errors
///
/// Those of [`parse`].
pub fn parse_with(text: &str, schema: &Schema<'_>) -> Result<Expr, ParseError> {
    if text.len() <= MAX_LENGTH {
        if let Ok(tree) = grammar::query(text) {
            return Ok(tree);
        }
    }
    Err(ParseError::new(recover::mistakes(text, schema)))
}

impl FromStr for Expr {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse(text)
    }
}
