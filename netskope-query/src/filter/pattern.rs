//! What `like` and `startswith` look for.

use super::needle::Needle;
use super::operand::Rules;
use super::record::Scalar;
use super::text::{self, Room, shown};
use alloc::string::String;

/// Bytes of a compiled regular expression.
#[cfg(feature = "regex")]
const LARGEST: usize = 1 << 20;

/// A pattern, read as the dialect reads it.
#[derive(Debug)]
pub(super) enum Pattern {
    /// Contains the text in any case.
    Contains(Needle),
    #[cfg(feature = "regex")]
    Regex(regex::Regex),
    /// Fits as a whole, in any case.
    Glob(String),
    StartsWith(String),
    StartsWithAnyCase(String),
}

impl Pattern {
    pub(super) fn like(pattern: String, is_jql: bool) -> Self {
        if is_jql {
            Self::Glob(pattern)
        } else {
            Self::Contains(Needle::new(&pattern))
        }
    }

    /// A regular expression, all of it in any case where it ends in `(?i)`. It is bounded in memory, and takes linear time.
    #[cfg(feature = "regex")]
    pub(super) fn regex(pattern: &str) -> Result<Self, regex::Error> {
        let (pattern, any_case) = match pattern.strip_suffix("(?i)") {
            Some(pattern) => (pattern, true),
            None => (pattern, false),
        };
        let mut builder = regex::RegexBuilder::new(pattern);
        builder.case_insensitive(any_case).size_limit(LARGEST);
        builder.build().map(Self::Regex)
    }

    pub(super) fn start(start: String, is_jql: bool) -> Self {
        if is_jql {
            Self::StartsWithAnyCase(start)
        } else {
            Self::StartsWith(start)
        }
    }

    /// Tests the value's own text, and the label where it is a code. For Skope IT what is missing is the empty text.
    pub(super) fn fits(&self, value: Scalar<'_>, rules: Rules<'_>) -> bool {
        match value {
            Scalar::Text(text) if rules.codes.is_empty() => self.fits_text(text),
            Scalar::Missing | Scalar::Absent => !rules.is_jql && self.fits_text(""),
            Scalar::Other => false,
            _ => {
                self.fits_text(shown(value, &mut Room::default()))
                    || rules
                        .entry_of(value)
                        .is_some_and(|entry| self.fits_text(entry.label))
            }
        }
    }

    pub(super) fn fits_text(&self, text: &str) -> bool {
        match self {
            Self::Contains(needle) => needle.is_in(text),
            #[cfg(feature = "regex")]
            Self::Regex(regex) => regex.is_match(text),
            Self::Glob(pattern) => text::glob(text, pattern),
            Self::StartsWith(start) => text.starts_with(&**start),
            Self::StartsWithAnyCase(start) => text::starts_with(text, start),
        }
    }
}
