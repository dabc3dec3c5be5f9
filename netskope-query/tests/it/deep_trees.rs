//! Trees that a program nests deeper than any text can be.

use netskope_query::{Expr, MAX_DEPTH, Schema, check, field, parse, simplify};
use std::panic::catch_unwind;

/// As the documentation of `Expr` says.
const DEEPEST: usize = 258;

/// A condition under so many levels of `not`.
fn negated(levels: usize) -> Expr {
    (0..levels).fold(field("a").eq(1), |tree, _| !tree)
}

/// A condition under so many levels of `and` and `or` in turn.
fn alternating(levels: usize) -> Expr {
    (0..levels).fold(field("a").eq(1), |tree, level| {
        let more = field("b").eq(i64::try_from(level).expect("small"));
        if level % 2 == 0 {
            tree.and(more)
        } else {
            tree.or(more)
        }
    })
}

#[test]
fn the_deepest_fit_on_a_stack() {
    for tree in [negated(DEEPEST), alternating(DEEPEST)] {
        assert_eq!(tree.clone(), tree);
        assert!(format!("{tree:?}").len() > DEEPEST);
        let again = parse(&tree.to_string());
        assert!(again.is_err() || again == Ok(tree.clone()));
        assert!(tree.wrapped(20).to_string().lines().count() <= 2_000);
        assert_eq!(check(&tree, &Schema::EMPTY), []);
        #[cfg(feature = "serde")]
        assert!(serde_json::to_string(&tree).is_ok_and(|json| json.len() > DEEPEST));
        #[cfg(feature = "eval")]
        {
            use netskope_query::{Dialect, Filter};
            let record = serde_json::json!({"a": 1});
            if let Ok(filter) = Filter::compile(&tree, Dialect::SkopeIt, &Schema::EMPTY) {
                filter.matches(&record);
            }
        }
        assert!(simplify(tree).to_string().len() > "a eq 1".len() - 1);
    }
}

#[test]
fn deeper_ones_are_not_built() {
    for build in [negated, alternating] {
        assert!(catch_unwind(|| build(DEEPEST + 1)).is_err());
        assert!(catch_unwind(|| build(100_000)).is_err());
    }
}

#[test]
fn what_only_looks_deep_is_built() {
    let pair = || field("a").eq(1).and(field("b").eq(2));
    let long = (0..10_000).fold(pair(), |tree, _| tree.and(pair()));
    let text = long.to_string();
    let again = parse(&text).expect("a long chain");
    assert_eq!(again, long);
    assert_eq!(simplify(long), pair());
}

#[test]
fn all_that_a_text_can_nest_is_within_the_bound() {
    let level = "a or b and (";
    let text = format!(
        "{}a or b and c{}",
        level.repeat(MAX_DEPTH),
        ")".repeat(MAX_DEPTH)
    );
    let tree = parse(&text).expect("a query");
    assert!(tree.to_string().contains(level));
    assert!(catch_unwind(|| !tree).is_err(), "and nothing is to spare");
}
