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
        match self.text.as_bytes() {
            [] => true,
            [first, rest @ ..] if self.borders.is_empty() && text.is_ascii() => {
                holds_short(text.as_bytes(), *first, rest)
            }
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

fn holds_short(text: &[u8], first: u8, rest: &[u8]) -> bool {
    let mut windows = text.windows(rest.len() + 1);
    windows.any(|window| match window {
        [start, others @ ..] => {
            start.to_ascii_lowercase() == first && others.eq_ignore_ascii_case(rest)
        }
        [] => false,
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
