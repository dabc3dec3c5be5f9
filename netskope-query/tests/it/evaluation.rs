//! The table of SEMANTICS.md, line by line, and all ways to run a query against each other.

mod reference;

use netskope_query::{Code, Dialect, Field, Filter, Kind, Schema, parse};
use reference::evaluate;
use serde_json::Value;

const TABLE: &str = include_str!("../../SEMANTICS.md");

const SCHEMA: Schema<'static> = Schema {
    fields: &[
        field("_id", &[]),
        field("users._id", &[]),
        field("users.username", &[]),
        field(
            "last_event.status",
            &[
                code(0, "Disabled"),
                code(1, "Enabled"),
                code(2, "Uninstalled"),
            ],
        ),
    ],
    aliases: &[("last_events", "last_event")],
    rows: Some("users"),
    ..Schema::EMPTY
};

const fn field(path: &'static str, codes: &'static [Code<'static>]) -> Field<'static> {
    let kind = if codes.is_empty() {
        Kind::Text
    } else {
        Kind::Coded
    };
    Field {
        path,
        kind,
        codes,
        doc: "",
    }
}

const fn code(code: i64, label: &'static str) -> Code<'static> {
    Code {
        code: Some(code),
        label,
    }
}

#[test]
fn each_line_of_the_table() {
    let mut wrong = Vec::new();
    let mut lines = 0;
    for line in TABLE
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains("`{"))
    {
        lines += 1;
        let cells: Vec<&str> = line
            .trim_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().trim_matches('`'))
            .collect();
        let [what, query, record, skope_it, jql] = cells[..] else {
            panic!("not five cells: {line}")
        };
        let query = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let text = record;
        let record: Value =
            serde_json::from_str(record).unwrap_or_else(|error| panic!("{record}: {error}"));
        for (dialect, expected) in [(Dialect::SkopeIt, skope_it), (Dialect::Jql, jql)] {
            let filter = Filter::compile(&query, dialect, &SCHEMA).unwrap();
            for (way, found) in [
                ("evaluate", evaluate(&query, &record, dialect, &SCHEMA)),
                ("value", filter.matches(&record)),
                ("text", filter.matches_text(text).unwrap()),
            ] {
                let found = if found { "yes" } else { "no" };
                if found != expected {
                    wrong.push(format!(
                        "{what}: {query} on {record} in {dialect:?} gives {found} for {way}"
                    ));
                }
            }
        }
    }
    assert!(lines > 60, "only {lines} lines found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
