//! The same question in fewer words.

use netskope_query::{parse, simplify};

fn simplified(text: &str) -> String {
    simplify(parse(text).expect(text)).to_string()
}

#[test]
fn each_rule() {
    for (text, expected) in [
        ("not not a", "a"),
        ("not (not (not a))", "not a"),
        ("not not (a or b) or c", "a or b or c"),
        ("a and not not (b and c)", "a and b and c"),
        ("not (not a and not b)", "not (not a and not b)"),
        ("a eq 1 or a eq 2", "a in [1, 2]"),
        (
            "a eq 1 or b or a in [3, 2] or a eq 1",
            "a in [1, 3, 2] or b",
        ),
        (
            "a eq 1 or b eq 1 or a eq 2 or b eq 2",
            "a in [1, 2] or b in [1, 2]",
        ),
        ("a eq 1 or not not a eq 2", "a in [1, 2]"),
        (
            "a eq 1 or A eq 2 or b.a eq 3",
            "a eq 1 or A eq 2 or b.a eq 3",
        ),
        ("a eq 1 or a eq '1' or a eq 1.0", "a in [1, '1', 1.0]"),
        ("a eq null or a eq ''", "a in [null, '']"),
        ("a in [1]", "a eq 1"),
        ("a not_in [1]", "a neq 1"),
        ("a in ['x', \"x\", x]", "a eq 'x'"),
        ("a not_in [1, 2, 1]", "a not_in [1, 2]"),
        ("a or b or a", "a or b"),
        ("a and (b or c) and a and (b or c)", "a and (b or c)"),
        ("a = 1 and a == 1", "a eq 1"),
        ("(a or a) and (a or a)", "a"),
        ("a or b and a", "a"),
        ("a and (b or a or c)", "a"),
        ("not (a or b and a)", "not a"),
        ("a eq 1 or a eq 1 and b", "a eq 1"),
        ("a eq 1 or a eq 2 or a in [1, 2] and b", "a in [1, 2]"),
        ("(a or b and (b or c)) and d", "(a or b) and d"),
        // Where a field has several values, these are not what they seem.
        ("not a eq 1", "not a eq 1"),
        ("not a neq 1", "not a neq 1"),
        ("not a gt 1", "not a gt 1"),
        ("not a like x", "not a like 'x'"),
        ("a neq 1 and a neq 2", "a neq 1 and a neq 2"),
        ("a neq 1 or a neq 2", "a neq 1 or a neq 2"),
        (
            "a not_in [1] or a not_in [2, 3]",
            "a neq 1 or a not_in [2, 3]",
        ),
        ("a eq 1 and a eq 2", "a eq 1 and a eq 2"),
        ("a from 1 to 1", "a from 1 to 1"),
        ("a gt 1 or a eq 1", "a gt 1 or a eq 1"),
    ] {
        assert_eq!(simplified(text), expected, "{text}");
    }
}

#[test]
fn spans_cover_what_was_merged() {
    let text = "(a eq 1 or b) or a = 2 or not not c in [3]";
    let piece = |expr: &netskope_query::Expr| text.get(expr.span().range()).expect("a place");
    let tree = simplify(parse(text).expect(text));
    assert_eq!(piece(&tree), text);
    let netskope_query::ExprKind::Or(operands) = tree.kind() else {
        panic!("{tree}");
    };
    let pieces: Vec<_> = operands.iter().map(piece).collect();
    assert_eq!(pieces, ["a eq 1 or b) or a = 2", "b", "c in [3]"]);
}

#[cfg(feature = "eval")]
mod meaning {
    use netskope_query::{
        Code, Dialect, Expr, Field, Filter, Kind, Literal, Schema, Value, field, parse, simplify,
    };
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    const SCHEMA: Schema<'static> = Schema {
        fields: &[
            Field::coded("s", &[Code::new(Some(0), "Off"), Code::new(Some(1), "On")]),
            Field::new("u.a", Kind::Text),
            Field::new("u.i", Kind::Text),
            Field::new("i", Kind::Text),
        ],
        rows: Some("u"),
        in_rows: &["s"],
        ..Schema::EMPTY
    };

    /// Which of the records match.
    fn matches(query: &Expr, records: &[Json], dialect: Dialect) -> Vec<bool> {
        let filter = Filter::compile(query, dialect, &SCHEMA).expect("a filter");
        records
            .iter()
            .map(|record| filter.matches(record))
            .collect()
    }

    fn value() -> impl Strategy<Value = Value> {
        let texts = prop::sample::select(vec!["", "0", "1", "On", "on", "x", "1.0", "true"]);
        prop_oneof![
            texts.prop_map(Value::from),
            (0..3_i64).prop_map(Value::from),
            Just(Value::from(1.5)),
            Just(Value::from(true)),
            Just(Value::from(Literal::Null)),
        ]
    }

    fn condition() -> impl Strategy<Value = Expr> {
        let names = prop::sample::select(vec!["a", "u.a", "s", "u.s", "i", "u.i", "b.c"]);
        let values = prop::collection::vec(value(), 0..3);
        (names, 0..12_u8, value(), value(), values).prop_map(|(name, form, value, high, more)| {
            let field = field(name);
            match form {
                0..=3 => field.eq(value),
                4 => field.ne(value),
                5 | 6 => field.is_in(value, more),
                7 => field.not_in(value, more),
                8 => field.gt(value),
                9 => field.like(value),
                10 => field.between(value, high),
                _ => field.exists(),
            }
        })
    }

    fn tree() -> impl Strategy<Value = Expr> {
        condition().prop_recursive(5, 24, 4, |inner| {
            prop_oneof![
                2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| a.and(b)),
                3 => (inner.clone(), inner.clone()).prop_map(|(a, b)| a.or(b)),
                1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| a.clone().or(b).and(a)),
                1 => inner.clone().prop_map(|a| !a),
                1 => inner.prop_map(|a| !!a),
            ]
        })
    }

    fn json() -> impl Strategy<Value = Json> {
        let one = prop::sample::select(vec![
            json!(0),
            json!(1),
            json!(2),
            json!(1.5),
            json!(""),
            json!("0"),
            json!("1"),
            json!("On"),
            json!("on"),
            json!("x"),
            json!(true),
            json!(null),
            json!({"c": 1}),
        ]);
        prop_oneof![
            3 => one.clone(),
            1 => prop::collection::vec(one, 0..3).prop_map(Json::from),
        ]
    }

    fn object() -> impl Strategy<Value = Json> {
        let names = prop::sample::select(vec!["a", "s", "i", "b", "b.c"]);
        let members = prop::collection::vec((names, json()), 0..4);
        members.prop_map(|members| {
            members
                .into_iter()
                .map(|(name, json)| (name.to_owned(), json))
                .collect()
        })
    }

    fn record() -> impl Strategy<Value = Json> {
        let rows = prop::option::of(prop::collection::vec(object(), 0..3));
        (object(), rows).prop_map(|(mut record, rows)| {
            if let Some(rows) = rows {
                record["u"] = Json::from(rows);
            }
            record
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn is_kept(tree in tree(), records in prop::collection::vec(record(), 8)) {
            let simple = simplify(tree.clone());
            for dialect in [Dialect::SkopeIt, Dialect::Jql] {
                prop_assert_eq!(
                    matches(&simple, &records, dialect), matches(&tree, &records, dialect),
                    "{:?}: {}\n{}\n{:?}", dialect, tree, simple, records
                );
            }
        }

        #[test]
        fn is_said_in_no_more_words(tree in tree()) {
            let simple = simplify(tree.clone());
            prop_assert!(simple.to_string().len() <= tree.to_string().len(), "{tree}\n{simple}");
            prop_assert_eq!(simplify(simple.clone()), simple.clone(), "{}\n{}", tree, simple);
            prop_assert_eq!(parse(&simple.to_string()), Ok(simple));
        }
    }
}
