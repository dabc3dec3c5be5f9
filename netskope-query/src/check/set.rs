//! What a condition allows a field of one value to be.

use super::Condition;
use super::code::{entry, whole};
use crate::{Code, Literal, Op, Value};

#[derive(Clone, Copy)]
pub(super) enum Set<'e> {
    Of(&'e [Value]),
    But(&'e [Value]),
    /// Numbers, bounds included, all doubled: what is less than 5 ends at 9.
    Within(i64, i64),
}

/// Longer lists are not compared, since that takes the product of two lengths.
const LONGEST: usize = 8;

impl<'e> Set<'e> {
    /// What it allows, where that is known; `numeric` says whether the field holds numbers.
    pub(super) fn of(condition: &Condition<'e>, numeric: bool) -> Option<Self> {
        let values = condition.listed;
        let number = || doubled(values.first()?).filter(|_| numeric);
        Some(match condition.operator.op {
            _ if values.len() > LONGEST => return None,
            Op::Eq | Op::In => Self::Of(values),
            Op::Ne | Op::NotIn => Self::But(values),
            Op::Gt => Self::Within(number()?.saturating_add(1), i64::MAX),
            Op::Ge => Self::Within(number()?, i64::MAX),
            Op::Lt => Self::Within(i64::MIN, number()?.saturating_sub(1)),
            Op::Le => Self::Within(i64::MIN, number()?),
            Op::Between => {
                let (_, high) = condition.bounds()?;
                Self::Within(number()?, doubled(high)?)
            }
            Op::Like | Op::NotLike | Op::StartsWith => return None,
        })
    }

    /// What it does not allow; nothing is said of numbers, since a missing value is on neither side of a bound.
    pub(super) fn opposite(self) -> Option<Self> {
        match self {
            Self::Of(values) => Some(Self::But(values)),
            Self::But(values) => Some(Self::Of(values)),
            Self::Within(..) => None,
        }
    }

    /// Whether certainly no value is in both, in either dialect.
    pub(super) fn excludes(self, other: Self, codes: &[Code<'_>]) -> bool {
        match (self, other) {
            (Self::Of(values), Self::Of(others)) => {
                let differs =
                    |a: &Value| others.iter().all(|b| differ(&a.literal, &b.literal, codes));
                values.iter().all(differs)
            }
            (Self::Of(values), Self::But(others)) | (Self::But(others), Self::Of(values)) => {
                values.iter().all(|value| others.contains(value))
            }
            (Self::Of(values), Self::Within(low, high))
            | (Self::Within(low, high), Self::Of(values)) => {
                let outside = |value: i64| value < low || value > high;
                values
                    .iter()
                    .all(|value| doubled(value).is_some_and(outside))
            }
            (Self::Within(low, high), Self::Within(other_low, other_high)) => {
                low.max(other_low) > high.min(other_high)
            }
            (Self::But(_), Self::But(_) | Self::Within(..)) | (Self::Within(..), Self::But(_)) => {
                false
            }
        }
    }
}

/// Nothing is said of numbers that are too great for it.
fn doubled(value: &Value) -> Option<i64> {
    whole(&value.literal)?.checked_mul(2)
}

/// Whether no value equals both, in either dialect: one takes `A` for `a` and `007` for `7`.
fn differ(a: &Literal, b: &Literal, codes: &[Code<'_>]) -> bool {
    if let (Some(a), Some(b)) = (entry(codes, a), entry(codes, b)) {
        return a.label != b.label;
    }
    if let (Some(a), Some(b)) = (whole(a), whole(b)) {
        return a != b;
    }
    let (Literal::Text(a), Literal::Text(b)) = (a, b) else {
        return false;
    };
    let sure =
        codes.is_empty() && a.is_ascii() && b.is_ascii() && !(like_a_number(a) && like_a_number(b));
    sure && !a.eq_ignore_ascii_case(b)
}

fn like_a_number(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'.' | b' '))
        && text.matches('.').count() < 2
}
