//! What `like` and `startswith` look for.

use super::needle::Needle;
use super::operand::Rules;
use super::record::Scalar;
use super::text::{self, Room, shown};
use alloc::string::String;

/// A pattern, read as the dialect reads it.
#[derive(Debug)]
pub(super) enum Pattern {
    /// Contains the text in any case.
    Contains(Needle),
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
            Self::Glob(pattern) => text::glob(text, pattern),
            Self::StartsWith(start) => text.starts_with(&**start),
            Self::StartsWithAnyCase(start) => text::starts_with(text, start),
        }
    }
}
