//! What a query may be about: fields, their kinds, codes and rows, as plain data handed in by the caller.

use crate::{Literal, Path, Span};
use alloc::{borrow::Cow, format, string::String};

/// The fields of one kind of record.
///
/// A schema is advice: a field it does not name is a warning, never a refusal, because a server knows more fields than
/// its documents do. It is borrowed: a `static`, or built when the program runs. Written with `..Schema::EMPTY`, it stays
/// valid when a schema can hold more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// First segments of fields listed without the prefix of the rows that the elements have too, such as `last_event`.
    ///
    /// With the prefix, no other of them is known: `users.last_event.status` is, `users.host_info.os` is not.
    pub in_rows: &'a [&'a str],
    /// Whose value a word that stands without a field probably is, such as
    /// `[(Some('@'), "username"), (None, "host_info.hostname")]`.
    ///
    /// The first line fits whose character the word holds; `None` fits every word.
    pub bare_words: &'a [(Option<char>, &'a str)],
}

/// A field that queries may name.
///
/// ```
/// use netskope_query::{Code, Field, Kind};
///
/// static FIELDS: &[Field<'static>] = &[
///     Field::new("host_info.hostname", Kind::Text).doc("the device's name"),
///     Field::coded("last_event.status", &[Code::new(Some(0), "Disabled"), Code::new(None, "Unmanaged")]),
/// ];
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field<'a> {
    /// Dotted path, such as `host_info.hostname`.
    pub path: &'a str,
    /// What its values are.
    pub kind: Kind,
    /// Codes and labels that mean the same value; empty for a plain field.
    pub codes: &'a [Code<'a>],
    /// One line on what it holds, or nothing.
    pub doc: &'a str,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[non_exhaustive]
pub struct Code<'a> {
    /// Its number, where one is published.
    pub code: Option<i64>,
    /// Its label as the server writes it.
    pub label: &'a str,
}

impl<'a> Field<'a> {
    /// A plain field.
    pub const fn new(path: &'a str, kind: Kind) -> Self {
        Self {
            path,
            kind,
            codes: &[],
            doc: "",
        }
    }

    /// A field whose values are coded.
    pub const fn coded(path: &'a str, codes: &'a [Code<'a>]) -> Self {
        Self {
            codes,
            ..Self::new(path, Kind::Coded)
        }
    }

    /// The same field with one line on what it holds.
    #[must_use]
    pub const fn doc(self, doc: &'a str) -> Self {
        Self { doc, ..self }
    }
}

impl<'a> Code<'a> {
    /// A label, and its number where one is published.
    pub const fn new(code: Option<i64>, label: &'a str) -> Self {
        Self { code, label }
    }
}

impl<'a> Schema<'a> {
    /// A schema that knows nothing: no value is coded, and a check has nothing to say.
    pub const EMPTY: Schema<'static> = Schema {
        fields: &[],
        aliases: &[],
        rows: None,
        in_rows: &[],
        bare_words: &[],
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
        let inside = self.within_row(path);
        let (first, _) = inside.split_once('.').unwrap_or((inside, ""));
        let either = inside.len() == path.len() || self.in_rows.contains(&first);
        self.fields.iter().any(|field| {
            leads(path, field.path) || either && leads(inside, self.within_row(field.path))
        })
    }

    /// The first field inside the object at this path, where fields are known there.
    pub(crate) fn inside(&self, path: &str) -> Option<&'a str> {
        let inside = self.within_row(path);
        let mut paths = self.fields.iter().map(|field| field.path);
        paths.find(|known| {
            let holds = |path: &str, known: &str| known.len() > path.len() && leads(path, known);
            holds(path, known) || holds(inside, self.within_row(known))
        })
    }

    /// The field, or the start of one, that differs from the path in case or in the prefix of the rows alone.
    pub(crate) fn but_for_case(&self, path: &str) -> Option<&'a str> {
        for wanted in [path, self.within_row(path)] {
            for field in self.fields {
                for known in [field.path, self.within_row(field.path)] {
                    let start = known.get(..wanted.len()).unwrap_or_default();
                    if start.eq_ignore_ascii_case(wanted) && leads(start, known) {
                        return Some(start);
                    }
                }
            }
        }
        None
    }

    /// The condition that a word without a field probably stands for.
    pub(crate) fn bare_word(&self, word: &str) -> Option<String> {
        let fits = |holds: Option<char>| holds.is_none_or(|c| word.chars().any(|other| other == c));
        let (_, field) = self.bare_words.iter().find(|(holds, _)| fits(*holds))?;
        let field = Path::new((*field).into(), Span::default());
        Some(format!("{field} eq {}", Literal::from(word)))
    }

    /// The path without the prefix of the rows.
    pub(crate) fn within_row<'p>(&self, path: &'p str) -> &'p str {
        let inside = (self.rows).and_then(|rows| after(path, rows)?.strip_prefix('.'));
        inside.unwrap_or(path)
    }

    /// The path without the prefix of the rows, unless that is another field.
    pub(crate) fn bare<'p>(&self, path: &'p str) -> &'p str {
        let inside = self.within_row(path);
        let taken = self.fields.iter().any(|field| field.path == inside);
        if taken { path } else { inside }
    }

    /// The path with its misspelt first segment, if it is one, put right.
    pub(crate) fn meant<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let Some((slip, meant)) = self.alias(path) else {
            return Cow::Borrowed(path);
        };
        let inside = self.within_row(path);
        let prefix = path.strip_suffix(inside).unwrap_or_default();
        let rest = after(inside, slip).unwrap_or_default();
        Cow::Owned(format!("{prefix}{meant}{rest}"))
    }

    /// The first segment of the path, after the prefix of the rows, where it is a known slip, and what was meant.
    pub(crate) fn alias(&self, path: &str) -> Option<(&'a str, &'a str)> {
        self.slip(self.within_row(path))
    }

    /// The same of a path that has no prefix of the rows.
    pub(crate) fn slip(&self, inside: &str) -> Option<(&'a str, &'a str)> {
        let mut aliases = self.aliases.iter().copied();
        aliases.find(|(slip, _)| after(inside, slip).is_some())
    }
}

/// Whether `known` is the path or begins with all its segments.
fn leads(path: &str, known: &str) -> bool {
    after(known, path).is_some()
}

/// What comes after the segments that a path begins with, from the dot on. Where they end is looked at first, because
/// that tells most paths apart.
fn after<'p>(path: &'p str, segments: &str) -> Option<&'p str> {
    match path.as_bytes().get(segments.len()) {
        None | Some(b'.') => path.strip_prefix(segments),
        Some(_) => None,
    }
}
