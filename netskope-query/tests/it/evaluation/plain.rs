//! A record of a program's own, whose fields are found by the reference.

use super::reference::row::{collect, has_start};
use netskope_query::{Accessor, Record, Scalar, Visit};
use serde_json::Value;

pub(super) struct Plain {
    value: Value,
    rows: Vec<Self>,
}

impl Plain {
    pub(super) fn new(value: &Value, rows: Option<&str>) -> Self {
        let elements = rows.and_then(|rows| value.get(rows)?.as_array());
        let elements = elements.into_iter().flatten();
        Self {
            rows: elements.map(|element| Self::new(element, None)).collect(),
            value: value.clone(),
        }
    }
}

impl Record for Plain {
    type Row = Self;

    fn field(path: &str) -> Option<Accessor<Self>> {
        Some(Accessor::At(path.into(), each))
    }

    fn rows(&self, _: &str) -> &[Self] {
        &self.rows
    }
}

fn each<'r>(record: &'r Plain, path: &str, visit: &mut Visit<'_, 'r>) -> bool {
    if !has_start(&record.value, path) && visit(Scalar::Absent) {
        return true;
    }
    let mut found = Vec::new();
    collect(&record.value, path, &mut found);
    found.into_iter().any(|value| visit(scalar(value)))
}

fn scalar(value: &Value) -> Scalar<'_> {
    match value {
        Value::Null => Scalar::Missing,
        Value::Bool(truth) => (*truth).into(),
        Value::String(text) => text.into(),
        Value::Array(_) | Value::Object(_) => Scalar::Other,
        Value::Number(number) => (number.as_i64().map(Scalar::from))
            .or_else(|| number.as_u64().map(Scalar::from))
            .or_else(|| number.as_f64().map(Scalar::from))
            .expect("a number"),
    }
}
