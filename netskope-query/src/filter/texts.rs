//! Texts that can be looked up.

use super::small::SmallText;
use alloc::vec::Vec;

/// A set of texts.
#[derive(Debug)]
pub(super) struct Texts {
    /// In the order of the buckets.
    texts: Vec<SmallText>,
    /// For each bucket, where it begins in `texts`, and at last where all end.
    buckets: Vec<u32>,
}

impl Texts {
    /// Sorts into at least twice as many buckets as texts; within one they are in order, so that even a list made to
    /// fall into one bucket is searched quickly.
    pub(super) fn new<'t>(texts: impl ExactSizeIterator<Item = &'t str>) -> Self {
        let count = (2 * texts.len()).next_power_of_two();
        let mut sorted: Vec<_> = texts.map(|text| (bucket(text, count), text)).collect();
        sorted.sort_unstable();
        let mut buckets = alloc::vec![0; count + 1];
        for (bucket, _) in &sorted {
            if let Some(next) = buckets.get_mut(bucket + 1) {
                *next += 1;
            }
        }
        let mut sum = 0;
        for start in &mut buckets {
            sum += *start;
            *start = sum;
        }
        let texts = sorted.into_iter().map(|(_, text)| SmallText::new(text));
        Self {
            texts: texts.collect(),
            buckets,
        }
    }

    pub(super) fn has(&self, text: &str) -> bool {
        let at = bucket(text, self.buckets.len() - 1);
        let Some([start, end]) = self.buckets.get(at..at + 2) else {
            return false;
        };
        let found = self.texts.get(*start as usize..*end as usize);
        match found.unwrap_or_default() {
            [] => false,
            [only] => *only.as_bytes() == *text.as_bytes(),
            found => found
                .binary_search_by(|other| other.as_bytes().cmp(text.as_bytes()))
                .is_ok(),
        }
    }
}

/// One of `count` buckets, a power of two, by the length and the bytes at both ends of the text.
fn bucket(text: &str, count: usize) -> usize {
    let bytes = text.as_bytes();
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (
            bytes
                .iter()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
            0,
        ),
    };
    let mixed =
        (first ^ last.rotate_left(29) ^ bytes.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as usize & (count - 1)
}
