//! JSON values in memory.

use super::json::{Json, collect, longest, visit};
use super::record::{Accessor, Record, Scalar, Visit};
use alloc::string::String;
use serde_json::{Map, Number, Value};

/// Shows all values at a path within a JSON value, for records that hold some of their fields as JSON: `true` when `visit`
/// has seen enough.
///
/// Lists are taken apart, on the way and at the end, and a key may hold dots. The empty path is the value itself. Needs the
/// feature `eval`.
pub fn values_at<'r>(value: &'r Value, path: &str, visit: &mut Visit<'_, 'r>) -> bool {
    collect(value, path, visit)
}

/// An object with no more members is looked through, which takes less than to find a key in it: most differ in length.
const FEW: usize = 24;

fn member<'v>(members: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
    if members.len() > FEW {
        return members.get(key);
    }
    let mut members = members.iter();
    members.find_map(|(name, value)| (*name == *key).then_some(value))
}

/// Any path is a field.
impl Record for Value {
    type Row = Self;

    fn field(path: &str) -> Option<Accessor<Self>> {
        (!path.is_empty())
            .then(|| Accessor::At(path.into(), |value, path, seen| visit(value, path, seen)))
    }

    fn rows(&self, list: &str) -> &[Self] {
        let elements = self.as_object().and_then(|members| member(members, list));
        elements
            .and_then(Self::as_array)
            .map_or(&[], |elements| elements)
    }
}

impl<'r> Json<'r> for &'r Value {
    fn longest(self, path: &str) -> Option<(usize, Self)> {
        let members = self.as_object()?;
        if members.len() <= FEW {
            return longest(members.iter().map(|(key, value)| (&**key, value)), path);
        }
        let dots = path.rmatch_indices('.').map(|(dot, _)| dot);
        let mut ends = core::iter::once(path.len()).chain(dots);
        ends.find_map(|end| Some((end, members.get(path.get(..end)?)?)))
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
