//! Fields of a device by their dotted paths.

use super::failure::{Exit, Failure};
use netskope_blocking::model::v1::{clients::SCHEMA, device::Device};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use std::{collections::BTreeSet, iter};

/// Some fields, in the order they were asked for.
#[derive(Clone, Debug)]
pub(super) struct Fields(Vec<String>);

impl Fields {
    /// The fields of a list such as `host_info.hostname,users.username`.
    pub(super) fn parse(list: &str) -> Result<Self, Failure> {
        let paths: Vec<String> = list.split(',').map(|path| path.trim().to_owned()).collect();
        if let Some(path) = paths.iter().find(|path| path.split('.').any(str::is_empty)) {
            return Err(
                Failure::new(Exit::Usage, format!("--fields: '{path}' is not a path")).hint(
                    "give paths with commas between them, such as host_info.hostname,users.username",
                ),
            );
        }
        let mut seen = BTreeSet::new();
        if let Some(path) = paths.iter().find(|&path| !seen.insert(path)) {
            return Err(
                Failure::new(Exit::Usage, format!("--fields: '{path}' is there twice"))
                    .hint("give each path once"),
            );
        }
        Ok(Self(paths))
    }

    pub(super) fn of(paths: &[&str]) -> Self {
        Self(paths.iter().map(|&path| path.to_owned()).collect())
    }

    /// The paths.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Paths that no device has, as far as is known, each with the paths that end like it.
    pub(super) fn unknown(&self) -> impl Iterator<Item = String> {
        self.paths().filter(|path| !is_known(path)).map(|path| {
            let ending = format!(".{path}");
            let like: Vec<&str> = known().filter(|known| known.ends_with(&ending)).collect();
            match like.as_slice() {
                [] => format!("no device field '{path}' is known"),
                like => format!(
                    "no device field '{path}' is known; there is {}",
                    like.join(" and ")
                ),
            }
        })
    }

    /// The values of a device, in the fields' order.
    pub(super) fn pick(&self, device: &Device) -> Result<Picked<'_>, serde_json::Error> {
        let record = serde_json::to_value(device)?;
        let values = self.paths().map(|path| value_at(&record, path)).collect();
        Ok(Picked {
            fields: self,
            values,
        })
    }
}

/// The values of some fields; null where the device does not have the field.
#[derive(Debug)]
pub(super) struct Picked<'a> {
    fields: &'a Fields,
    values: Vec<Value>,
}

impl Picked<'_> {
    /// Paths and values.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields.paths().zip(&self.values)
    }
}

/// One object with the paths as its keys.
impl Serialize for Picked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (path, value) in self.entries() {
            map.serialize_entry(path, value)?;
        }
        map.end()
    }
}

/// What stands at a path. Below a list it is the list of what each element has there.
fn value_at(value: &Value, path: &str) -> Value {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    match (value, rest) {
        (Value::Array(elements), _) => elements
            .iter()
            .map(|element| value_at(element, path))
            .collect(),
        (value, Some(rest)) => value
            .get(name)
            .map_or(Value::Null, |inner| value_at(inner, rest)),
        (value, None) => value.get(name).cloned().unwrap_or_default(),
    }
}

/// A value as text in one cell: the elements of a list side by side, objects as JSON, nothing for null.
///
/// An empty element keeps its place, so that lists of the same users stay in step from one cell to the next.
pub(super) fn cell(value: &Value, scalar: &impl Fn(&Value) -> String) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(elements) => {
            let cells = elements.iter().map(|element| cell(element, scalar));
            cells.collect::<Vec<_>>().join("; ")
        }
        other => scalar(other),
    }
}

/// A value that is neither a list nor null.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn known() -> impl Iterator<Item = &'static str> {
    SCHEMA.fields.iter().map(|field| field.path)
}

/// A field of the schema, an object that holds some, or either within a row, as the last event of one user is.
fn is_known(path: &str) -> bool {
    let within_row = SCHEMA
        .rows
        .and_then(|rows| path.strip_prefix(rows)?.strip_prefix('.'));
    iter::once(path).chain(within_row).any(|path| {
        known().any(|known| {
            known
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    })
}

#[cfg(test)]
mod tests;
