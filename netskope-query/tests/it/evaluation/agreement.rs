//! Random queries on random records: all ways to run a query say the same.

use super::plain::Plain;
use super::reference::evaluate;
use super::typed::{Typed, User};
use super::{DIALECTS, SCHEMA};
use netskope_query::{Expr, Filter, Literal, Number, Schema, Value, field};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value as Json};
use std::ptr;

/// Few names, so that queries meet records, with keys that hold dots.
const KEYS: &[&str] = &[
    "a",
    "b",
    "a.b",
    "b.c",
    "users",
    "username",
    "last_event",
    "status",
    "_id",
    "é\"\\",
];

const PATHS: &[&str] = &[
    "a",
    "a.b",
    "a.b.c",
    "a-b",
    "b",
    "users",
    "users.a",
    "users.a.b",
    "users.username",
    "username",
    "last_event.status",
    "last_events.status",
    "users.last_event.status",
    "users.last_events.status",
    "_id",
    "users._id",
    "é\"\\",
    "a.",
];

const TEXTS: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "1.0",
    "007",
    " 1 ",
    "-0",
    "1.5",
    "9007199254740993",
    "18446744073709551616",
    "true",
    "False",
    "Disabled",
    "disabled",
    "ENABLED",
    "Uninstalled",
    "abled",
    "a",
    "A",
    "ß",
    "ẞ",
    "K",
    "k",
    "İ",
    "i",
    "*",
    "?",
    "*a*",
    "*able?",
    "d*D",
    "aaaaaaaaaaaaaaaaaaab",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaab",
    "AAAAAAAAAAAAAAAAAAAAAB",
    "ſtraße und mehr davon",
    "XſTRASSE UND STRAẞE UND MEHR DAVON",
    "null",
];

fn number() -> impl Strategy<Value = serde_json::Number> {
    prop_oneof![
        (-2..4_i64).prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        select(vec![
            0.0,
            -0.0,
            1.0,
            1.5,
            -1.0,
            1e30,
            9_007_199_254_740_992.0,
            1e-7
        ])
        .prop_map(|real| serde_json::Number::from_f64(real).expect("finite")),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(TEXTS).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
        1 => "[aAbB]{15,22}",
    ]
}

pub(super) fn record() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        number().prop_map(Json::Number),
        text().prop_map(Json::from),
    ];
    let tree = leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            3 => object(inner),
        ]
    });
    prop_oneof![9 => object(tree.clone()), 1 => tree]
}

fn object(values: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    let member = (select(KEYS).prop_map(str::to_owned), values);
    prop::collection::vec(member, 0..6)
        .prop_map(|members| Json::Object(members.into_iter().collect::<Map<_, _>>()))
}

fn literal() -> impl Strategy<Value = Value> {
    let number = number().prop_filter_map("plain", |number| Number::parse(&number.to_string()));
    prop_oneof![
        3 => text().prop_map(Literal::Text),
        2 => number.prop_map(Literal::Number),
        1 => any::<bool>().prop_map(Literal::from),
        1 => Just(Literal::Null),
    ]
    .prop_map(Value::from)
}

fn condition() -> impl Strategy<Value = Expr> {
    let more = prop_oneof![
        3 => prop::collection::vec(literal(), 0..3),
        1 => prop::collection::vec(literal(), 8..20),
    ];
    (select(PATHS), 0..13_u8, literal(), literal(), more).prop_map(
        |(path, form, value, other, more)| {
            let field = field(path);
            match form {
                0 => field.eq(value),
                1 => field.ne(value),
                2 => field.gt(value),
                3 => field.ge(value),
                4 => field.lt(value),
                5 => field.le(value),
                6 => field.like(value),
                7 => field.not_like(value),
                8 => field.starts_with(value),
                9 => field.is_in(value, more),
                10 => field.not_in(value, more),
                11 => field.between(value, other),
                _ => field.exists(),
            }
        },
    )
}

fn query() -> impl Strategy<Value = Expr> {
    condition().prop_recursive(5, 16, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a.and(b)),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a.or(b)),
            inner.prop_map(|a| !a),
        ]
    })
}

fn typed() -> impl Strategy<Value = Typed> {
    let code = prop_oneof![-1..4_i64, any::<i64>()];
    let user = (any::<Option<f64>>(), text(), code.clone());
    let user = user.prop_map(|(id, name, status)| User {
        id: id.filter(|id| id.is_finite()),
        name,
        status,
    });
    let (tags, users) = (
        prop::collection::vec(text(), 0..3),
        prop::collection::vec(user, 0..4),
    );
    (text(), code, tags, users).prop_map(|(name, count, tags, users)| Typed {
        name,
        count,
        tags,
        users,
    })
}

/// The record as JSON that nobody would write: escapes, white space and keys that are overruled.
pub(super) fn odd_text(value: &Json, text: &mut String) {
    let string = |of: &str, text: &mut String| {
        text.push('"');
        for (place, unit) in of.encode_utf16().enumerate() {
            match char::from_u32(unit.into()) {
                Some(c) if place % 2 == 0 && c != '"' && c != '\\' && c >= ' ' => text.push(c),
                _ => text.extend(["\\u", &format!("{unit:04X}")]),
            }
        }
        text.push('"');
    };
    match value {
        Json::String(inner) => string(inner, text),
        Json::Array(elements) => {
            for (place, element) in elements.iter().enumerate() {
                *text += if place == 0 { "[\n" } else { " , " };
                odd_text(element, text);
            }
            *text += if elements.is_empty() { "[\t]" } else { "\r\n]" };
        }
        Json::Object(members) => {
            text.push('{');
            for (place, (key, value)) in members.iter().enumerate() {
                *text += if place == 0 { " " } else { "\t, " };
                string(key, text);
                *text += " : [{\"a\": 1, \"users\": [1]}] , ";
                string(key, text);
                *text += ": ";
                odd_text(value, text);
            }
            text.push('}');
        }
        other => *text += &other.to_string(),
    }
}

fn check(query: &Expr, record: &Json, schema: &Schema<'_>) {
    let mut odd = String::new();
    odd_text(record, &mut odd);
    let plain = Plain::new(record, schema.rows);
    for dialect in DIALECTS {
        let expected = evaluate(query, record, dialect, schema);
        let filter = Filter::compile(query, dialect, schema).expect("runs");
        assert_eq!(filter.matches(record), expected, "{dialect:?}");
        assert_eq!(
            filter.matches_text(&record.to_string()),
            Ok(expected),
            "{dialect:?}"
        );
        assert_eq!(
            filter.matches_text(&odd),
            Ok(expected),
            "{dialect:?}, {odd}"
        );
        let typed = Filter::compile(query, dialect, schema).expect("runs");
        assert_eq!(typed.matches(&plain), expected, "typed, {dialect:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn typed_records_match_as_their_json_does(
        query in query(),
        records in prop::collection::vec(typed(), 0..150),
    ) {
        for dialect in DIALECTS {
            let filter = Filter::compile(&query, dialect, &SCHEMA).expect("runs");
            let mut expected = Vec::new();
            for record in &records {
                let matches = evaluate(&query, &record.json(), dialect, &SCHEMA);
                assert_eq!(filter.matches(record), matches, "{query} in {dialect:?}, {record:?}");
                expected.extend(matches.then(|| ptr::from_ref(record)));
            }
            let found: Vec<_> = filter.matching(&records).map(ptr::from_ref).collect();
            assert_eq!(found, expected, "{dialect:?}");
        }
    }

    #[test]
    fn all_ways_agree(query in query(), record in record()) {
        check(&query, &record, &SCHEMA);
        check(&query, &record, &Schema::EMPTY);
    }
}
