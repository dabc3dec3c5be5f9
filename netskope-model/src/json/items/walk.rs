//! The objects that a list holds, found and checked 512 bytes at a time.
//!
//! A page of a log stream is a list of some 23 MB, and reading it byte by byte takes longer than decompressing it. Here each
//! question is asked of 512 bytes at once, and answered by a bit for each. Outside of strings two rules make the grammar:
//!
//! 1. A name, and nothing else, stands between the `{` or `,` of an object and a `:`, and no other `:` is there.
//! 2. A name or a value begins behind every `{`, `[`, `,` and `:` unless the bracket closes at once, and nowhere else.
//!
//! What is rare (brackets, words, exponents) is looked at one by one. Where there is no answer, the text may be no JSON or no
//! UTF-8, or merely be nested deep: [`Check`] knows.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined is compiled for the instructions that were found"
)]

mod bits;
mod block;
mod utf8;

use super::{Check, Items};
use bits::{Bits, SIZE, WORDS, are_none, before, behind, bit, sum, up_to_next};
use block::{BLOCKS, Block, Words, blocks};
use fearless_simd::{Level, Simd, dispatch, prelude::*};
use utf8::Utf8;

/// The deepest nesting that is followed here, counting the list.
const DEEPEST: u32 = 63;

/// The objects of the list that begins here, and where it ends, if it can be found in this way.
pub(super) fn objects(text: &[u8], at: usize) -> Option<(Items, usize)> {
    dispatch!(Level::new(), simd => Walk::new(simd, text, at).whole())
}

/// Walks over a list. What a block tells the next one are its last bits.
struct Walk<'a, S: Simd> {
    simd: S,
    text: &'a [u8],
    list: usize,
    utf8: Utf8<S>,
    /// Backslashes that escape what is behind them.
    escaping: Bits<S>,
    /// Letters that four hexadecimal digits follow.
    units: Bits<S>,
    /// Whether a string goes on.
    quoted: u64,
    /// Numbers and words.
    scalars: Bits<S>,
    /// What a name or value is behind.
    separators: Bits<S>,
    /// Those of them that are no colons.
    opens: Bits<S>,
    /// Brackets that open, or space behind one.
    opening: Bits<S>,
    /// Whether a name goes on, or space before or behind it.
    named: u64,
    /// What is open, innermost lowest: a bit that is set for a list, under one that is always set.
    open: u64,
    /// Where the latest object begins.
    object: usize,
    /// Behind the latest object.
    behind: usize,
    /// All that may be a line break.
    controls: Bits<S>,
    found: Items,
}

/// What is open around the list, and in the list.
const NOTHING: u64 = 1;
const LIST: u64 = 0b11;

/// What is known of a block.
#[derive(Clone, Copy)]
struct Known<S: Simd> {
    /// Strings with their quotes.
    strings: Bits<S>,
    /// The quotes that begin them.
    begins: Bits<S>,
    opening: Bits<S>,
    closing: Bits<S>,
    /// All that is directly in a list, and its closing bracket.
    in_list: Bits<S>,
    /// Where the outermost list is closed.
    last: Option<usize>,
    wrong: Bits<S>,
}

impl<S: Simd> Known<S> {
    #[inline(always)]
    fn new(none: Bits<S>) -> Self {
        Self {
            strings: none,
            begins: none,
            opening: none,
            closing: none,
            in_list: none,
            last: None,
            wrong: none,
        }
    }
}

impl<'a, S: Simd> Walk<'a, S> {
    #[inline(always)]
    fn new(simd: S, text: &'a [u8], list: usize) -> Self {
        let none = Bits::splat(simd, 0);
        Self {
            simd,
            text,
            list,
            utf8: Utf8::new(none),
            escaping: none,
            units: none,
            quoted: 0,
            scalars: none,
            separators: !none,
            opens: none,
            opening: none,
            named: 0,
            open: NOTHING,
            object: 0,
            behind: list + 1,
            controls: none,
            found: Items {
                are_objects: true,
                are_utf8: true,
                ..Items::default()
            },
        }
    }

    #[inline(always)]
    fn whole(mut self) -> Option<(Items, usize)> {
        if self.text.get(self.list) != Some(&b'[') {
            return None;
        }
        let (parts, rest) = self.text.get(self.list..)?.as_chunks();
        let (windows, parts) = parts.as_chunks::<{ BLOCKS * WORDS }>();
        let mut last = [[b' '; 64]; BLOCKS * WORDS];
        let bytes = parts.as_flattened().iter().chain(rest);
        for (to, from) in last.as_flattened_mut().iter_mut().zip(bytes) {
            *to = *from;
        }
        let last = last.get(..=parts.len())?;
        let windows = windows.iter().map(<[_; BLOCKS * WORDS]>::as_slice);
        let mut at = self.list;
        for parts in windows.chain([last]) {
            if self.ends_in(&blocks(self.simd, parts), at)? {
                self.found.have_breaks = !are_none(self.controls);
                return Some((self.found, self.behind));
            }
            at += BLOCKS * SIZE;
        }
        None
    }

    /// Whether the list ends in these blocks; nothing where they cannot be followed.
    ///
    /// Each step is taken for all of them before the next is, so that the processor need not wait for the brackets.
    #[inline(always)]
    fn ends_in(&mut self, blocks: &[Words; BLOCKS], begin: usize) -> Option<bool> {
        let simd = self.simd;
        let mut known = [Known::new(Bits::splat(simd, 0)); BLOCKS];
        for (words, known) in blocks.iter().zip(&mut known) {
            self.strings(Block { simd, words }, known);
        }
        for (number, known) in known.iter_mut().enumerate() {
            self.brackets(known, begin + number * SIZE)?;
            if known.last.is_some() {
                break;
            }
        }
        let mut wrong = Bits::splat(simd, 0);
        for (number, (words, known)) in blocks.iter().zip(&known).enumerate() {
            let here = self.rules(Block { simd, words }, known, begin + number * SIZE)?;
            if let Some(last) = known.last {
                let is_over = places(here).next().is_none_or(|place| place > last);
                return (is_over && are_none(wrong)).then_some(true);
            }
            wrong |= here;
        }
        are_none(wrong).then_some(false)
    }

    #[inline(always)]
    fn strings(&mut self, block: Block<'_, S>, known: &mut Known<S>) {
        let (quotes, wrong) = self.quotes(block);
        let inside = up_to_next(quotes, &mut self.quoted);
        let strings = inside | quotes;
        let controls = block.are_controls();
        self.controls |= controls;
        known.strings = strings;
        known.begins = quotes & inside;
        known.opening = block.are_brackets(b'[') & !strings;
        known.closing = block.are_brackets(b']') & !strings;
        known.wrong = wrong | self.utf8.wrong(block) | controls & inside;
    }

    /// What is wrong with a block.
    #[inline(always)]
    fn rules(&mut self, block: Block<'_, S>, known: &Known<S>, at: usize) -> Option<Bits<S>> {
        let Known {
            strings,
            opening,
            closing,
            in_list,
            ..
        } = *known;
        let colons = block.are(b':') & !strings;
        let commas = block.are(b',') & !strings;
        let space = block.are_space() & !strings;
        let scalars = !(strings | opening | closing | colons | commas | space);
        let first = scalars & !behind(scalars, self.scalars, 1);
        self.scalars = scalars;
        self.look_at(unusual(block, scalars, first), at)?;

        let empty = behind_space(opening, &mut self.opening, space) & closing;
        let separators = colons | commas | opening;
        let awaited = behind_space(separators, &mut self.separators, space);
        let misplaced = (known.begins | opening | first) ^ awaited ^ empty;

        let opens = commas | opening;
        let names = behind(opens, self.opens, 1) & !in_list;
        self.opens = opens;
        let skipped = strings | space;
        let reached = sum(skipped, names, &mut self.named);
        let misnamed = reached & !skipped ^ (colons | empty & !in_list);
        Some(misplaced | misnamed | known.wrong)
    }

    /// The quotes that are not escaped, and what is wrong with escapes.
    #[inline(always)]
    fn quotes(&mut self, block: Block<'_, S>) -> (Bits<S>, Bits<S>) {
        const ODD: u64 = 0xaaaa_aaaa_aaaa_aaaa;
        let none = Bits::splat(self.simd, 0);
        let backslashes = block.are(b'\\');
        // Subtracting runs through a row of backslashes, and ends on an odd or even place as it is of odd or even length.
        // What it leaves is a sum turned over.
        let begun = behind(none, self.escaping, 1);
        let starts = backslashes & !begun;
        let turned = sum(!(behind(starts, none, 1) | ODD), starts, &mut 0);
        let ends = !turned ^ ODD;
        let escaped = ends ^ (backslashes | begun);
        self.escaping = ends & backslashes;

        let units = escaped & block.are(b'u');
        let digits = behind(units, self.units, 1)
            | behind(units, self.units, 2)
            | behind(units, self.units, 3)
            | behind(units, self.units, 4);
        self.units = units;
        let wrong = escaped & !block.are_escapes() | digits & !block.are_hexadecimal();
        (block.are(b'"') & !escaped, wrong)
    }

    /// Numbers and words with a byte that is not understood at sight.
    #[inline(always)]
    fn look_at(&self, strange: Bits<S>, at: usize) -> Option<()> {
        let mut end = at;
        for place in places(strange) {
            if at + place >= end {
                end = scalar(self.text, at + place)?;
            }
        }
        Some(())
    }

    /// What each bracket opens or closes.
    #[inline(always)]
    fn brackets(&mut self, known: &mut Known<S>, at: usize) -> Option<()> {
        let none = Bits::splat(self.simd, 0);
        let mut changes = none;
        let mut in_list = self.open & 1;
        for place in places(known.opening | known.closing) {
            let outer = self.open;
            let bracket = *self.text.get(at + place)?;
            if matches!(bracket, b'{' | b'[') {
                self.open(bracket, at + place)?;
            } else {
                self.close(bracket, at + place)?;
            }
            if self.open == NOTHING {
                known.last = Some(place);
                break;
            }
            if (self.open ^ outer) & 1 == 1 {
                changes |= bit(self.simd, place);
            }
        }
        known.in_list = up_to_next(behind(changes, none, 1), &mut in_list);
        Some(())
    }

    #[inline(always)]
    fn open(&mut self, bracket: u8, at: usize) -> Option<()> {
        if self.open == LIST {
            self.follows(at)?;
            self.object = at;
            if bracket != b'{' {
                return None;
            }
        }
        let has_room = self.open >> DEEPEST == 0;
        self.open = self.open << 1 | u64::from(bracket == b'[');
        has_room.then_some(())
    }

    #[inline(always)]
    fn close(&mut self, bracket: u8, at: usize) -> Option<()> {
        if (self.open & 1 == 1) != (bracket == b']') {
            return None;
        }
        self.open >>= 1;
        if self.open == LIST {
            self.behind = at + 1;
            self.found.add(self.object..self.behind);
        } else if self.open == NOTHING {
            self.follows(at)?;
            self.behind = at + 1;
        }
        Some(())
    }

    /// Nothing but commas is between this place and the latest object.
    #[inline(always)]
    fn follows(&self, at: usize) -> Option<()> {
        let mut between = self.text.get(self.behind..at)?.iter();
        let are_commas = between.all(|byte| *byte == b',' || is_space(*byte));
        are_commas.then_some(())
    }
}

/// The places behind each bit and the space that is there. These bits take the place of those that were before.
#[inline(always)]
fn behind_space<S: Simd>(bits: Bits<S>, others: &mut Bits<S>, space: Bits<S>) -> Bits<S> {
    let next = behind(bits, *others, 1);
    let mut over = 0;
    let reached = sum(next & space, space, &mut over);
    *others = bits | over << 63;
    (reached | next) & !space
}

/// Scalars that have to be looked at: all but integers and plain fractions that are in this block from their begin on.
#[inline(always)]
fn unusual<S: Simd>(block: Block<'_, S>, scalars: Bits<S>, first: Bits<S>) -> Bits<S> {
    let none = Bits::splat(scalars.token(), 0);
    let digits = block.are_digits() & scalars;
    let before_digit = before(digits, false);
    let minus = block.are(b'-') & first & before_digit;
    let lead = (first | behind(minus, none, 1)) & digits;
    let integers_end = sum(lead, digits, &mut 0);
    let points = block.are(b'.') & scalars & integers_end & before_digit;
    let zeros = block.are(b'0') & lead & before(digits, true);
    scalars & !(digits | minus | points) | zeros
}

/// The places of the bits that are set.
#[inline(always)]
fn places<S: Simd>(bits: Bits<S>) -> Places {
    Places {
        words: bits.into(),
        left: (!bits.simd_eq(0)).to_bitmask(),
    }
}

struct Places {
    words: [u64; WORDS],
    /// Which words have bits left.
    left: u64,
}

impl Iterator for Places {
    type Item = usize;

    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        let number = self.left.trailing_zeros() as usize;
        let word = self.words.get_mut(number)?;
        let place = word.trailing_zeros() as usize;
        *word &= word.wrapping_sub(1);
        if *word == 0 {
            self.left &= self.left - 1;
        }
        Some(number * 64 + place)
    }
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
