//! What a condition asks, as the query writes it.

use super::list::{self, List};
use super::operand::{Integers, Operand, Rules};
use super::pattern::Pattern;
use super::program::{Orders, Test};
use crate::{Literal, Value};
use alloc::boxed::Box;

/// A [`Test`] before its values are taken apart, which the quick tests do not need.
pub(super) enum Asked<'e> {
    Something,
    Equal(&'e Literal),
    OneOf(&'e [Value]),
    Fits(Pattern),
    Ordered(Orders, &'e Literal),
    Between([&'e Literal; 2]),
}

impl Asked<'_> {
    /// The integers that pass, where they are all those within two bounds, both included.
    pub(super) fn bounds(&self, rules: Rules<'_>) -> Option<(i64, i64)> {
        match self {
            Self::Equal(wanted) => match rules.integers(wanted) {
                Integers::One(only) => Some((only, only)),
                Integers::None | Integers::Some => None,
            },
            Self::OneOf(values) => list::bounds(values, rules),
            Self::Ordered(orders, bound) => orders.bounds(rules.integer(bound)?),
            Self::Between([low, high]) => Some((rules.integer(low)?, rules.integer(high)?)),
            Self::Something | Self::Fits(_) => None,
        }
    }

    /// Whether the absence of a value passes.
    pub(super) fn holds_of_none(&self, rules: Rules<'_>) -> bool {
        match self {
            Self::Equal(wanted) => rules.is_nothing(wanted),
            Self::OneOf(values) => values.iter().any(|value| rules.is_nothing(&value.literal)),
            Self::Fits(pattern) => pattern.fits_none(rules),
            Self::Something | Self::Ordered(..) | Self::Between(_) => false,
        }
    }

    pub(super) fn test(self, rules: Rules<'_>) -> Test<'_> {
        match self {
            Self::Something => Test::Something,
            Self::Equal(wanted) => Test::Equal(Operand::equality(wanted, rules)),
            Self::OneOf(values) => Test::OneOf(List::new(values, rules)),
            Self::Fits(pattern) => Test::Fits(pattern),
            Self::Ordered(orders, bound) => Test::Ordered(orders, Operand::order(bound, rules)),
            Self::Between(bounds) => {
                Test::Between(Box::new(bounds.map(|bound| Operand::order(bound, rules))))
            }
        }
    }
}
