//! Which of 64 bytes are what: one bit a byte, the first byte's is the lowest.

use fearless_simd::{Simd, prelude::*, u8x64};

/// How many bytes a block has.
pub(super) const SIZE: usize = 64;

/// 64 bytes of a text.
#[derive(Clone, Copy)]
pub(super) struct Block<S: Simd>(u8x64<S>);

impl<S: Simd> Block<S> {
    #[inline(always)]
    pub(super) fn new(simd: S, bytes: &[u8; SIZE]) -> Self {
        Self(u8x64::simd_from(simd, *bytes))
    }

    #[inline(always)]
    pub(super) fn are(self, byte: u8) -> u64 {
        self.0.simd_eq(byte).to_bitmask()
    }

    #[inline(always)]
    pub(super) fn are_digits(self) -> u64 {
        (self.0 - b'0').simd_le(9).to_bitmask()
    }

    /// Brackets of both kinds, and some bytes that stand outside of strings in no JSON.
    #[inline(always)]
    pub(super) fn are_brackets(self) -> u64 {
        (self.0 | (b'[' ^ b'}')).simd_eq(b'[' | b'}').to_bitmask()
    }

    #[inline(always)]
    pub(super) fn are_space(self) -> u64 {
        let breaks = self.0.simd_eq(b'\n') | self.0.simd_eq(b'\r');
        (breaks | self.0.simd_eq(b' ') | self.0.simd_eq(b'\t')).to_bitmask()
    }

    /// What a string does not hold as it is.
    #[inline(always)]
    pub(super) fn are_escapes_or_controls(self) -> u64 {
        (self.0.simd_lt(b' ') | self.0.simd_eq(b'\\')).to_bitmask()
    }
}
