//! Fields of every kind, under names short enough to be met by chance.

use netskope_query::{Code, Field, Kind, Schema};

pub(crate) const SCHEMA: Schema<'static> = Schema {
    fields: &[
        Field::new("os", Kind::Text),
        Field::new("n", Kind::Number),
        Field::new("at", Kind::Time),
        Field::new("host.name", Kind::Text),
        Field::new("list", Kind::List),
        Field::new("in", Kind::Text),
        Field::new("_id", Kind::Text),
        Field::new("users._id", Kind::Text),
        Field::new("users.name", Kind::Text),
        Field::coded("last.status", CODES),
    ],
    aliases: &[("lasts", "last")],
    rows: Some("users"),
    in_rows: &["last"],
    bare_words: &[(Some('@'), "name"), (None, "host.name")],
};

const CODES: &[Code<'static>] = &[
    Code::new(Some(0), "Off"),
    Code::new(Some(1), "On"),
    Code::new(None, "It's gone"),
];
