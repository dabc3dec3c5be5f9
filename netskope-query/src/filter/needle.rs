//! A text looked for in others, whatever its case, in linear time.

use super::small::Short;
use super::text::{lower, lowered};
use alloc::{boxed::Box, string::String, vec::Vec};

/// Up to so many bytes, trying each place is quicker than remembering what was seen, and costs little at worst.
const SHORT: usize = Short::SIZE;

/// A text in lower case.
#[derive(Debug)]
pub(super) enum Needle {
    /// All of it ASCII.
    Short(Short),
    Any(Box<Any>),
}

#[derive(Debug)]
pub(super) struct Any {
    text: String,
    /// For each byte of a long text, how long a start of the text ends there and is not the text up to there; empty for
    /// a short one.
    borders: Vec<usize>,
}

impl Needle {
    pub(super) fn new(text: &str) -> Self {
        match Short::new(text).filter(|_| text.is_ascii()) {
            Some(text) => Self::Short(text.to_ascii_lowercase()),
            None => Self::Any(Box::new(Any::new(lowered(text)))),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Short(needle) => needle.as_bytes().is_empty(),
            Self::Any(any) => any.text.is_empty(),
        }
    }

    #[inline]
    pub(super) fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Short(needle) => {
                let needle = needle.as_bytes();
                match holds_short(text.as_bytes(), needle) {
                    Holds::Yes => true,
                    Holds::No => false,
                    Holds::Unclear => starts_anywhere(text, needle),
                }
            }
            Self::Any(any) => any.is_in(text),
        }
    }
}

impl Any {
    fn new(text: String) -> Self {
        let borders = if text.len() > SHORT {
            borders(text.as_bytes())
        } else {
            Vec::new()
        };
        Self { text, borders }
    }

    #[inline(never)]
    fn is_in(&self, text: &str) -> bool {
        if self.borders.is_empty() {
            starts_anywhere(text, self.text.as_bytes())
        } else if text.is_ascii() {
            self.ends_in(text.bytes().map(|byte| byte.to_ascii_lowercase()))
        } else {
            self.ends_in(lower(text).flat_map(utf8))
        }
    }

    /// Whether the needle, which is long, ends somewhere in the bytes: the search of Knuth, Morris and Pratt.
    fn ends_in(&self, bytes: impl Iterator<Item = u8>) -> bool {
        let needle = self.text.as_bytes();
        let mut fits = 0;
        for byte in bytes {
            while fits > 0 && needle.get(fits) != Some(&byte) {
                fits = self.borders.get(fits - 1).copied().unwrap_or(0);
            }
            fits += usize::from(needle.get(fits) == Some(&byte));
            if fits == needle.len() {
                return true;
            }
        }
        false
    }
}

/// Whether the needle, which is short, starts at one of the characters.
#[inline(never)]
fn starts_anywhere(text: &str, needle: &[u8]) -> bool {
    let needle = core::str::from_utf8(needle).unwrap_or_default();
    let mut rest = lower(text);
    loop {
        if starts(rest.clone(), needle) {
            return true;
        }
        if rest.next().is_none() {
            return false;
        }
    }
}

/// Whether a text holds a needle.
enum Holds {
    Yes,
    No,
    /// Not as it stands, but a character that is not ASCII may be one in lower case.
    Unclear,
}

/// So many places are looked at in one go.
const PLACES: usize = 16;

/// Looks at several places at once for both ends of the needle, which is ASCII, and closer where they are.
#[inline]
fn holds_short(text: &[u8], needle: &[u8]) -> Holds {
    let (Some(first), Some(last)) = (needle.first(), needle.last()) else {
        return Holds::Yes;
    };
    let length = needle.len() - 1;
    let places = text.len().saturating_sub(length);
    if places < PLACES {
        return holds_in_few(text, needle);
    }
    let (first, last) = (first | CASE, last | CASE);
    let mut at = 0;
    while at < places {
        // The last places overlap those before them.
        let from = at.min(places - PLACES);
        let (Some(firsts), Some(lasts)) = (some(text, from), some(text, from + length)) else {
            return Holds::Unclear;
        };
        if are_both(firsts, lasts, first, last)
            && starts_in(text.get(from..).unwrap_or_default(), PLACES, needle)
        {
            return Holds::Yes;
        }
        at += PLACES;
    }
    if text.is_ascii() {
        Holds::No
    } else {
        Holds::Unclear
    }
}

/// Whether there is a place with the first and the last byte, in whatever case; without a branch, so that a compiler takes
/// all places at once.
#[inline]
fn are_both(firsts: &[u8; PLACES], lasts: &[u8; PLACES], first: u8, last: u8) -> bool {
    let is = |byte: &u8, wanted| u8::from(byte | CASE == wanted);
    let pairs = firsts.iter().zip(lasts);
    pairs.fold(0, |any, (a, b)| any | is(a, first) & is(b, last)) != 0
}

/// The bit that letters differ in by their case; setting it makes some other characters equal too.
const CASE: u8 = 0x20;

#[inline(never)]
fn holds_in_few(text: &[u8], needle: &[u8]) -> Holds {
    if starts_in(text, text.len(), needle) {
        Holds::Yes
    } else if text.is_ascii() {
        Holds::No
    } else {
        Holds::Unclear
    }
}

fn some(text: &[u8], from: usize) -> Option<&[u8; PLACES]> {
    text.get(from..)?.first_chunk()
}

/// Whether the needle is at one of the first places.
#[inline(never)]
fn starts_in(text: &[u8], places: usize, needle: &[u8]) -> bool {
    let mut windows = text.windows(needle.len()).take(places);
    windows.any(|window| {
        let mut pairs = window.iter().zip(needle);
        pairs.all(|(a, b)| a.to_ascii_lowercase() == *b)
    })
}

fn starts(mut text: impl Iterator<Item = char>, start: &str) -> bool {
    start.chars().all(|c| text.next() == Some(c))
}

fn utf8(c: char) -> impl Iterator<Item = u8> {
    let mut bytes = [0; 4];
    let length = c.encode_utf8(&mut bytes).len();
    bytes.into_iter().take(length)
}

fn borders(needle: &[u8]) -> Vec<usize> {
    let mut borders = alloc::vec![0];
    let mut length = 0;
    for byte in needle.iter().skip(1) {
        while length > 0 && needle.get(length) != Some(byte) {
            length = borders.get(length - 1).copied().unwrap_or(0);
        }
        length += usize::from(needle.get(length) == Some(byte));
        borders.push(length);
    }
    borders
}
