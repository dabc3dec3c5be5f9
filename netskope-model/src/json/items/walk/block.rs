//! Which of 512 bytes are what.
//!
//! The bytes are taken apart into eight numbers, of which the first has the lowest bit of each byte, and so on. What a byte
//! is follows from these, for all bytes at once. (Cameron, Herdy, Lin: High performance XML parsing using parallel bit
//! stream technology, 2008.)

use super::bits::{Bits, WORDS};
use fearless_simd::{Simd, i8x64, prelude::*, u8x64};

/// The bytes that a word of bits is about.
pub(super) type Part = [u8; 64];

/// How many blocks are taken apart in one go. If it were one, the compiler would not leave the words in memory, but make a
/// detour of each, at thrice the time.
pub(super) const BLOCKS: usize = 4;

/// The bits of the bytes of a block, in words; the lowest first.
pub(super) type Words = [[u64; WORDS]; 8];

/// The blocks that parts make; spaces are behind them.
#[inline(always)]
pub(super) fn blocks<S: Simd>(simd: S, parts: &[Part]) -> [Words; BLOCKS] {
    let mut space = [[0; WORDS]; 8];
    space[5] = [u64::MAX; WORDS];
    let mut blocks = [space; BLOCKS];
    for (number, part) in parts.iter().enumerate() {
        let mut bytes = u8x64::simd_from(simd, *part);
        let Some(block) = blocks.get_mut(number / WORDS) else {
            break;
        };
        for words in block.iter_mut().rev() {
            if let Some(word) = words.get_mut(number % WORDS) {
                *word = bytes.bitcast::<i8x64<S>>().simd_lt(0).to_bitmask();
            }
            bytes += bytes;
        }
    }
    blocks
}

/// 512 bytes.
#[derive(Clone, Copy)]
pub(super) struct Block<'a, S: Simd> {
    pub(super) simd: S,
    pub(super) words: &'a Words,
}

impl<S: Simd> Block<'_, S> {
    /// The bytes with a bit, from the lowest, 0, on.
    #[inline(always)]
    pub(super) fn with<const BIT: usize>(self) -> Bits<S> {
        Bits::simd_from(self.simd, self.words[BIT])
    }

    #[inline(always)]
    fn digit<const BIT: usize>(self, digit: u8) -> Bits<S> {
        let bits = self.with::<BIT>();
        if digit >> (BIT % 4) & 1 == 1 {
            bits
        } else {
            !bits
        }
    }

    /// The bytes of which the higher hexadecimal digit is this one.
    #[inline(always)]
    pub(super) fn higher(self, digit: u8) -> Bits<S> {
        self.digit::<7>(digit)
            & self.digit::<6>(digit)
            & (self.digit::<5>(digit) & self.digit::<4>(digit))
    }

    /// The bytes of which the lower hexadecimal digit is this one.
    #[inline(always)]
    pub(super) fn lower(self, digit: u8) -> Bits<S> {
        self.digit::<3>(digit)
            & self.digit::<2>(digit)
            & (self.digit::<1>(digit) & self.digit::<0>(digit))
    }

    #[inline(always)]
    pub(super) fn are(self, byte: u8) -> Bits<S> {
        self.higher(byte >> 4) & self.lower(byte & 15)
    }

    #[inline(always)]
    pub(super) fn are_digits(self) -> Bits<S> {
        self.higher(3) & !(self.with::<3>() & (self.with::<2>() | self.with::<1>()))
    }

    /// `[` and `{`, or `]` and `}`.
    #[inline(always)]
    pub(super) fn are_brackets(self, square: u8) -> Bits<S> {
        self.are(square) | self.are(square | 0x20)
    }

    #[inline(always)]
    pub(super) fn are_space(self) -> Bits<S> {
        self.are(b' ') | self.are(b'\n') | self.are(b'\r') | self.are(b'\t')
    }

    /// What a string does not hold as it is.
    #[inline(always)]
    pub(super) fn are_controls(self) -> Bits<S> {
        self.higher(0) | self.higher(1)
    }

    /// What may follow a backslash.
    #[inline(always)]
    pub(super) fn are_escapes(self) -> Bits<S> {
        let letters = self.higher(6) & (self.lower(2) | self.lower(6) | self.lower(14))
            | self.higher(7) & (self.lower(2) | self.lower(4) | self.lower(5));
        letters | self.are(b'"') | self.are(b'\\') | self.are(b'/')
    }

    #[inline(always)]
    pub(super) fn are_hexadecimal(self) -> Bits<S> {
        let lowest = self.with::<0>() & self.with::<1>() & self.with::<2>();
        let some = self.with::<0>() | self.with::<1>() | self.with::<2>();
        let letters = (self.higher(4) | self.higher(6)) & !self.with::<3>() & some & !lowest;
        letters | self.are_digits()
    }
}
