//! The records of a slice that match.

use super::block::{BLOCK, Blocks};
use super::program::Program;
use super::record::Record;
use core::fmt;

/// The records of a slice that match, in their order; see [`Filter::matching`](crate::Filter::matching); needs the feature
/// `eval`.
pub struct Matching<'f, 's, R: Record> {
    blocks: Blocks<'f, 's, R>,
    /// Those not yet looked at.
    rest: &'f [R],
    block: &'f [R],
    /// Which of the block match and were not yet given.
    found: u64,
}

impl<'f, 's, R: Record> Matching<'f, 's, R> {
    pub(super) fn new(program: &'f Program<'s, R>, records: &'f [R]) -> Self {
        Self {
            blocks: Blocks::new(program),
            rest: records,
            block: &[],
            found: 0,
        }
    }
}

impl<'f, R: Record> Iterator for Matching<'f, '_, R> {
    type Item = &'f R;

    #[inline]
    fn next(&mut self) -> Option<&'f R> {
        while self.found == 0 {
            if self.rest.is_empty() {
                return None;
            }
            (self.block, self.rest) = self.rest.split_at(self.rest.len().min(BLOCK));
            self.found = self.blocks.matching(self.block);
        }
        let place = self.found.trailing_zeros();
        self.found &= self.found - 1;
        self.block.get(place as usize)
    }
}

impl<R: Record> fmt::Debug for Matching<'_, '_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matching").finish_non_exhaustive()
    }
}
