//! Fields that may be missing or not as documented, without a loss.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::{Number, Value};

/// A field of a record: absent, as documented, or odd and kept as it came.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Lenient<T> {
    /// The record does not have it.
    #[default]
    Absent,
    /// As documented.
    Known(T),
    /// Of another type than documented.
    Odd(Value),
}

impl<T> Lenient<T> {
    /// The value, where it is as documented.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::Odd(_) => None,
        }
    }

    /// Whether the record does not have the field.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// A type that tells from a value's outside whether it can hold it, so that what it cannot hold is never taken apart.
pub trait Shaped: DeserializeOwned {
    /// Whether the value can be held.
    fn fits(value: &Value) -> bool;
}

impl Shaped for String {
    fn fits(value: &Value) -> bool {
        value.is_string()
    }
}

impl Shaped for Number {
    fn fits(value: &Value) -> bool {
        value.is_number()
    }
}

impl<T: Shaped> Shaped for Vec<Lenient<T>> {
    fn fits(value: &Value) -> bool {
        value.is_array()
    }
}

impl<'de, T: Shaped> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if !T::fits(&value) {
            return Ok(Self::Odd(value));
        }
        T::deserialize(value)
            .map(Self::Known)
            .map_err(serde::de::Error::custom)
    }
}

impl<T: Serialize> Serialize for Lenient<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_unit(),
            Self::Known(value) => value.serialize(serializer),
            Self::Odd(value) => value.serialize(serializer),
        }
    }
}
