//! What a query may be about: fields, their kinds, codes and rows, as plain data handed in by the caller.

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
    /// array is empty or absent has one row, itself.
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
    /// A schema that knows nothing: every field is unknown and no value is coded.
    pub const EMPTY: Schema<'static> = Schema {
        fields: &[],
        aliases: &[],
        rows: None,
    };

    /// The field at this path, written as the schema writes it.
    pub fn field(&self, path: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.path == path)
    }
}
