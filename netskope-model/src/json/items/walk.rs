//! The objects that a list holds, found and checked 64 bytes at a time.
//!
//! A page of a log stream is a list of some 23 MB, and reading it byte by byte takes longer than decompressing it. Here each
//! question is asked of 64 bytes at once, and answered by a bit for each. Outside of strings two rules make the grammar:
//!
//! 1. A name, and nothing else, stands between the `{` or `,` of an object and a `:`, and no other `:` is there.
//! 2. A name or a value begins behind every `{`, `[`, `,` and `:` unless the bracket closes at once, and nowhere else.
//!
//! What is rare (escapes, brackets, words, exponents) is looked at one by one. Where there is no answer, the text
//! may be no JSON, or merely be nested deep: [`Check`] knows.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined is compiled for the instructions that were found"
)]

mod block;

use super::{Check, Items};
use block::{Block, SIZE};
use fearless_simd::{Level, Simd, dispatch};
use std::iter;

/// The deepest nesting that is followed here, counting the list.
const DEEPEST: u32 = 63;

/// The objects of the list that begins here, and where it ends, if it can be found in this way. Strings may still be no UTF-8.
pub(super) fn objects(text: &[u8], at: usize) -> Option<(Items, usize)> {
    dispatch!(Level::new(), simd => Walk::new(text, at).whole(simd))
}

/// Walks over a list. What a block tells the next one is a bit, the lowest, unless said otherwise.
struct Walk<'a> {
    text: &'a [u8],
    list: usize,
    /// All bits if a string goes on.
    quoted: u64,
    /// Whether an escape goes on.
    escaped: u64,
    /// Whether a name is awaited, or goes on.
    named: u64,
    /// Whether a name or value has to begin.
    awaited: u64,
    /// Whether a number or word may go on.
    scalar: u64,
    /// What is open, innermost lowest: a bit that is set for a list.
    lists: u64,
    depth: u32,
    /// Where the latest object begins.
    object: usize,
    found: Items,
    /// Behind the list.
    end: usize,
}

/// What the brackets of a block are, by bits.
struct Brackets {
    /// All that is directly in a list, and its closing bracket.
    in_list: u64,
    braces: u64,
    lists: u64,
    /// What closes what has just been opened.
    empty: u64,
    /// The closing bracket of the outermost list, and what is before it.
    last: Option<u64>,
}

impl<'a> Walk<'a> {
    fn new(text: &'a [u8], list: usize) -> Self {
        Self {
            text,
            list,
            quoted: 0,
            escaped: 0,
            named: 0,
            awaited: 1,
            scalar: 0,
            lists: 0,
            depth: 0,
            object: 0,
            found: Items {
                are_objects: true,
                ..Items::default()
            },
            end: 0,
        }
    }

    #[inline(always)]
    fn whole<S: Simd>(mut self, simd: S) -> Option<(Items, usize)> {
        if self.text.get(self.list) != Some(&b'[') {
            return None;
        }
        let (blocks, rest) = self.text.get(self.list..)?.as_chunks();
        let mut at = self.list;
        for bytes in blocks {
            if self.ends_in(simd, bytes, at)? {
                return Some((self.found, self.end));
            }
            at += SIZE;
        }
        let mut bytes = [b' '; SIZE];
        for (to, from) in bytes.iter_mut().zip(rest) {
            *to = *from;
        }
        let ends = self.ends_in(simd, &bytes, at)?;
        ends.then_some((self.found, self.end))
    }

    /// Whether the list ends in this block; nothing where the block cannot be followed.
    #[inline(always)]
    fn ends_in<S: Simd>(&mut self, simd: S, bytes: &[u8; SIZE], at: usize) -> Option<bool> {
        let block = Block::new(simd, bytes);
        let quotes = self.quotes(block, at)?;
        let inside = up_to_next(quotes) ^ self.quoted;
        self.quoted = (inside >> 63).wrapping_neg();
        let strings = inside | quotes;
        let colons = block.are(b':') & !strings;
        let commas = block.are(b',') & !strings;
        let brackets = block.are_brackets() & !strings;

        let digits = block.are_digits();
        let zeros = block.are(b'0');
        let mut scalars = !(strings | colons | commas | brackets);
        let mut first = scalars & !(scalars << 1 | self.scalar);
        let mut space = 0;
        let mut strange = scalars & !digits | first & zeros & before_any(digits);
        if strange != 0 {
            space = block.are_space() & !strings;
            scalars &= !space;
            first = scalars & !(scalars << 1 | self.scalar);
            strange = unusual(block, scalars, first);
            self.scalars(strange, at)?;
        }
        self.scalar = scalars >> 63;

        let brackets = self.brackets(brackets, at)?;
        let skipped = strings | space;
        let opens = commas & !brackets.in_list | brackets.braces;
        let (reached, over) = skipped.overflowing_add(opens << 1 | self.named);
        self.named = opens >> 63 | u64::from(over);
        let mut wrong = reached & !skipped ^ (colons | brackets.empty & !brackets.in_list);

        let separators = colons | commas | brackets.braces | brackets.lists;
        let mut awaited = separators << 1 | self.awaited;
        self.awaited = separators >> 63;
        if space != 0 {
            let (reached, over) = (awaited & space).overflowing_add(space);
            self.awaited |= u64::from(over);
            awaited = (reached | awaited) & !space;
        }
        let begin = quotes & inside | first | brackets.braces | brackets.lists;
        wrong |= (begin ^ awaited) & !brackets.empty;
        if wrong & brackets.last.unwrap_or(u64::MAX) != 0 {
            return None;
        }
        Some(brackets.last.is_some())
    }

    /// The quotes that are not escaped.
    #[inline(always)]
    fn quotes<S: Simd>(&mut self, block: Block<S>, at: usize) -> Option<u64> {
        let quotes = block.are(b'"');
        let odd = block.are_escapes_or_controls();
        if odd | self.escaped == 0 {
            return Some(quotes);
        }
        let backslashes = block.are(b'\\');
        let escaped = self.escaped(backslashes);
        let simple = quotes | backslashes | block.are(b'/');
        for place in bits(escaped & !simple) {
            self.escape(at + place)?;
        }
        let quotes = quotes & !escaped;
        let controls = odd & !backslashes;
        self.found.have_breaks |= controls != 0;
        let inside = up_to_next(quotes) ^ self.quoted;
        (controls & inside == 0).then_some(quotes)
    }

    /// What follows a backslash that is not itself escaped.
    #[inline(always)]
    fn escaped(&mut self, backslashes: u64) -> u64 {
        const ODD: u64 = 0xaaaa_aaaa_aaaa_aaaa;
        // Subtracting runs through a row of backslashes, and ends on an odd or even place as it is of odd or even length.
        let starts = backslashes & !self.escaped;
        let ends = ((starts << 1 | ODD).wrapping_sub(starts)) ^ ODD;
        let found = ends ^ (backslashes | self.escaped);
        self.escaped = (ends & backslashes) >> 63;
        found
    }

    /// The letter behind a backslash.
    #[inline(always)]
    fn escape(&self, at: usize) -> Option<()> {
        match self.text.get(at)? {
            b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => {
                let mut digits = self.text.get(at + 1..at + 5)?.iter();
                digits.all(u8::is_ascii_hexdigit).then_some(())
            }
            _ => None,
        }
    }

    /// Numbers and words with a byte that is not understood at sight.
    #[inline(always)]
    fn scalars(&self, mut strange: u64, at: usize) -> Option<()> {
        while strange != 0 {
            let place = at + strange.trailing_zeros() as usize;
            let end = scalar(self.text, place)? - at;
            strange = if end < SIZE {
                strange & u64::MAX << end
            } else {
                0
            };
        }
        Some(())
    }

    #[inline(always)]
    fn brackets(&mut self, places: u64, at: usize) -> Option<Brackets> {
        let mut brackets = Brackets {
            in_list: self.in_list(),
            braces: 0,
            lists: 0,
            empty: 0,
            last: None,
        };
        for place in bits(places) {
            let (bit, at) = (1 << place, at + place);
            let byte = *self.text.get(at)?;
            match byte {
                b'{' => {
                    self.open(byte, at)?;
                    brackets.braces |= bit;
                }
                b'[' => {
                    self.open(byte, at)?;
                    brackets.lists |= bit;
                }
                b'}' | b']' => {
                    if self.close(byte, at)? {
                        brackets.empty |= bit;
                    }
                    if self.depth == 0 {
                        self.end = at + 1;
                        brackets.last = Some(bit | (bit - 1));
                        break;
                    }
                }
                _ => return None,
            }
            let behind = !(bit | (bit - 1));
            brackets.in_list = brackets.in_list & !behind | self.in_list() & behind;
        }
        Some(brackets)
    }

    #[inline(always)]
    fn in_list(&self) -> u64 {
        (self.lists & 1).wrapping_neg()
    }

    #[inline(always)]
    fn open(&mut self, bracket: u8, at: usize) -> Option<()> {
        if self.depth == 1 {
            if bracket != b'{' || !self.follows_an_object(at) {
                return None;
            }
            self.object = at;
        }
        self.depth += 1;
        self.lists = self.lists << 1 | u64::from(bracket == b'[');
        (self.depth <= DEEPEST).then_some(())
    }

    /// Whether an object and a comma are before this place, or nothing.
    #[inline(always)]
    fn follows_an_object(&self, at: usize) -> bool {
        let mut before = self.before(at);
        match before.next() {
            Some(b',') => before.next() == Some(b'}'),
            other => other == Some(b'['),
        }
    }

    /// Whether nothing was between this bracket and the one that it closes.
    #[inline(always)]
    fn close(&mut self, bracket: u8, at: usize) -> Option<bool> {
        if (self.lists & 1 == 1) != (bracket == b']') {
            return None;
        }
        let before = self.before(at).next();
        if self.depth == 1 && !matches!(before, Some(b'[' | b'}')) {
            return None;
        }
        self.depth -= 1;
        self.lists >>= 1;
        if self.depth == 1 {
            self.found.add(self.object..at + 1);
        }
        Some(before == Some(bracket - 2))
    }

    /// The bytes of the list before this place, backwards and without white space.
    #[inline(always)]
    fn before(&self, at: usize) -> impl Iterator<Item = u8> {
        let before = self.text.get(self.list..at).unwrap_or_default();
        before.iter().rev().copied().filter(|byte| !is_space(*byte))
    }
}

/// Scalars that have to be looked at: all but integers and plain fractions that are in this block from their begin on.
#[inline(always)]
fn unusual<S: Simd>(block: Block<S>, scalars: u64, first: u64) -> u64 {
    let digits = block.are_digits() & scalars;
    let minus = block.are(b'-') & first & digits >> 1;
    let lead = (first | minus << 1) & digits;
    let integers_end = lead.wrapping_add(digits) & !digits;
    let points = block.are(b'.') & scalars & integers_end & digits >> 1;
    scalars & !(digits | minus | points) | lead & block.are(b'0') & before_any(digits)
}

/// Where one of these follows, or may follow in the next block.
#[inline(always)]
const fn before_any(places: u64) -> u64 {
    places >> 1 | 1 << 63
}

/// From every odd bit that is set up to the next one that is set.
#[inline(always)]
fn up_to_next(bits: u64) -> u64 {
    [1, 2, 4, 8, 16, 32]
        .iter()
        .fold(bits, |bits, shift| bits ^ bits << shift)
}

/// The places of the bits that are set.
#[inline(always)]
fn bits(mut bits: u64) -> impl Iterator<Item = usize> {
    iter::from_fn(move || {
        let place = bits.trailing_zeros();
        bits &= bits.checked_sub(1)?;
        Some(place as usize)
    })
}

/// Where the number or word ends that this place is in.
fn scalar(text: &[u8], place: usize) -> Option<usize> {
    let before = text.get(..place)?.iter();
    let length = before
        .rev()
        .take_while(|byte| !matches!(byte, b'[' | b',' | b':') && !is_space(**byte));
    let begin = place - length.count();
    let mut check = Check::new(text, begin);
    check.value()?;
    let end = check.at();
    let ends = matches!(text.get(end)?, b',' | b']' | b'}') || is_space(*text.get(end)?);
    (ends && end > place).then_some(end)
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

#[cfg(test)]
mod tests;
