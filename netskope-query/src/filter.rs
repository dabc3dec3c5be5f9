//! Whether a record matches a query.

mod asked;
mod block;
mod compile;
mod json;
mod list;
mod matching;
mod name;
mod needle;
mod notes;
mod number;
mod operand;
mod pattern;
mod program;
mod quick;
mod record;
mod scan;
mod small;
mod source;
mod text;
mod texts;
mod tree;
mod value;
mod wanted;

pub use matching::Matching;
pub use record::{Accessor, Record, Scalar, Visit};
pub use scan::JsonError;
pub use value::values_at;

use crate::{Expr, Schema, Span};
use alloc::string::String;
use core::{error, fmt};
use program::Program;
use serde_json::Value;
use source::{InMemory, InText};

/// Who reads the query; needs the feature `eval`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// The query language of the product's pages and of its first REST interface.
    SkopeIt,
    /// "JQL" as the official command line reads it.
    Jql,
    /// Skope IT, with regular expressions for `like` and `notlike`, as the product's own examples of searches have them:
    /// `user like '10\.'`, and `object ~ 'netskope(?i)'`, where `(?i)` at the end is for the whole pattern. Otherwise they
    /// mind the case, and fit anywhere in the text. Needs the feature `regex`.
    #[cfg(feature = "regex")]
    SkopeItRegex,
}

#[doc = include_str!("../SEMANTICS.md")]
///
/// Needs the feature `eval`.
pub struct Filter<'s, R: Record> {
    program: Program<'s, R>,
}

impl<'s, R: Record> Filter<'s, R> {
    /// Resolves the fields and takes the values apart, once for all records.
    ///
    /// A field that neither the schema nor the record knows is none: every record misses it.
    ///
    /// # Errors
    ///
    /// A pattern that is no regular expression, or one too large, in the dialect that takes it for one.
    pub fn compile(
        query: &Expr,
        dialect: Dialect,
        schema: &Schema<'s>,
    ) -> Result<Self, CompileError> {
        let program = compile::compile(query, dialect, schema)?;
        Ok(Self { program })
    }

    /// Whether the record matches.
    #[inline]
    pub fn matches(&self, record: &R) -> bool {
        self.program.matches(InMemory::of(record))
    }

    /// The records that match, in their order. Where many are to be looked at, this takes from a quarter of the time of one
    /// by one to as much, by the query (`BENCHMARKS.md`), because the next ones are fetched from memory meanwhile.
    ///
    /// ```
    /// use netskope_query::{Dialect, Filter, Schema, parse};
    /// use serde_json::json;
    ///
    /// let records = [json!({"os": "Mac"}), json!({"os": "Windows"}), json!({"os": "macOS"})];
    /// let filter = Filter::compile(&parse("os like mac")?, Dialect::SkopeIt, &Schema::EMPTY)?;
    /// assert_eq!(filter.matching(&records).count(), 2);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn matching<'f>(&'f self, records: &'f [R]) -> Matching<'f, 's, R> {
        Matching::new(&self.program, records)
    }
}

impl Filter<'_, Value> {
    /// Whether the record that a text of JSON holds matches.
    ///
    /// The text is read once, all of it is checked, and only what the query names is noted. Keys and strings mean what
    /// they mean without their escapes, and of equal keys the last one counts. A number is compared by its value, one
    /// beyond the range of floating-point numbers as infinite. Its text, for `like` and beside a value of the query that
    /// is no [`Number`](crate::Number), such as `1e5`, is as it stands.
    ///
    /// # Errors
    ///
    /// Where the text is no JSON, also with a lone half of a UTF-16 pair, or is nested more than 127 levels deep.
    ///
    /// ```
    /// use netskope_query::{Dialect, Filter, Schema, parse};
    ///
    /// let filter = Filter::compile(&parse("host_info.os eq Mac")?, Dialect::SkopeIt, &Schema::EMPTY)?;
    /// assert_eq!(filter.matches_text(r#"{"host_info": {"os": "\u004dac"}, "users": []}"#), Ok(true));
    /// assert!(filter.matches_text(r#"{"host_info": {"os": "Mac"}"#).is_err());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn matches_text(&self, text: &str) -> Result<bool, JsonError> {
        let notes = scan::scan(text, &self.program.paths)?;
        Ok(self.program.matches(InText::of(notes.root())))
    }
}

impl<R: Record> fmt::Debug for Filter<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter").finish_non_exhaustive()
    }
}

/// A query that cannot be run; needs the feature `eval`.
///
/// So far, only regular expressions can be wrong, in the dialect that has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    span: Span,
    message: String,
}

impl CompileError {
    #[cfg(feature = "regex")]
    fn regex(span: Span, error: &regex::Error) -> Self {
        let message = match error {
            regex::Error::CompiledTooBig(_) => "the regular expression is too large".into(),
            error => {
                // It draws the pattern above its last line, which says what is wrong.
                let text = alloc::string::ToString::to_string(error);
                let reason = text.lines().last().unwrap_or_default();
                let reason = reason.strip_prefix("error: ").unwrap_or(reason);
                alloc::format!("no regular expression: {reason}")
            }
        };
        Self { span, message }
    }

    /// Where; empty where the builder made it.
    pub fn span(&self) -> Span {
        self.span
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl error::Error for CompileError {}
