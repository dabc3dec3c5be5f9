//! Lists of literals.

use super::operand::{Integers, Operand, Rules};
use super::record::Scalar;
use super::texts::Texts;
use crate::Value;
use alloc::vec::Vec;

/// What `in` looks for.
#[derive(Debug)]
pub(super) struct List<'s> {
    texts: Texts,
    /// Those of the texts, which other values may be equal to.
    exact: Vec<Operand<'s>>,
    others: Vec<Operand<'s>>,
    /// The integers that are in it, in order; `None` where that has to be found out.
    integers: Option<Vec<i64>>,
}

impl<'s> List<'s> {
    pub(super) fn new(values: &[Value], rules: Rules<'s>) -> Self {
        let operands = (values.iter()).map(|value| Operand::equality(&value.literal, rules));
        let (exact, others): (Vec<_>, Vec<_>) = operands.partition(Operand::is_exact);
        Self {
            texts: Texts::new(exact.iter().map(Operand::text)),
            integers: integers(values, rules),
            exact,
            others,
        }
    }

    pub(super) fn has(&self, actual: Scalar<'_>, rules: Rules<'s>) -> bool {
        let equal = |operand: &Operand<'s>| operand.equal(actual, rules);
        match (actual, &self.integers) {
            (Scalar::Int(actual), Some(integers)) => integers.binary_search(&actual).is_ok(),
            (Scalar::Text(text), _) => self.texts.has(text) || self.others.iter().any(equal),
            _ => self.exact.iter().chain(&self.others).any(equal),
        }
    }
}

/// The bounds of the integers that are in a list, where all between them are in it too; far from the first one nobody looks.
pub(super) fn bounds(values: &[Value], rules: Rules<'_>) -> Option<(i64, i64)> {
    const FIRST: i64 = 64;
    let (mut first, mut bits) = (None, 0_u128);
    for value in values {
        match rules.integers(&value.literal) {
            Integers::None => {}
            Integers::One(integer) => {
                let from_first = integer.checked_sub(*first.get_or_insert(integer))?;
                let bit = u32::try_from(from_first.checked_add(FIRST)?).ok()?;
                bits |= 1_u128.checked_shl(bit)?;
            }
            Integers::Some => return None,
        }
    }
    let (gap, count) = (bits.trailing_zeros(), bits.count_ones());
    let low = first?.checked_add(i64::from(gap) - FIRST)?;
    let high = low.checked_add(i64::from(count) - 1)?;
    (bits.leading_zeros() + count + gap == u128::BITS).then_some((low, high))
}

/// All of them, in order; `None` where that has to be found out.
fn integers(values: &[Value], rules: Rules<'_>) -> Option<Vec<i64>> {
    let mut integers = Vec::with_capacity(values.len());
    for value in values {
        match rules.integers(&value.literal) {
            Integers::None => {}
            Integers::One(integer) => integers.push(integer),
            Integers::Some => return None,
        }
    }
    integers.sort_unstable();
    Some(integers)
}
