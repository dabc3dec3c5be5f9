//! Lists of literals.

use super::operand::{Operand, Rules};
use super::record::Scalar;
use crate::Value;
use alloc::vec::Vec;

/// Shorter lists are compared one by one.
const FEW: usize = 8;

/// What `in` looks for.
#[derive(Debug)]
pub(super) struct List<'s> {
    /// Where texts can be looked up, those with an exact text first, in the order of `buckets`.
    operands: Vec<Operand<'s>>,
    /// For each bucket, where it begins in `operands`, and at last where all end; empty where nothing can be looked up.
    buckets: Vec<u32>,
    /// The integers that are in it, in order; `None` where that has to be found out.
    integers: Option<Vec<i64>>,
}

impl<'s> List<'s> {
    pub(super) fn new(values: &[Value], rules: Rules<'s>) -> Self {
        let operands = values
            .iter()
            .map(|value| Operand::equality(&value.literal, rules));
        let operands: Vec<_> = operands.collect();
        let mut list = Self {
            integers: integers(&operands),
            operands,
            buckets: Vec::new(),
        };
        if list.operands.len() > FEW {
            list.sort();
        }
        list
    }

    /// Sorts into at least twice as many buckets as texts; within one they are in order, so that even a list made to
    /// fall into one bucket is searched quickly.
    fn sort(&mut self) {
        let count = (2 * self.operands.len()).next_power_of_two();
        let place = |operand: &Operand<'_>| {
            operand
                .exact_text()
                .map_or(count, |text| bucket(text, count))
        };
        self.operands
            .sort_unstable_by(|a, b| (place(a), a.exact_text()).cmp(&(place(b), b.exact_text())));
        self.buckets = alloc::vec![0; count + 1];
        for operand in &self.operands {
            if let Some(next) = self.buckets.get_mut(place(operand) + 1) {
                *next += 1;
            }
        }
        let mut sum = 0;
        for start in &mut self.buckets {
            sum += *start;
            *start = sum;
        }
    }

    pub(super) fn has(&self, actual: Scalar<'_>, rules: Rules<'s>) -> bool {
        let others = match actual {
            Scalar::Int(actual) if self.integers.is_some() => {
                let integers = self.integers.as_deref().unwrap_or_default();
                return if integers.len() > FEW {
                    integers.binary_search(&actual).is_ok()
                } else {
                    integers.contains(&actual)
                };
            }
            Scalar::Text(text) if !self.buckets.is_empty() => {
                if self.has_text(text) {
                    return true;
                }
                let texts = self.buckets.last().map_or(0, |end| *end as usize);
                self.operands.get(texts..).unwrap_or_default()
            }
            _ => &self.operands,
        };
        others.iter().any(|operand| operand.equal(actual, rules))
    }

    fn has_text(&self, text: &str) -> bool {
        let at = bucket(text, self.buckets.len() - 1);
        let Some([start, end]) = self.buckets.get(at..at + 2) else {
            return false;
        };
        let found = self
            .operands
            .get(*start as usize..*end as usize)
            .unwrap_or_default();
        match found {
            [] => false,
            [only] => only.exact_text() == Some(text),
            _ => found
                .binary_search_by(|operand| operand.exact_text().cmp(&Some(text)))
                .is_ok(),
        }
    }
}

fn integers(operands: &[Operand<'_>]) -> Option<Vec<i64>> {
    let mut integers = Vec::new();
    for operand in operands {
        integers.extend(operand.known_integers()?);
    }
    integers.sort_unstable();
    Some(integers)
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
