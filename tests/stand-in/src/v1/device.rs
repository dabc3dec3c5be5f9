//! A device as it was recorded or made up.

use super::numbers;
use serde_json::{Value, value::RawValue};
use std::collections::BTreeMap;

/// A device: the `attributes` of one record.
#[derive(Clone, Debug)]
pub struct Device {
    value: Value,
    /// What is given out: a value may round its numbers, and sorts its keys.
    text: Box<str>,
}

impl Device {
    /// The device as queries see it.
    pub fn value(&self) -> &Value {
        &self.value
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Written anew, with the published code in place of each label that has one. Queries still see the labels.
    pub(super) fn with_codes(self) -> Self {
        Self {
            text: numbers::with_codes(self.value.clone()).to_string().into(),
            value: self.value,
        }
    }

    fn read(record: &RawValue) -> Result<Self, ClientsError> {
        let attributes = members(record.get())?.remove("attributes");
        let text = attributes.unwrap_or(record).get();
        let value: Value = serde_json::from_str(text)?;
        if !value.is_object() {
            return Err(ClientsError::Shape);
        }
        Ok(Self {
            value,
            text: text.into(),
        })
    }
}

/// A made-up device, whose text has its keys in alphabetical order.
impl From<Value> for Device {
    fn from(value: Value) -> Self {
        Self {
            text: value.to_string().into(),
            value,
        }
    }
}

/// Why a text is no v1 answer with records in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientsError {
    /// It is not JSON.
    #[error("it is not JSON: {0}")]
    Json(#[source] serde_json::Error),
    /// It is JSON of another shape.
    #[error("it is not an answer of /api/v1/clients: no list of records under \"data\"")]
    Shape,
}

impl From<serde_json::Error> for ClientsError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_data() {
            Self::Shape
        } else {
            Self::Json(error)
        }
    }
}

/// The devices in a v1 answer as a tenant returned it, each without its `attributes` wrapper and otherwise letter by letter.
///
/// # Errors
/// When the text is not JSON, or has no list of objects under `data`.
pub fn clients_of(answer: &[u8]) -> Result<Vec<Device>, ClientsError> {
    let answer: &RawValue = serde_json::from_slice(answer)?;
    let data = members(answer.get())?.remove("data");
    let records: Vec<&RawValue> = serde_json::from_str(data.ok_or(ClientsError::Shape)?.get())?;
    records.into_iter().map(Device::read).collect()
}

fn members(object: &str) -> serde_json::Result<BTreeMap<String, &RawValue>> {
    serde_json::from_str(object)
}
