//! What `like` and `startswith` look for.

use super::needle::Needle;
use super::operand::Rules;
use super::record::Scalar;
use super::text::{self, Room, shown};
use alloc::boxed::Box;

/// Bytes of a compiled regular expression.
#[cfg(feature = "regex")]
const LARGEST: usize = 1 << 20;

/// A pattern, read as the dialect reads it.
#[derive(Debug)]
pub(super) enum Pattern {
    /// Contains the text in any case.
    Contains(Needle),
    #[cfg(feature = "regex")]
    Regex(Box<regex::Regex>),
    /// Fits as a whole, in any case.
    Glob(Box<str>),
    StartsWith(Box<str>),
    StartsWithAnyCase(Box<str>),
}

impl Pattern {
    pub(super) fn like(pattern: &str, is_jql: bool) -> Self {
        if is_jql {
            Self::Glob(pattern.into())
        } else {
            Self::Contains(Needle::new(pattern))
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
        Ok(Self::Regex(Box::new(builder.build()?)))
    }

    pub(super) fn start(start: &str, is_jql: bool) -> Self {
        let start = start.into();
        if is_jql {
            Self::StartsWithAnyCase(start)
        } else {
            Self::StartsWith(start)
        }
    }

    /// How long it takes, roughly.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::Contains(_) | Self::Glob(_) => 8,
            #[cfg(feature = "regex")]
            Self::Regex(_) => 16,
            Self::StartsWith(_) | Self::StartsWithAnyCase(_) => 2,
        }
    }

    /// Whether the absence of a value fits: for Skope IT it is the empty text.
    pub(super) fn fits_none(&self, rules: Rules<'_>) -> bool {
        !rules.is_jql
            && match self {
                Self::Contains(needle) => needle.is_empty(),
                _ => self.fits_text(""),
            }
    }

    /// Tests the value's own text, and the label where it is a code.
    pub(super) fn fits(&self, value: Scalar<'_>, rules: Rules<'_>) -> bool {
        match value {
            Scalar::Text(text) if rules.codes.is_empty() => self.fits_text(text),
            Scalar::Missing | Scalar::Absent => self.fits_none(rules),
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
