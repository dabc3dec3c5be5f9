//! A filter says the same of a device as of the JSON it was read from.

use crate::recorded::recorded_records;
use netskope_model::v1::{clients::SCHEMA, device::Device};
use netskope_query::{Dialect, Expr, Filter, Literal, Number, field};
use serde_json::{Value, json};

/// Every field of the schema, as the record's own, with the prefix of the rows and without, and what leads to them.
fn paths() -> Vec<String> {
    let mut paths = Vec::new();
    for known in SCHEMA.fields {
        let inside = known.path.strip_prefix("users.").unwrap_or(known.path);
        paths.extend([inside.to_owned(), format!("users.{inside}")]);
    }
    paths.extend(
        [
            "users",
            "host_info",
            "last_event",
            "users.last_event",
            "other",
            "other.deep.x",
        ]
        .map(String::from),
    );
    paths.sort();
    paths.dedup();
    paths
}

fn literals(value: &Value, found: &mut Vec<Literal>) {
    match value {
        Value::Null => found.push(Literal::Null),
        Value::Bool(truth) => found.push((*truth).into()),
        Value::Number(number) => {
            found.extend(Number::parse(&number.to_string()).map(Literal::from));
        }
        Value::String(text) => found.push(text.clone().into()),
        Value::Array(elements) => elements.iter().for_each(|element| literals(element, found)),
        Value::Object(members) => members.values().for_each(|member| literals(member, found)),
    }
}

/// Conditions on every field with values of the record, and some without.
fn queries(record: &Value) -> Vec<Expr> {
    let mut values = vec!["Disabled".into(), 0.into(), "".into()];
    literals(record, &mut values);
    let mut queries = Vec::new();
    for (place, path) in paths().iter().enumerate() {
        let is_given = |value: &Literal| field(path).eq(value.clone());
        queries.extend(values.iter().skip(place % 5).step_by(5).map(is_given));
        queries.push(field(path).exists());
        queries.push(field(path).like("a"));
        queries.push(field(path).not_in(0, [1]));
        let (Some(value), Some(other)) = (values.get(place), values.iter().nth_back(place)) else {
            continue;
        };
        queries.push(
            field(path)
                .ge(value.clone())
                .and(!field("last_event.status").eq(other.clone())),
        );
        queries.push(
            field(path)
                .ne(value.clone())
                .or(field("username").eq(other.clone())),
        );
    }
    queries
}

pub(crate) fn filters_agree_on(record: &Value) {
    let device: Device = serde_json::from_value(record.clone()).unwrap();
    for query in queries(record) {
        for dialect in [Dialect::SkopeIt, Dialect::Jql] {
            let of_value = Filter::compile(&query, dialect, &SCHEMA)
                .unwrap()
                .matches(record);
            let of_device = Filter::compile(&query, dialect, &SCHEMA)
                .unwrap()
                .matches(&device);
            assert_eq!(of_device, of_value, "{query} in {dialect:?} on {record}");
        }
    }
}

#[test]
fn recorded_devices() {
    for record in recorded_records() {
        filters_agree_on(&record);
    }
}

#[test]
fn every_field_of_the_schema_is_found() {
    for known in SCHEMA.fields {
        let mut parts = known.path.rsplit('.');
        let mut record = json!({parts.next().unwrap(): "x"});
        for part in parts {
            record = if part == "users" {
                json!({part: [{}, record]})
            } else {
                json!({part: record})
            };
        }
        let device: Device = serde_json::from_value(record).unwrap();
        let query = field(known.path).eq("x");
        let filter = Filter::compile(&query, Dialect::SkopeIt, &SCHEMA).unwrap();
        assert!(filter.matches(&device), "{}", known.path);
        assert!(!filter.matches(&Device::default()), "{}", known.path);
    }
}
