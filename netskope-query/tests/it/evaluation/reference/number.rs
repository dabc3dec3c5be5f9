//! Numbers of records and queries side by side, without rounding whole ones.

use netskope_query::{Dialect, Literal, Number};
use serde_json::Value as Json;
use std::cmp::Ordering;

#[derive(Clone, Copy, Debug)]
pub(super) enum Num {
    Whole(i128),
    /// Never NaN.
    Real(f64),
}

impl Num {
    pub(super) fn of_json(value: &Json, dialect: Dialect) -> Option<Self> {
        match value {
            Json::Number(number) => (number.as_i64().map(i128::from))
                .or_else(|| number.as_u64().map(i128::from))
                .map(Self::Whole)
                .or_else(|| number.as_f64().and_then(Self::real)),
            Json::String(text) => Self::of_text(text, dialect),
            _ => None,
        }
    }

    pub(super) fn of_literal(literal: &Literal, dialect: Dialect) -> Option<Self> {
        match literal {
            Literal::Number(number) => Self::of_number(number),
            Literal::Text(text) => Self::of_text(text, dialect),
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
    fn of_text(text: &str, dialect: Dialect) -> Option<Self> {
        if dialect == Dialect::SkopeIt {
            return Self::of_number(&Number::parse(text)?);
        }
        let text = text.trim();
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        (text.parse().map(Self::Whole).ok()).or_else(|| text.parse().ok().and_then(Self::real))
    }

    fn real(value: f64) -> Option<Self> {
        (!value.is_nan()).then_some(Self::Real(value))
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

/// Beside the integers around the real number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a whole number, and what is beyond all integers is taken for the outermost"
)]
fn whole_to_real(whole: i128, real: f64) -> Ordering {
    let (below, above) = (real.floor() as i128, real.ceil() as i128);
    if below == above {
        whole.cmp(&below)
    } else if whole <= below {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}
