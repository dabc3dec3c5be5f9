//! The devices a tenant knows, in the order it lists them.

use super::device::Device;
use super::envelope::Refused;
use crate::options::Codes;
use netskope_model::v1::clients::SCHEMA;
use netskope_query::{Dialect, Filter};
use serde_json::Value;
use std::cmp::Reverse;

/// The devices, newest first.
pub(super) struct Database(Vec<Device>);

impl Database {
    /// Sorts the devices by their last event, newest first and otherwise as given.
    pub(super) fn new(mut devices: Vec<Device>, codes: Codes) -> Self {
        devices.sort_by_key(|device| Reverse(last_event(device.value())));
        Self(match codes {
            Codes::Labels => devices,
            Codes::Numbers => devices.into_iter().map(Device::with_codes).collect(),
        })
    }

    /// The records of one page, written as JSON.
    pub(super) fn page(
        &self,
        query: Option<&str>,
        skip: u64,
        limit: u64,
    ) -> Result<Vec<&str>, Refused> {
        let filter = query.map(compiled).transpose()?;
        let is_found = |device: &&Device| {
            (filter.as_ref()).is_none_or(|filter| filter.matches(device.value()))
        };
        let count = |number| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(self
            .0
            .iter()
            .filter(is_found)
            .skip(count(skip))
            .take(count(limit))
            .map(Device::text)
            .collect())
    }
}

fn compiled(query: &str) -> Result<Filter<'static, Value>, Refused> {
    let refused = |reason: String| Refused::new("Query Error", reason);
    let query = netskope_query::parse(query).map_err(|error| refused(error.to_string()))?;
    Filter::compile(&query, Dialect::SkopeIt, &SCHEMA).map_err(|error| refused(error.to_string()))
}

fn last_event(record: &Value) -> i64 {
    record
        .pointer("/last_event/timestamp")
        .and_then(Value::as_i64)
        .unwrap_or(i64::MIN)
}
