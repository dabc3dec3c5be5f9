//! Where in the text a node or an error stands.

use core::ops::Range;

/// A range of bytes in the query text, end exclusive; both ends fall on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span of the given bytes.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The bytes as a range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The same place in UTF-16 code units, as a browser counts.
    ///
    /// A span that does not fit `text` is cut to its end.
    #[must_use]
    pub fn utf16(self, text: &str) -> Self {
        let units = |end: usize| text.get(..end).unwrap_or(text).encode_utf16().count();
        Self::new(units(self.start), units(self.end))
    }

    /// The same place in characters, as people count.
    ///
    /// A span that does not fit `text` is cut to its end.
    #[must_use]
    pub fn chars(self, text: &str) -> Self {
        let chars = |end: usize| text.get(..end).unwrap_or(text).chars().count();
        Self::new(chars(self.start), chars(self.end))
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}
