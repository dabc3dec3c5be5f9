//! Where in the text a node or an error stands.

use core::ops::Range;

/// A range of bytes in the query text, end exclusive; both ends fall on character boundaries.
///
/// Every place is given in bytes, as Rust slices text; editors and people count in other units:
///
/// ```
/// use netskope_query::{Span, parse};
///
/// let text = "name eq '東京 💻' or b";
/// let query = parse(text).unwrap();
/// let place = query.paths()[1].span();
/// assert_eq!(place, Span::new(25, 26));
/// assert_eq!(&text[place.range()], "b");
/// assert_eq!(place.chars(text), Span::new(18, 19));
/// assert_eq!(place.utf16(text), Span::new(19, 20));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// A span of the given bytes; what is beyond 4 GiB counts as 4 GiB, where no query reaches.
    pub const fn new(start: usize, end: usize) -> Self {
        Self {
            start: narrow(start),
            end: narrow(end),
        }
    }

    /// First byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// The bytes as a range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The same place in UTF-16 code units, as a browser counts.
    ///
    /// A span that does not fit `text` is cut to its end.
    #[must_use]
    pub fn utf16(self, text: &str) -> Self {
        let units = |end: usize| text.get(..end).unwrap_or(text).encode_utf16().count();
        Self::new(units(self.start()), units(self.end()))
    }

    /// The same place in characters, as people count.
    ///
    /// A span that does not fit `text` is cut to its end.
    #[must_use]
    pub fn chars(self, text: &str) -> Self {
        let chars = |end: usize| text.get(..end).unwrap_or(text).chars().count();
        Self::new(chars(self.start()), chars(self.end()))
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// Half as wide as `usize`, so that the tree, of which each node has a span or more, is quicker to move.
#[expect(clippy::cast_possible_truncation, reason = "it was compared before")]
const fn narrow(place: usize) -> u32 {
    const MOST: usize = u32::MAX as usize;
    if place < MOST { place as u32 } else { u32::MAX }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn counts_in_all_units() {
        let text = "é東💻e\u{301}";
        for (bytes, chars, units) in [
            ((0, 0), (0, 0), (0, 0)),
            ((0, 2), (0, 1), (0, 1)),
            ((2, 9), (1, 3), (1, 4)),
            ((9, 12), (3, 5), (4, 6)),
            ((12, 12), (5, 5), (6, 6)),
            ((5, 99), (2, 5), (2, 6)),
        ] {
            let span = |(start, end)| Span::new(start, end);
            assert_eq!(span(bytes).chars(text), span(chars), "{bytes:?}");
            assert_eq!(span(bytes).utf16(text), span(units), "{bytes:?}");
        }
    }
}
