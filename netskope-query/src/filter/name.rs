//! What the names of a query stand for.

use super::record::Record;
use super::source::Place;
use crate::{Code, Schema};
use alloc::string::String;

/// The name of a field, aliases put right.
pub(super) struct Name<'p> {
    path: &'p str,
    /// The path without the prefix of the rows.
    inside: &'p str,
}

impl<'p> Name<'p> {
    /// The name that a query means by a path; `room` is for one put right.
    pub(super) fn new(path: &'p str, schema: &Schema<'_>, room: &'p mut String) -> Self {
        let inside = schema.within_row(path);
        if schema.slip(inside).is_none() {
            return Self { path, inside };
        }
        *room = schema.meant(path).into_owned();
        Self {
            path: room,
            inside: schema.within_row(room),
        }
    }

    fn is_bare(&self) -> bool {
        self.inside.len() == self.path.len()
    }

    /// The codes of the field, listed as it is written or with the prefix of the rows added or taken away.
    pub(super) fn codes<'s>(&self, schema: &Schema<'s>) -> &'s [Code<'s>] {
        let listed = |path: &str| schema.fields.iter().find(|field| same(field.path, path));
        let field = listed(self.path).or_else(|| {
            if self.is_bare() {
                (schema.fields.iter()).find(|field| self.is_prefixed(field.path, schema))
            } else {
                listed(self.inside)
            }
        });
        field.map_or(&[], |field| field.codes)
    }

    /// Whether a path is this one with the prefix of the rows.
    fn is_prefixed(&self, path: &str, schema: &Schema<'_>) -> bool {
        path.len() > self.path.len()
            && path.ends_with(self.path)
            && schema.within_row(path) == self.path
    }

    pub(super) fn place<R: Record>(&self, schema: &Schema<'_>) -> Place<R> {
        let own = R::field(self.inside);
        if schema.rows.is_none() {
            return Place::Own(own);
        }
        let element = R::Row::field(self.inside);
        if self.is_bare() && (element.is_none() || self.is_own(schema)) {
            return Place::Own(own);
        }
        Place::Row {
            element,
            own,
            shows_through: self.is_bare(),
        }
    }

    /// Whether the schema lists the name with the prefix of the rows too, so that the bare name is the record's own.
    fn is_own(&self, schema: &Schema<'_>) -> bool {
        let mut listed = schema.fields.iter().map(|field| field.path);
        listed.clone().any(|path| self.is_prefixed(path, schema))
            && listed.any(|path| same(path, self.path))
    }
}

/// Whether two paths are equal, told by their last byte where most differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.as_bytes().last() == b.as_bytes().last() && a == b
}
