//! What a query may be about: fields, their kinds, codes and rows, as plain data handed in by the caller.

use alloc::{borrow::Cow, format};

/// The fields of one kind of record.
///
/// A schema is advice: a field it does not name is a warning, never a refusal, because a server knows more fields than
/// its documents do.
#[derive(Clone, Copy, Debug)]
pub struct Schema<'a> {
    /// The known fields, in the order completion should offer them.
    pub fields: &'a [Field<'a>],
    /// Misspelt first path segments and what was meant, such as `("last_events", "last_event")`.
    pub aliases: &'a [(&'a str, &'a str)],
    /// The array that gives a record its rows, such as `users`.
    ///
    /// A record matches when one of its rows does: the record's own fields overlaid with those of one element of the
    /// array, so that `username`, `users.username` and `last_event.status` all speak of the same element. A record whose
    /// array is empty or absent has one row, itself. Where [`fields`](Self::fields) lists a name both with and without the
    /// prefix, such as `_id` and `users._id`, the two are different fields, and the bare one is the record's own.
    pub rows: Option<&'a str>,
}

/// A field that queries may name.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Dotted path, such as `host_info.hostname`.
    pub path: &'a str,
    /// What its values are.
    pub kind: Kind,
    /// Codes and labels that mean the same value; empty for a plain field.
    pub codes: &'a [Code<'a>],
    /// One line on what it holds.
    pub doc: &'a str,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A time in seconds since 1970.
    Time,
    /// One of a set of coded values; see [`Field::codes`].
    Coded,
    /// Fields of its own.
    Object,
    /// Several values.
    List,
}

/// One coded value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code<'a> {
    /// Its number, where one is published.
    pub code: Option<i64>,
    /// Its label as the server writes it.
    pub label: &'a str,
}

impl<'a> Schema<'a> {
    /// A schema that knows nothing: no value is coded, and a check has nothing to say.
    pub const EMPTY: Schema<'static> = Schema {
        fields: &[],
        aliases: &[],
        rows: None,
    };

    /// The field at this path, written as the schema writes it or with the prefix of the rows added or taken away.
    pub fn field(&self, path: &str) -> Option<&Field<'a>> {
        let exact = self.fields.iter().find(|field| field.path == path);
        exact.or_else(|| {
            let wanted = self.within_row(path);
            let mut fields = self.fields.iter();
            fields.find(|field| self.within_row(field.path) == wanted)
        })
    }

    /// Whether the path is a field or leads to one, as `host_info` does.
    pub(crate) fn knows(&self, path: &str) -> bool {
        let wanted = self.within_row(path);
        let leads = |field: &Field<'_>| {
            [(field.path, path), (self.within_row(field.path), wanted)]
                .iter()
                .filter_map(|(known, wanted)| known.strip_prefix(wanted))
                .any(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.fields.iter().any(leads)
    }

    /// The path without the prefix of the rows.
    pub(crate) fn within_row<'p>(&self, path: &'p str) -> &'p str {
        let inside = self
            .rows
            .and_then(|rows| path.strip_prefix(rows)?.strip_prefix('.'));
        inside.unwrap_or(path)
    }

    /// The path with its misspelt first segment, if it is one, put right.
    pub(crate) fn meant<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let meant = self.alias(path).and_then(|(slip, meant)| {
            let inside = self.within_row(path);
            let (prefix, rest) = (path.strip_suffix(inside)?, inside.strip_prefix(slip)?);
            Some(format!("{prefix}{meant}{rest}"))
        });
        meant.map_or(Cow::Borrowed(path), Cow::Owned)
    }

    /// The first segment of the path, after the prefix of the rows, where it is a known slip, and what was meant.
    pub(crate) fn alias(&self, path: &str) -> Option<(&'a str, &'a str)> {
        let first = self.within_row(path).split('.').next()?;
        self.aliases
            .iter()
            .find(|(slip, _)| *slip == first)
            .copied()
    }
}
