//! The devices a tenant knows, in the order it lists them.

use super::envelope::Refused;
use super::numbers;
use crate::options::Codes;
use netskope_model::v1::clients::SCHEMA;
use netskope_query::{Dialect, Expr};
use serde_json::Value;
use std::cmp::Reverse;

/// Why a text is no v1 answer with records in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientsError {
    /// It is not JSON.
    #[error("it is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It is JSON of another shape.
    #[error("it is not an answer of /api/v1/clients: no list of records under \"data\"")]
    Shape,
}

/// The devices in a v1 answer as a tenant returned it, each without its `attributes` wrapper.
///
/// # Errors
/// When the text is not JSON, or has no list of objects under `data`.
pub fn clients_of(answer: &[u8]) -> Result<Vec<Value>, ClientsError> {
    let mut answer: Value = serde_json::from_slice(answer)?;
    match answer.get_mut("data").map(Value::take) {
        Some(Value::Array(records)) if records.iter().all(Value::is_object) => {
            Ok(records.into_iter().map(unwrapped).collect())
        }
        _ => Err(ClientsError::Shape),
    }
}

fn unwrapped(mut record: Value) -> Value {
    match record.get_mut("attributes").map(Value::take) {
        Some(attributes) => attributes,
        None => record,
    }
}

/// The records, newest first.
pub(super) struct Database(Vec<Row>);

struct Row {
    /// What queries see: labels, whose codes the schema knows.
    record: Value,
    /// What is sent.
    text: Box<str>,
}

impl Database {
    /// Sorts the records by their last event, newest first and otherwise as given. A record itself is kept as it is.
    pub(super) fn new(mut records: Vec<Value>, codes: Codes) -> Self {
        records.sort_by_key(|record| Reverse(last_event(record)));
        let row = |record: Value| {
            let text = match codes {
                Codes::Labels => record.to_string(),
                Codes::Numbers => numbers::with_codes(record.clone()).to_string(),
            };
            Row {
                record,
                text: text.into(),
            }
        };
        Self(records.into_iter().map(row).collect())
    }

    /// The records of one page, written as JSON.
    pub(super) fn page(
        &self,
        query: Option<&str>,
        skip: u64,
        limit: u64,
    ) -> Result<Vec<&str>, Refused> {
        let filter = query.map(parsed).transpose()?;
        let matches = |row: &&Row| filter.as_ref().is_none_or(|filter| row.matches(filter));
        let count = |number| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(self
            .0
            .iter()
            .filter(matches)
            .skip(count(skip))
            .take(count(limit))
            .map(|row| &*row.text)
            .collect())
    }
}

impl Row {
    fn matches(&self, filter: &Expr) -> bool {
        netskope_query::evaluate(filter, &self.record, Dialect::SkopeIt, &SCHEMA)
    }
}

fn parsed(query: &str) -> Result<Expr, Refused> {
    netskope_query::parse(query).map_err(|error| Refused::new("Query Error", error.to_string()))
}

fn last_event(record: &Value) -> i64 {
    record
        .pointer("/last_event/timestamp")
        .and_then(Value::as_i64)
        .unwrap_or(i64::MIN)
}
