//! The table of SEMANTICS.md, line by line, and all ways to run a query against each other.

mod agreement;
mod lists;
mod plain;
mod reference;
mod refused;
#[cfg(feature = "regex")]
mod regex;
mod typed;

use netskope_query::{Code, Dialect, Field, Filter, Kind, Schema, parse};
use plain::Plain;
use reference::evaluate;
use serde_json::Value;

const DIALECTS: [Dialect; 2] = [Dialect::SkopeIt, Dialect::Jql];

const TABLE: &str = include_str!("../../SEMANTICS.md");

const SCHEMA: Schema<'static> = Schema {
    fields: &[
        Field::new("_id", Kind::Text),
        Field::new("users._id", Kind::Text),
        Field::new("users.username", Kind::Text),
        Field::coded(
            "last_event.status",
            &[
                Code::new(Some(0), "Disabled"),
                Code::new(Some(1), "Enabled"),
                Code::new(Some(2), "Uninstalled"),
            ],
        ),
    ],
    aliases: &[("last_events", "last_event")],
    rows: Some("users"),
    ..Schema::EMPTY
};

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
        for (dialect, expected) in DIALECTS.into_iter().zip([skope_it, jql]) {
            for (way, found) in ways(query, record, dialect) {
                if found != (expected == "yes") {
                    wrong.push(format!(
                        "{what}: {dialect:?}, {way}: {query} on {record} gives {found}"
                    ));
                }
            }
        }
    }
    assert!(lines > 60, "only {lines} lines found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What each way to run a query says of a record.
fn ways(query: &str, text: &str, dialect: Dialect) -> [(&'static str, bool); 4] {
    let query = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let record: Value =
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let filter = Filter::compile(&query, dialect, &SCHEMA).expect("runs");
    let typed = Filter::compile(&query, dialect, &SCHEMA).expect("runs");
    [
        (
            "by the reference",
            evaluate(&query, &record, dialect, &SCHEMA),
        ),
        ("as a value", filter.matches(&record)),
        ("as text", filter.matches_text(text).expect("JSON")),
        ("typed", typed.matches(&Plain::new(&record, SCHEMA.rows))),
    ]
}
