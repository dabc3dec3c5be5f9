//! JSON values in memory.

use super::json::{Json, collect, visit};
use super::record::{Accessor, Record, Scalar, Visit};
use serde_json::{Number, Value};

/// Shows all values at a path within a JSON value, for records that hold some of their fields as JSON: `true` when `visit`
/// has seen enough.
///
/// Lists are taken apart, on the way and at the end, and a key may hold dots. The empty path is the value itself. Needs the
/// feature `eval`.
pub fn values_at<'r>(value: &'r Value, path: &str, visit: &mut Visit<'_, 'r>) -> bool {
    collect(value, path, visit)
}

/// Any path is a field.
impl Record for Value {
    type Row = Self;

    fn field(path: &str) -> Option<Accessor<Self>> {
        (!path.is_empty())
            .then(|| Accessor::At(path.into(), |value, path, seen| visit(value, path, seen)))
    }

    fn rows(&self, list: &str) -> &[Self] {
        let elements = self.get(list).and_then(Self::as_array);
        elements.map_or(&[], |elements| elements)
    }
}

impl<'r> Json<'r> for &'r Value {
    fn get(self, key: &str) -> Option<Self> {
        self.as_object()?.get(key)
    }

    fn elements(self) -> Option<impl Iterator<Item = Self>> {
        self.as_array().map(|elements| elements.iter())
    }

    fn is_object(self) -> bool {
        Value::is_object(self)
    }

    fn scalar(self) -> Scalar<'r> {
        self.into()
    }
}

impl<'r> From<&'r Value> for Scalar<'r> {
    fn from(value: &'r Value) -> Self {
        match value {
            Value::Null => Self::Missing,
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Number(number) => number.into(),
            Value::String(text) => Self::Text(text),
            Value::Array(_) | Value::Object(_) => Self::Other,
        }
    }
}

impl From<&Number> for Scalar<'_> {
    fn from(number: &Number) -> Self {
        (number.as_i64().map(Self::Int))
            .or_else(|| number.as_u64().map(Self::Uint))
            .or_else(|| number.as_f64().map(Self::Float))
            .unwrap_or(Self::Other)
    }
}
