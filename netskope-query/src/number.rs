//! Numbers that keep what was written: 64-bit integers exactly, decimals digit for digit.

use alloc::{boxed::Box, format, string::String};
use core::fmt;

/// A number in a query: an integer of 64 bits, or a decimal as it was written.
///
/// Only the plain form is a number: an optional `-`, no leading zeros, and digits after a point where there is one.
/// `007`, `1e5` and integers beyond 64 bits are text, so that no identifier loses a digit.
///
/// ```
/// use netskope_query::Number;
///
/// assert_eq!(Number::parse("18446744073709551615").unwrap().as_u64(), Some(u64::MAX));
/// assert_eq!(Number::parse("1.10").unwrap().to_string(), "1.10");
/// assert_eq!(Number::parse("007"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(Repr);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Repr {
    Signed(i64),
    /// Above `i64::MAX`, so that one number has one form.
    Unsigned(u64),
    Decimal(Box<str>),
}

impl Number {
    /// Reads the plain form; `None` where the text is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        if !unsigned.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let whole = unsigned.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = unsigned.split_at_checked(whole)?;
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        if rest.is_empty() {
            return Self::integer(text).filter(|_| text != "-0");
        }
        let fraction = rest.strip_prefix('.')?;
        let plain = all_digits(fraction) && digits.len() <= FINITE_DIGITS;
        plain.then(|| Self(Repr::Decimal(text.into())))
    }

    fn integer(text: &str) -> Option<Self> {
        match text.parse() {
            Ok(value) => Some(Self(Repr::Signed(value))),
            Err(_) => text.parse().ok().map(|value| Self(Repr::Unsigned(value))),
        }
    }

    /// The value where it is an integer that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Signed(value) => Some(value),
            _ => None,
        }
    }

    /// The value where it is an integer that fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self.0 {
            Repr::Signed(value) => u64::try_from(value).ok(),
            Repr::Unsigned(value) => Some(value),
            Repr::Decimal(_) => None,
        }
    }

    /// The nearest floating-point value; always finite.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the nearest value is what is asked for"
    )]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Signed(value) => *value as f64,
            Repr::Unsigned(value) => *value as f64,
            Repr::Decimal(text) => text.parse().unwrap_or_default(),
        }
    }
}

/// So many digits before the point are a finite value whichever they are, and need no floating-point parser to tell.
const FINITE_DIGITS: usize = 308;

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Signed(value) => value.fmt(f),
            Repr::Unsigned(value) => value.fmt(f),
            Repr::Decimal(text) => text.fmt(f),
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Repr::Signed(value))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(i64::try_from(value).map_or(Repr::Unsigned(value), Repr::Signed))
    }
}

/// The shortest decimal that reads back as `value`; `Err` gives the text of a value that has no plain form, such as
/// infinity.
impl TryFrom<f64> for Number {
    type Error = String;

    fn try_from(value: f64) -> Result<Self, String> {
        let text = format!("{value}");
        Self::parse(&text).ok_or(text)
    }
}
