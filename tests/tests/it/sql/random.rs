//! Records and queries that meet each other, the same ones each time.

use netskope_query::{Expr, Literal, Number, Value, field};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value as Json};

pub(crate) fn records_and_queries(records: usize, queries: usize) -> (Vec<Json>, Vec<Expr>) {
    let mut runner = TestRunner::deterministic();
    let drawn = (vec(record(), records), vec(query(), queries)).new_tree(&mut runner);
    drawn.unwrap().current()
}

const TEXTS: &[&str] = &[
    "", "a", "A", "Box", "box", "Dropbox", "bo", "b_x", "%", "!", "1", "1.0", "01", "true", "True",
    "null", "é", "É", "İ", "i", "K", "k", "ß", "ẞ", "Σ", "ς", "it's", "\"", "\\", " ", "水Box",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(TEXTS).prop_map(str::to_owned),
        1 => "[aAbB%_!xé]{0,4}",
    ]
}

fn whole() -> impl Strategy<Value = i64> {
    prop_oneof![
        4 => -2..4_i64,
        1 => select(vec![i64::MIN, i64::MAX, (1 << 53) + 1, 1 << 53]),
    ]
}

fn real() -> impl Strategy<Value = f64> {
    select(vec![
        0.0,
        -0.0,
        0.1,
        1.0,
        1.5,
        -1.0,
        1e30,
        1e-7,
        9_007_199_254_740_992.0,
    ])
}

fn record() -> impl Strategy<Value = Json> {
    let member = |path: &'static str, value: BoxedStrategy<Json>| {
        let value =
            prop_oneof![4 => value.prop_map(Some), 1 => Just(Some(Json::Null)), 1 => Just(None)];
        value.prop_map(move |value| value.map(|value| (path.to_owned(), value)))
    };
    let members = (
        member("app", text().prop_map(Json::from).boxed()),
        member("user.name", text().prop_map(Json::from).boxed()),
        member("count", whole().prop_map(Json::from).boxed()),
        member("size", real().prop_map(Json::from).boxed()),
        member("acked", any::<bool>().prop_map(Json::from).boxed()),
    );
    members.prop_map(|(a, b, c, d, e)| {
        Json::Object([a, b, c, d, e].into_iter().flatten().collect::<Map<_, _>>())
    })
}

fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        whole().prop_map(Number::from),
        real().prop_filter_map("plain", |real| Number::try_from(real).ok()),
        select(vec!["1.0", "1.50", "-0.0", "0.10"]).prop_filter_map("plain", Number::parse),
    ]
}

/// Mostly what a column of the kind may be compared with.
fn literal(path: &'static str) -> impl Strategy<Value = Value> {
    let number = || {
        prop_oneof![
            3 => number().prop_map(Literal::Number),
            1 => number().prop_map(|number| Literal::Text(number.to_string())),
        ]
    };
    let truth = || {
        prop_oneof![
            any::<bool>().prop_map(Literal::Bool),
            select(vec!["true", "False"]).prop_map(Literal::from),
        ]
    };
    let own = match path {
        "count" | "size" => number().boxed(),
        "acked" => truth().boxed(),
        _ => text().prop_map(Literal::Text).boxed(),
    };
    prop_oneof![
        30 => own,
        2 => select(vec![Literal::Null, "".into()]),
        1 => number(),
        1 => truth(),
        1 => text().prop_map(Literal::Text),
    ]
    .prop_map(Value::from)
}

fn condition() -> impl Strategy<Value = Expr> {
    let paths = select(vec![
        "app",
        "app",
        "user.name",
        "count",
        "count",
        "size",
        "acked",
    ]);
    paths.prop_flat_map(|path| {
        let forms = match path {
            "count" | "size" => vec![0, 1, 2, 3, 4, 5, 9, 10, 11, 12],
            "acked" => vec![0, 1, 9, 10, 12],
            _ => vec![0, 1, 6, 7, 8, 9, 10, 12],
        };
        let values = (literal(path), literal(path), vec(literal(path), 0..4));
        (select(forms), values).prop_map(move |(form, (value, other, more))| {
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
        })
    })
}

fn query() -> impl Strategy<Value = Expr> {
    condition().prop_recursive(3, 6, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a.and(b)),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a.or(b)),
            inner.prop_map(|a| !a),
        ]
    })
}
