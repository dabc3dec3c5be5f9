//! Which bytes are no UTF-8 (Unicode 16.0, table 3-7).

use super::{
    bits::{Bits, behind},
    block::Block,
};
use fearless_simd::Simd;

/// What the last bytes of a block ask of the next.
pub(super) struct Utf8<S: Simd> {
    /// What one, two and three more bytes have to follow.
    leads: [Bits<S>; 3],
    /// What some bytes may not follow, though others may: E0, F0, ED and F4.
    bounds: [Bits<S>; 4],
}

impl<S: Simd> Utf8<S> {
    #[inline(always)]
    pub(super) fn new(none: Bits<S>) -> Self {
        Self {
            leads: [none; 3],
            bounds: [none; 4],
        }
    }

    #[inline(always)]
    pub(super) fn wrong(&mut self, block: Block<'_, S>) -> Bits<S> {
        let lead = block.with::<7>() & block.with::<6>();
        let long = lead & block.with::<5>();
        let longest = long & block.with::<4>();
        let awaited = behind(lead, self.leads[0], 1)
            | behind(long, self.leads[1], 2)
            | behind(longest, self.leads[2], 3);
        let follows = block.with::<7>() & !block.with::<6>();
        self.leads = [lead, long, longest];

        let a0 = block.with::<5>();
        let above_8f = a0 | block.with::<4>();
        let outside = behind(block.are(0xe0), self.bounds[0], 1) & !a0
            | behind(block.are(0xf0), self.bounds[1], 1) & !above_8f
            | behind(block.are(0xed), self.bounds[2], 1) & a0
            | behind(block.are(0xf4), self.bounds[3], 1) & above_8f;
        self.bounds = [
            block.are(0xe0),
            block.are(0xf0),
            block.are(0xed),
            block.are(0xf4),
        ];

        let c0_c1 =
            block.higher(0xc) & !(block.with::<3>() | block.with::<2>() | block.with::<1>());
        let odd = block.with::<1>() | block.with::<0>();
        let from_f5 = longest & (block.with::<3>() | block.with::<2>() & odd);
        awaited ^ follows | outside | c0_c1 | from_f5
    }
}
