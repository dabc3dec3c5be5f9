//! What a field is compared with.

use crate::{Number, Span};
use alloc::string::String;
use core::hash::{Hash, Hasher};

/// A [`Literal`] at its place in the text.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Value {
    /// What was written.
    pub literal: Literal,
    /// Where, quotes included; empty where the builder made it.
    pub span: Span,
}

/// Equal where the literals are, wherever they stand.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.literal == other.literal
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.literal.hash(state);
    }
}

/// A constant of the language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Literal {
    /// Text, quoted or bare.
    Text(String),
    /// A number, never quoted.
    Number(Number),
    /// `true` or `false`, in lower case and without quotes.
    Bool(bool),
    /// `null`, without quotes.
    Null,
}

impl<T: Into<Literal>> From<T> for Value {
    fn from(literal: T) -> Self {
        Self {
            literal: literal.into(),
            span: Span::default(),
        }
    }
}

impl From<&str> for Literal {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Literal {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Number> for Literal {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Literal {
    fn from(number: i32) -> Self {
        Self::Number(i64::from(number).into())
    }
}

impl From<i64> for Literal {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Literal {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

/// Text where the value has no plain form, such as infinity.
impl From<f64> for Literal {
    fn from(number: f64) -> Self {
        Number::try_from(number).map_or_else(Self::Text, Self::Number)
    }
}

impl From<bool> for Literal {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}
