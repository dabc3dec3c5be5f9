//! The fields that a query reads, and what is known of them.

use super::words::list;
use netskope_query::{Code, Expr, Field, Kind, Schema};
use serde::Serialize;
use std::{collections::BTreeSet, fmt};

/// A field that the query names.
#[derive(Debug, Serialize)]
pub(super) struct Known<'q> {
    /// As the query writes it.
    pub(super) name: &'q str,
    /// As the schema does; `None` where it does not know it.
    path: Option<&'static str>,
    kind: Option<&'static str>,
    doc: Option<&'static str>,
    /// Labels with their codes.
    codes: Vec<Label>,
    /// Whether each row has its own.
    pub(super) in_rows: bool,
}

/// A coded value.
#[derive(Debug, Serialize)]
struct Label {
    code: Option<i64>,
    label: &'static str,
}

/// Each field once, in the order of the text.
pub(super) fn known<'q>(query: &'q Expr, schema: &Schema<'static>) -> Vec<Known<'q>> {
    let mut seen = BTreeSet::new();
    let names = query.paths().into_iter().map(netskope_query::Path::as_str);
    names
        .filter(|name| seen.insert(*name))
        .map(|name| match schema.field(name) {
            Some(field) => Known {
                name,
                path: Some(field.path),
                kind: Some(kind(field.kind)),
                doc: Some(field.doc),
                codes: field.codes.iter().map(label).collect(),
                in_rows: is_in_rows(field, schema),
            },
            None => Known {
                name,
                path: None,
                kind: leads_to_fields(name, schema).then_some("object"),
                doc: None,
                codes: Vec::new(),
                in_rows: false,
            },
        })
        .collect()
}

fn label(row: &Code<'static>) -> Label {
    Label {
        code: row.code,
        label: row.label,
    }
}

/// Whether the name is the start of known ones.
fn leads_to_fields(name: &str, schema: &Schema<'_>) -> bool {
    let below = |path: &str| {
        path.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    schema.fields.iter().any(|field| below(field.path))
}

fn is_in_rows(field: &Field<'_>, schema: &Schema<'_>) -> bool {
    let first = field.path.split('.').next();
    first.is_some()
        && (first == schema.rows || first.is_some_and(|first| schema.in_rows.contains(&first)))
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Number => "number",
        Kind::Time => "time",
        Kind::Coded => "code",
        Kind::Object => "object",
        Kind::List => "list",
        _ => "value",
    }
}

impl Known<'_> {
    /// The first of its codes with their labels; `None` where it has none.
    pub(super) fn first_codes(&self) -> Option<String> {
        (!self.codes.is_empty()).then(|| list(self.codes.iter().map(Label::to_string), 4))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "{code} {}", self.label),
            None => f.write_str(self.label),
        }
    }
}

/// What is known but for its codes, on one line.
impl fmt::Display for Known<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.doc) {
            (Some(kind), Some(doc)) => write!(f, "{kind}: {doc}")?,
            (Some(kind), None) => write!(f, "{kind}: holds other fields")?,
            (None, _) => f.write_str("not known here")?,
        }
        if let Some(path) = self.path.filter(|path| *path != self.name) {
            write!(f, " ({path})")?;
        }
        Ok(())
    }
}
