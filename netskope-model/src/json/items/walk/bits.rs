//! 512 bits as one number, the lowest first.

use fearless_simd::{Simd, mask64x8, prelude::*, u64x8};

/// How many words of 64 bits.
pub(super) const WORDS: usize = 8;

/// How many bits.
pub(super) const SIZE: usize = 64 * WORDS;

pub(super) type Bits<S> = u64x8<S>;

/// The places so far behind each bit, where these others were before.
#[inline(always)]
pub(super) fn behind<S: Simd>(bits: Bits<S>, others: Bits<S>, places: u32) -> Bits<S> {
    bits << places | others.slide::<7>(bits) >> (64 - places)
}

/// The places before each bit; the last place is before one as well, or not.
#[inline(always)]
pub(super) fn before<S: Simd>(bits: Bits<S>, last: bool) -> Bits<S> {
    let others = Bits::splat(bits.token(), u64::from(last));
    bits >> 1 | bits.slide::<1>(others) << 63
}

/// The sum, to which one may be carried, and from which.
#[inline(always)]
pub(super) fn sum<S: Simd>(one: Bits<S>, other: Bits<S>, carry: &mut u64) -> Bits<S> {
    let sum = one + other;
    let full = sum.simd_eq(u64::MAX).to_bitmask();
    let carried = ((sum.simd_lt(one).to_bitmask() << 1 | *carry) + full) ^ full;
    *carry = carried >> WORDS;
    let words = mask64x8::from_bitmask(sum.token(), carried);
    words.select(sum + 1, sum)
}

/// From every odd bit up to the next one, where one may have been before, and be at the end.
#[inline(always)]
pub(super) fn up_to_next<S: Simd>(mut bits: Bits<S>, odd: &mut u64) -> Bits<S> {
    for places in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << places;
    }
    let mut words = bits.simd_ge(1 << 63).to_bitmask() << 1 | *odd;
    for places in [1, 2, 4, 8] {
        words ^= words << places;
    }
    *odd = words >> WORDS & 1;
    let words = mask64x8::from_bitmask(bits.token(), words);
    words.select(!bits, bits)
}

/// One bit.
#[inline(always)]
pub(super) fn bit<S: Simd>(simd: S, place: usize) -> Bits<S> {
    let word = mask64x8::from_bitmask(simd, 1 << (place / 64));
    word.select(Bits::splat(simd, 1 << (place % 64)), Bits::splat(simd, 0))
}

#[inline(always)]
pub(super) fn are_none<S: Simd>(bits: Bits<S>) -> bool {
    bits.simd_eq(0).all_true()
}
