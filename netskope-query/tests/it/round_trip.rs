//! Print and parse again.

use crate::words::WORDS;
use netskope_query::{Expr, ExprKind, Literal, Number, Value, field, parse};
use proptest::prelude::*;

/// Text that tries to end its quotes, with everything but NUL, which no query may hold.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("'".to_owned()),
        Just("\"".to_owned()),
        Just("`".to_owned()),
        Just("\\".to_owned()),
        Just("\\'".to_owned()),
        Just("\n".to_owned()),
        Just("’".to_owned()),
        Just("and".to_owned()),
        "[a-z0-9 ]{0,4}",
        "\\PC{0,3}",
        any::<char>()
            .prop_filter("no NUL", |c| *c != '\0')
            .prop_map(String::from),
    ];
    prop::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}

fn path() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z_][a-z0-9_-]{0,5}(\\.[a-z_]{1,5}){0,2}",
        prop::sample::select(vec![
            "in",
            "Not",
            "null",
            "true",
            "from",
            "a b",
            "5",
            "",
            "naïve.ö",
            "a..b",
            "-a"
        ])
        .prop_map(String::from),
        hostile(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        hostile().prop_map(Literal::Text),
        any::<i64>().prop_map(Literal::from),
        any::<u64>().prop_map(Literal::from),
        any::<f64>().prop_map(Literal::from),
        "-?(0|[1-9][0-9]{0,3})\\.[0-9]{1,4}"
            .prop_map(|text| Literal::Number(Number::parse(&text).expect("plain"))),
        any::<bool>().prop_map(Literal::from),
        Just(Literal::Null),
    ]
    .prop_map(Value::from)
}

fn condition() -> impl Strategy<Value = Expr> {
    let values = prop::collection::vec(value(), 0..4);
    (path(), 0..13_u8, value(), value(), values).prop_map(|(path, form, first, second, more)| {
        let field = field(path);
        match form {
            0 => field.eq(first),
            1 => field.ne(first),
            2 => field.gt(first),
            3 => field.ge(first),
            4 => field.lt(first),
            5 => field.le(first),
            6 => field.like(first),
            7 => field.not_like(first),
            8 => field.starts_with(first),
            9 => field.is_in(first, more),
            10 => field.not_in(first, more),
            11 => field.between(first, second),
            _ => field.exists(),
        }
    })
}

pub(crate) fn tree() -> impl Strategy<Value = Expr> {
    condition().prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a.and(b)),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a.or(b)),
            inner.prop_map(|a| !a),
        ]
    })
}

/// Each node's own piece of the text is a query for an equal node.
fn pieces_are_queries(text: &str, expr: &Expr) {
    let piece = text
        .get(expr.span().range())
        .expect("a span within the text");
    assert_eq!(&parse(piece).expect(piece), expr, "{text}");
    match expr.kind() {
        ExprKind::Or(operands) | ExprKind::And(operands) => {
            assert!(operands.len() > 1);
            for operand in operands {
                pieces_are_queries(text, operand);
            }
        }
        ExprKind::Not(inner) => pieces_are_queries(text, inner),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn trees(tree in tree()) {
        let text = tree.to_string();
        let again = parse(&text);
        prop_assert_eq!(again.as_ref(), Ok(&tree), "{}", text);
        let again = again.expect("just compared");
        prop_assert_eq!(&again.to_string(), &text);
        pieces_are_queries(&text, &again);
    }

    #[test]
    fn any_text(text in "\\PC{0,40}") {
        drop(parse(&text));
    }

    #[test]
    fn any_words(words in prop::collection::vec(prop::sample::select(WORDS), 0..12), gap in " ?") {
        let text = words.join(&gap);
        match parse(&text) {
            Ok(tree) => {
                prop_assert_eq!(parse(&tree.to_string()), Ok(tree.clone()));
                pieces_are_queries(&text, &tree);
            }
            Err(error) => for diagnostic in error.diagnostics() {
                prop_assert!(text.get(diagnostic.span.range()).is_some());
                drop(netskope_query::Report::new(&text, diagnostic).to_string());
                if let Some(fix) = &diagnostic.fix {
                    prop_assert!(text.get(fix.span.range()).is_some());
                    prop_assert_ne!(fix.apply(&text), text.clone());
                }
            },
        }
    }
}

#[test]
fn spellings_make_equal_trees() {
    for (canonical, spellings) in [
        (
            "a eq 1",
            &[
                "a = 1",
                "a == 1",
                "a EQ 1",
                "a=1",
                "(a eq 1)",
                "\ta\n==\r\n1 ",
                "a eq\u{a0}1",
                "`a` eq 1",
            ][..],
        ),
        ("a neq 'x'", &["a ne x", "a != x", "a!='x'", "a NEQ \"x\""]),
        ("a gt 1", &["a > 1", "a>1"]),
        ("a gte 1", &["a ge 1", "a >= 1"]),
        ("a lt 1", &["a < 1", "a<1"]),
        ("a lte 1", &["a le 1", "a <= 1"]),
        ("a like 'x'", &["a ~ x", "a~'x'", "a Like x"]),
        ("a notlike 'x'", &["a !~ x", "a!~x"]),
        ("a in ['x', 'y']", &["a in [x,y]", "a IN[ \"x\" , 'y' ]"]),
        (
            "a not_in ['x']",
            &["a not in [x]", "a notin [x]", "a NOT IN[x]", "a Not_In [x]"],
        ),
        (
            "a from 1 to 2",
            &["a between [1, 2]", "a FROM 1 TO 2", "a between[1,2]"],
        ),
        ("a startswith 'x'", &["a STARTSWITH x"]),
        ("not a", &["NOT a", "not(a)", "not (a)"]),
        (
            "a and b and c",
            &[
                "a AND b And c",
                "(a and b) and c",
                "a and (b and c)",
                "(a)and(b)and(c)",
            ],
        ),
        ("a or b and c", &["a or (b and c)", "a OR b AND c"]),
        ("(a or b) and c", &["((a or b)) and c"]),
        ("not (a and b)", &["not((a) and (b))"]),
        ("a eq null", &["a eq NULL", "a eq Null"]),
        ("a eq 'True'", &["a eq True"]),
        ("a eq 'IN'", &["a eq IN"]),
        ("a eq 'not'", &["a eq not"]),
        (
            r"u eq 'netskope.com\\johnd'",
            &[
                r"u eq netskope.com\\johnd",
                r"u eq netskope.com\johnd",
                r"u eq 'netskope.com\johnd'",
            ],
        ),
        (r"u like '10\\.'", &[r"u like '10\.'", r"u like 10\."]),
        (r"a eq 'it\'s'", &[r"a eq 'it\'s'", "a eq \"it's\""]),
        (r#"a eq 'say "x"'"#, &[r#"a eq "say \"x\"""#]),
        (r"a eq '\\\'\\'", &[r"a eq '\\\'\\'"]),
        ("a eq '007'", &["a eq 007"]),
        (
            "a eq '18446744073709551616'",
            &["a eq 18446744073709551616"],
        ),
        ("a eq '-0'", &["a eq -0"]),
        ("a eq '1e5'", &["a eq 1e5"]),
    ] {
        let tree = parse(canonical).expect(canonical);
        assert_eq!(tree.to_string(), canonical);
        for spelling in spellings {
            let same = parse(spelling).expect(spelling);
            assert_eq!(same, tree, "{spelling}");
            assert_eq!(same.to_string(), canonical, "{spelling}");
        }
    }
}

#[test]
fn spellings_are_kept() {
    let spelling = |text| match parse(text).expect(text).kind() {
        ExprKind::Compare { operator, .. }
        | ExprKind::List { operator, .. }
        | ExprKind::Range { operator, .. } => (
            operator.spelling(),
            text.get(operator.span.range()).expect("a place"),
        ),
        other => panic!("{other:?}"),
    };
    assert_eq!(spelling("a == 1"), ("==", "=="));
    assert_eq!(spelling("a NE 1"), ("ne", "NE"));
    assert_eq!(spelling("a not  in [1]"), ("not in", "not  in"));
    assert_eq!(spelling("a between [1, 2]"), ("between", "between"));
}
