//! Lists of literals.

use super::operand::{Integers, Operand, Rules};
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

    /// The bounds of the integers in it, where all between them are in it too.
    pub(super) fn bounds(&self) -> Option<(i64, i64)> {
        let integers = self.integers.as_deref()?;
        let (low, high) = (*integers.first()?, *integers.last()?);
        let are_next =
            |pair: &[i64]| matches!(pair, [a, b] if b.checked_sub(*a).is_some_and(|gap| gap <= 1));
        integers.windows(2).all(are_next).then_some((low, high))
    }

    /// Whether texts can be looked up, and nothing else is in it.
    pub(super) fn is_of_texts(&self) -> bool {
        (self.buckets.last()).is_some_and(|end| *end as usize == self.operands.len())
    }

    pub(super) fn has(&self, actual: Scalar<'_>, rules: Rules<'s>) -> bool {
        let others = match actual {
            Scalar::Int(actual) if self.integers.is_some() => {
                let integers = self.integers.as_deref().unwrap_or_default();
                return integers.binary_search(&actual).is_ok();
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

    /// Whether one of the texts that can be looked up is this one.
    pub(super) fn has_text(&self, text: &str) -> bool {
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
        match operand.integers() {
            Integers::None => {}
            Integers::One(integer) => integers.push(integer),
            Integers::Some => return None,
        }
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
