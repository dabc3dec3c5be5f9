//! Rows of a record, and the values at a path.

use netskope_query::Schema;
use serde_json::Value as Json;

/// The elements that give a record its rows; `None` where it is its own only row.
pub(super) fn elements<'r>(record: &'r Json, schema: &Schema<'_>) -> Option<&'r [Json]> {
    let elements = record.get(schema.rows?)?.as_array()?;
    (!elements.is_empty()).then_some(elements)
}

/// A record overlaid with one of its elements.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    record: &'r Json,
    element: Option<&'r Json>,
}

impl<'r> Row<'r> {
    pub(super) fn alone(record: &'r Json) -> Self {
        Self {
            record,
            element: None,
        }
    }

    pub(super) fn of(record: &'r Json, element: &'r Json) -> Self {
        Self {
            record,
            element: Some(element),
        }
    }

    /// All values at a path; of a list its elements, so that an empty list is no value.
    pub(super) fn values(self, path: &str, schema: &Schema<'_>) -> Vec<&'r Json> {
        let mut found = Vec::new();
        let (source, path) = self.source(path, schema);
        collect(source, path, &mut found);
        found
    }

    /// Which of the two the path speaks of, and the path within it.
    fn source<'p>(self, path: &'p str, schema: &Schema<'_>) -> (&'r Json, &'p str) {
        let inside = within_row(path, schema);
        match self.element {
            Some(element) if inside.len() < path.len() => (element, inside),
            Some(element) if !is_own(path, schema) && has_start(element, path) => (element, path),
            _ => (self.record, inside),
        }
    }
}

/// Whether the object has the first segment of the path, or more of it, as a key.
pub(in super::super) fn has_start(element: &Json, path: &str) -> bool {
    starts(path).any(|(key, _)| element.get(key).is_some())
}

pub(in super::super) fn collect<'r>(value: &'r Json, path: &str, found: &mut Vec<&'r Json>) {
    match value {
        Json::Array(elements) if path.is_empty() => found.extend(elements),
        _ if path.is_empty() => found.push(value),
        Json::Array(elements) => elements
            .iter()
            .for_each(|element| collect(element, path, found)),
        Json::Object(fields) => {
            let longest = starts(path).find_map(|(key, rest)| Some((fields.get(key)?, rest)));
            if let Some((value, rest)) = longest {
                collect(value, rest, found);
            }
        }
        _ => {}
    }
}

/// Each start of the path that could be a key, the longest first since keys may hold dots, with what remains.
fn starts(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let shorter = path.rmatch_indices('.').filter_map(|(at, _)| {
        let (key, rest) = path.split_at_checked(at)?;
        Some((key, rest.strip_prefix('.')?))
    });
    std::iter::once((path, "")).chain(shorter)
}

/// Whether the schema lists the name with the prefix of the rows too, so that the bare name is the record's own.
fn is_own(path: &str, schema: &Schema<'_>) -> bool {
    let mut listed = schema.fields.iter().map(|field| field.path);
    listed.clone().any(|known| known == path)
        && listed.any(|known| known != path && within_row(known, schema) == path)
}

/// The path without the prefix of the rows.
fn within_row<'p>(path: &'p str, schema: &Schema<'_>) -> &'p str {
    let inside = (schema.rows).and_then(|rows| path.strip_prefix(rows)?.strip_prefix('.'));
    inside.unwrap_or(path)
}

/// The path with its misspelt first segment, if it is one, put right.
pub(super) fn meant(path: &str, schema: &Schema<'_>) -> String {
    let inside = within_row(path, schema);
    let (prefix, _) = path.split_at(path.len() - inside.len());
    let (first, rest) = inside.split_at(inside.find('.').unwrap_or(inside.len()));
    let alias = schema.aliases.iter().find(|(slip, _)| *slip == first);
    format!("{prefix}{}{rest}", alias.map_or(first, |(_, meant)| meant))
}
