//! Fields of every kind, under names short enough to be met by chance.

use netskope_query::{Code, Field, Kind, Schema};

pub(crate) const SCHEMA: Schema<'static> = Schema {
    fields: &[
        field("os", Kind::Text, &[]),
        field("n", Kind::Number, &[]),
        field("at", Kind::Time, &[]),
        field("host.name", Kind::Text, &[]),
        field("list", Kind::List, &[]),
        field("in", Kind::Text, &[]),
        field("_id", Kind::Text, &[]),
        field("users._id", Kind::Text, &[]),
        field("users.name", Kind::Text, &[]),
        field("last.status", Kind::Coded, CODES),
    ],
    aliases: &[("lasts", "last")],
    rows: Some("users"),
    in_rows: &["last"],
    bare_words: &[(Some('@'), "name"), (None, "host.name")],
};

const CODES: &[Code<'static>] = &[
    Code {
        code: Some(0),
        label: "Off",
    },
    Code {
        code: Some(1),
        label: "On",
    },
    Code {
        code: None,
        label: "It's gone",
    },
];

const fn field(path: &'static str, kind: Kind, codes: &'static [Code<'static>]) -> Field<'static> {
    Field {
        path,
        kind,
        codes,
        doc: "",
    }
}
