//! JSON for editors and for programs in other languages; what is plain data derives it where it is defined.

use crate::{Literal, Number, Op, Operator};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// The canonical spelling.
impl Serialize for Op {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Operator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Operator", 3)?;
        fields.serialize_field("op", &self.op)?;
        fields.serialize_field("spelling", self.spelling())?;
        fields.serialize_field("span", &self.span)?;
        fields.end()
    }
}

/// As it stands in a query: text as text, a number as a number.
impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => number.serialize(serializer),
            Self::Bool(truth) => serializer.serialize_bool(*truth),
            Self::Null => serializer.serialize_unit(),
        }
    }
}

/// Integers exactly; a decimal as the nearest floating-point value.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.as_i64(), self.as_u64()) {
            (Some(value), _) => serializer.serialize_i64(value),
            (None, Some(value)) => serializer.serialize_u64(value),
            (None, None) => serializer.serialize_f64(self.as_f64()),
        }
    }
}
