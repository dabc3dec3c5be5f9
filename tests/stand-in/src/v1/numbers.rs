//! Labels into the numbers of the documentation.

use netskope_model::v1::clients::SCHEMA;
use netskope_query::{Code, Kind};
use serde_json::Value;

/// The record with the published code in place of each label that has one.
pub(super) fn with_codes(mut record: Value) -> Value {
    for field in SCHEMA
        .fields
        .iter()
        .filter(|field| field.kind == Kind::Coded)
    {
        let path: Vec<&str> = field.path.split('.').collect();
        encode(&mut record, &path, field.codes);
        // A path of one row stands for the same path below the array of rows.
        if let Some(rows) = SCHEMA.rows.and_then(|rows| record.get_mut(rows)) {
            encode(rows, &path, field.codes);
        }
    }
    record
}

fn encode(value: &mut Value, path: &[&str], codes: &[Code<'_>]) {
    if let Value::Array(elements) = value {
        for element in elements {
            encode(element, path, codes);
        }
        return;
    }
    if let Some((first, rest)) = path.split_first() {
        if let Some(inner) = value.get_mut(first) {
            encode(inner, rest, codes);
        }
        return;
    }
    let label = value.as_str();
    let code = codes.iter().find(|code| label == Some(code.label));
    if let Some(code) = code.and_then(|code| code.code) {
        *value = code.into();
    }
}
