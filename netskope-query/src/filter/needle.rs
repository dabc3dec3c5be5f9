//! A text looked for in others, whatever its case, in linear time.

use super::text::{lower, lowered};
use alloc::{string::String, vec::Vec};

/// Up to so many bytes, trying each place is quicker than remembering what was seen, and costs little at worst.
const SHORT: usize = 16;

#[derive(Debug)]
pub(super) struct Needle {
    /// In lower case.
    text: String,
    /// For each byte of a long text, how long a start of the text ends there and is not the text up to there; empty for
    /// a short one.
    borders: Vec<usize>,
}

impl Needle {
    pub(super) fn new(text: &str) -> Self {
        let text = lowered(text);
        let borders = if text.len() > SHORT {
            borders(text.as_bytes())
        } else {
            Vec::new()
        };
        Self { text, borders }
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        let needle = self.text.as_bytes();
        if self.borders.is_empty() && self.text.is_ascii() {
            match holds_short(text.as_bytes(), needle) {
                Holds::Yes => return true,
                Holds::No => return false,
                Holds::Unclear => {}
            }
        }
        match needle {
            [] => true,
            _ if text.is_ascii() => {
                self.ends_in(text.bytes().map(|byte| byte.to_ascii_lowercase()))
            }
            _ if self.borders.is_empty() => {
                let mut rest = lower(text);
                loop {
                    if starts(rest.clone(), &self.text) {
                        return true;
                    }
                    if rest.next().is_none() {
                        return false;
                    }
                }
            }
            _ => self.ends_in(lower(text).flat_map(utf8)),
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

/// Whether a text holds a needle.
enum Holds {
    Yes,
    No,
    /// Not in its ASCII characters.
    Unclear,
}

/// Looks at eight bytes at once for the first one of the needle, which is ASCII, and at the others where it is.
fn holds_short(text: &[u8], needle: &[u8]) -> Holds {
    const ONES: u64 = u64::MAX / 255;
    let Some(first) = needle.first() else {
        return Holds::Yes;
    };
    // Sets the bit that letters differ in by their case, so that other characters may seem equal here.
    let first = ONES * u64::from(first | 0x20);
    let (mut rest, mut all) = (text, 0);
    while !rest.is_empty() {
        let mut eight = [0; 8];
        let after = match rest.split_first_chunk() {
            Some((start, after)) => {
                eight = *start;
                after
            }
            None => {
                eight
                    .iter_mut()
                    .zip(rest)
                    .for_each(|(to, from)| *to = *from);
                &[]
            }
        };
        let word = u64::from_le_bytes(eight);
        all |= word;
        let other = (word | (ONES * 0x20)) ^ first;
        let mut hits = other.wrapping_sub(ONES) & !other & (ONES << 7);
        while hits != 0 {
            let at = (hits.trailing_zeros() / 8) as usize;
            let place = rest.get(at..at + needle.len());
            if place.is_some_and(|place| place.eq_ignore_ascii_case(needle)) {
                return Holds::Yes;
            }
            hits &= hits - 1;
        }
        rest = after;
    }
    if all & (ONES << 7) == 0 {
        Holds::No
    } else {
        Holds::Unclear
    }
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
