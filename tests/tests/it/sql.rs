//! The example `sql_where` of the query language: a database finds by its clauses what filters find.

mod random;
mod store;

#[path = "../../../netskope-query/examples/sql_where.rs"]
#[expect(dead_code, reason = "its main is not run")]
mod sql_where;

use netskope_query::{Dialect, Expr, Filter, Literal, Schema, field, parse};
use serde_json::{Value, json};
use sql_where::{Column, Holds, column, where_clause};
use store::Store;

/// With names that have to be quoted, and one that is not the field's.
const COLUMNS: &[Column<'_>] = &[
    column("app", "app", Holds::Text),
    column("user.name", "the \"user\"", Holds::Text),
    column("count", "select", Holds::Number),
    column("size", "it's", Holds::Number),
    column("acked", "acked", Holds::Truth),
];

fn filtered(query: &Expr, records: &[Value]) -> Vec<usize> {
    let filter = Filter::compile(query, Dialect::SkopeIt, &Schema::EMPTY).unwrap();
    let ids = 0..records.len();
    ids.filter(|&id| filter.matches(&records[id])).collect()
}

#[test]
fn rows_are_found_that_filters_find() {
    let (records, queries) = random::records_and_queries(150, 3_000);
    let store = Store::of(&records);
    let (mut refused, mut some, mut all_or_none) = (0, 0, 0);
    for query in &queries {
        let Ok((clause, parameters)) = where_clause(query, COLUMNS) else {
            refused += 1;
            continue;
        };
        let found = store.find(&clause, &parameters);
        assert_eq!(found, filtered(query, &records), "{query}\n{clause}");
        if found.is_empty() || found.len() == records.len() {
            all_or_none += 1;
        } else {
            some += 1;
        }
    }
    assert!(
        some > 1_000,
        "{some} of some, {all_or_none} of all or none, {refused} refused"
    );
    assert!(
        all_or_none > 100,
        "{all_or_none} of all or none, {refused} refused"
    );
}

/// What random queries seldom do.
#[test]
fn each_form_finds_some() {
    let records = [
        json!({}),
        json!({"app": null, "user.name": "", "count": null, "acked": null}),
        json!({"app": "100% _!", "user.name": "ÉMILE' or 1=1 --", "count": 9_007_199_254_740_993_i64, "size": 0.1, "acked": true}),
        json!({"app": "100x y!", "user.name": "émile", "count": -1, "size": 1e30, "acked": false}),
    ];
    let store = Store::of(&records);
    for (text, ids) in [
        ("app", &[2, 3][..]),
        ("not app", &[0, 1]),
        ("app eq null", &[0, 1]),
        ("app eq ''", &[0, 1]),
        ("app neq '100% _!'", &[0, 1, 3]),
        ("not app neq '100% _!'", &[2]),
        ("app like '% _!'", &[2]),
        ("app like ''", &[0, 1, 2, 3]),
        ("app notlike '0'", &[0, 1]),
        ("app like 0", &[2, 3]),
        ("app startswith 100X", &[]),
        ("app startswith 100", &[2, 3]),
        ("user.name like émile", &[2, 3]),
        ("user.name startswith é", &[3]),
        (r"user.name eq 'ÉMILE\' or 1=1 --'", &[2]),
        ("user.name in [null, émile]", &[0, 1, 3]),
        ("user.name not_in ['', émile]", &[2]),
        ("count eq 9007199254740993", &[2]),
        ("count eq 9007199254740992", &[]),
        ("count gt 9007199254740992.0", &[2]),
        ("count eq '-1.0'", &[3]),
        ("not count gt 0", &[0, 1, 3]),
        ("not (count gt 0 or size lt 5)", &[0, 1, 3]),
        ("not (count gt 0 and not acked)", &[0, 1, 2, 3]),
        ("count from -1 to 5", &[3]),
        ("not count between ['-1', 5]", &[0, 1, 2]),
        ("count in [-1, null]", &[0, 1, 3]),
        ("count not in [-1, null]", &[2]),
        ("size eq 0.1", &[2]),
        ("size neq '0.10'", &[0, 1, 3]),
        ("size", &[2, 3]),
        ("acked eq True or acked eq ''", &[0, 1, 2]),
        ("acked neq true", &[0, 1, 3]),
    ] {
        let query = parse(text).unwrap();
        assert_eq!(filtered(&query, &records), ids, "{text}");
        let (clause, parameters) = where_clause(&query, COLUMNS).unwrap();
        assert_eq!(store.find(&clause, &parameters), ids, "{text}\n{clause}");
    }
}

#[test]
fn values_are_parameters_and_names_are_quoted() {
    let query = parse(r#"user.name eq "'; drop" and not (count lt 5 or app ~ 'A_b')"#).unwrap();
    let (clause, parameters) = where_clause(&query, COLUMNS).unwrap();
    assert_eq!(
        clause,
        r#"(COALESCE("the ""user""", '') IN (?) AND NOT (("select" IS NOT NULL AND "select" < ?) OR LOWER(COALESCE("app", '')) LIKE ? ESCAPE '!'))"#
    );
    assert_eq!(
        parameters,
        [Literal::from("'; drop"), 5.into(), "%a!_b%".into()]
    );
}

#[test]
fn what_has_no_equal_in_sql_is_refused_where_it_stands() {
    for (text, message, place) in [
        (
            "app eq Box or owner eq x",
            "no column is of this name",
            "owner",
        ),
        ("App", "no column is of this name", "App"),
        (
            "app in [Box, 5]",
            "the column holds text: a number needs quotes",
            "5",
        ),
        ("app gt '5'", "nothing is ordered but numbers", "'5'"),
        ("acked lte true", "nothing is ordered but numbers", "true"),
        ("count lt null", "nothing is ordered but numbers", "null"),
        ("count from 1 to ''", "nothing is ordered but numbers", "''"),
        (
            "count eq many",
            "the column holds numbers of 64 bits",
            "many",
        ),
        (
            "count eq true",
            "the column holds numbers of 64 bits",
            "true",
        ),
        (
            "count eq 9223372036854775808",
            "the column holds numbers of 64 bits",
            "9223372036854775808",
        ),
        ("size like 5", "the column does not hold text", "5"),
        ("acked startswith t", "the column does not hold text", "t"),
        ("acked eq 1", "the column holds truth values", "1"),
    ] {
        let refusal = where_clause(&parse(text).unwrap(), COLUMNS).unwrap_err();
        assert_eq!(refusal.message, message, "{text}");
        assert_eq!(text.get(refusal.span.range()), Some(place), "{text}");
    }
    // No text holds one, but a program's query may.
    let refusal = where_clause(&field("app").like("a\0b"), COLUMNS).unwrap_err();
    assert_eq!(refusal.message, "a text with a NUL is not for SQL");
}
