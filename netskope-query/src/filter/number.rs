//! Numbers of records and queries side by side, without rounding whole ones.

use super::record::Scalar;
use crate::{Literal, Number};
use core::cmp::Ordering;

#[derive(Clone, Copy, Debug)]
pub(super) enum Num {
    Whole(i128),
    /// Never NaN.
    Real(f64),
}

impl Num {
    pub(super) fn of_scalar(value: Scalar<'_>, is_jql: bool) -> Option<Self> {
        match value {
            Scalar::Int(number) => Some(Self::Whole(number.into())),
            Scalar::Uint(number) => Some(Self::Whole(number.into())),
            Scalar::Float(number) => Self::real(number),
            Scalar::Digits(text) => whole(text).or_else(|| Self::real(text.parse().ok()?)),
            Scalar::Text(text) => Self::of_text(text, is_jql),
            _ => None,
        }
    }

    pub(super) fn of_literal(literal: &Literal, is_jql: bool) -> Option<Self> {
        match literal {
            Literal::Number(number) => Self::of_number(number),
            Literal::Text(text) => Self::of_text(text, is_jql),
            Literal::Bool(_) | Literal::Null => None,
        }
    }

    fn of_number(number: &Number) -> Option<Self> {
        (number.as_i64().map(i128::from))
            .or_else(|| number.as_u64().map(i128::from))
            .map(Self::Whole)
            .or_else(|| Self::real(number.as_f64()))
    }

    /// The command line takes leading zeros and white space around a number; Skope IT takes neither for one.
    fn of_text(text: &str, is_jql: bool) -> Option<Self> {
        // All numbers end in a digit.
        if !text.ends_with(|last: char| last.is_ascii_digit() || is_jql && last.is_whitespace()) {
            return None;
        }
        let text = if is_jql { text.trim() } else { text };
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (before, after) = digits.split_once('.').unwrap_or((digits, "0"));
        if !all_digits(before) || !all_digits(after) {
            return None;
        }
        let is_whole = before.len() == digits.len();
        let is_plain = (before.len() == 1 || !before.starts_with('0'))
            && if is_whole {
                text != "-0"
            } else {
                before.len() <= 308
            };
        match (is_jql, is_whole) {
            (false, _) if !is_plain => None,
            (false, true) => whole(text),
            (true, true) => (text.parse().map(Self::Whole).ok())
                .or_else(|| text.parse().ok().and_then(Self::real)),
            (_, false) => text.parse().ok().and_then(Self::real),
        }
    }

    fn real(value: f64) -> Option<Self> {
        (!value.is_nan()).then_some(Self::Real(value))
    }

    /// The integer of 64 bits that is equal, if there is one.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what was cut off shows in the comparison after it"
    )]
    pub(super) fn integer(self) -> Option<i64> {
        let integer = match self {
            Self::Whole(whole) => i64::try_from(whole).ok()?,
            Self::Real(real) => real as i64,
        };
        (self.order(Self::Whole(integer.into())).is_eq()).then_some(integer)
    }

    pub(super) fn order(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => a.cmp(&b),
            (Self::Real(a), Self::Real(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            (Self::Whole(a), Self::Real(b)) => whole_to_real(a, b),
            (Self::Real(a), Self::Whole(b)) => whole_to_real(b, a).reverse(),
        }
    }
}

/// An integer of 64 bits, with a sign or without.
fn whole(text: &str) -> Option<Num> {
    let signed = text.parse::<i64>().map(i128::from);
    (signed.or_else(|_| text.parse::<u64>().map(i128::from)).ok()).map(Num::Whole)
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Compares the whole part first, exactly, and the fraction after it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "the cast to a whole number saturates beyond its range and cuts a fraction off, both as wanted here, and what it gives is exact as a real"
)]
fn whole_to_real(whole: i128, real: f64) -> Ordering {
    let cut = real as i128;
    let fraction = || {
        0.0.partial_cmp(&(real - cut as f64))
            .unwrap_or(Ordering::Equal)
    };
    whole.cmp(&cut).then_with(fraction)
}
