//! Regular expressions in the dialect that has them.

use netskope_query::{CompileError, Dialect, Filter, Schema, parse};
use serde_json::json;

fn matches(query: &str, text: &str) -> Result<bool, CompileError> {
    let query = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let filter = Filter::compile(&query, Dialect::SkopeItRegex, &Schema::EMPTY)?;
    Ok(filter.matches(&json!({"f": text, "n": 1050})))
}

#[test]
fn documented_examples() {
    for (query, text, expected) in [
        (r"f like '10\.'", "10.0.0.7", true),
        (r"f like '10\.'", "1011", false),
        (r"f notlike '10\.'", "1011", true),
        (
            r"f like '172\.16\.' or f like '192\.168\.'",
            "at 192.168.0.1",
            true,
        ),
        ("f ~ 'netskope(?i)'", "Our NetSkope", true),
        ("f ~ 'netskope'", "Our NetSkope", false),
        ("f ~ '.pptx(?i)'", "Plan.PPTX", true),
        ("f ~ '.pptx(?i)'", "pptx", false),
        ("f ~ 'a|b(?i)'", "A", true),
        ("f ~ '^$'", "", true),
        ("missing ~ '^$'", "", true),
        ("n ~ '^10'", "", true),
        ("f ~ 'straße(?i)'", "STRAẞE", true),
    ] {
        assert_eq!(matches(query, text), Ok(expected), "{query} on {text}");
    }
}

#[test]
fn all_else_is_as_in_skope_it() {
    assert_eq!(matches("f eq 'a.c'", "abc"), Ok(false));
    assert_eq!(matches("f startswith '.'", "abc"), Ok(false));
    assert_eq!(matches("f eq A", "a"), Ok(false));
}

#[test]
fn a_wrong_pattern_is_an_error_at_its_place() {
    for (pattern, message) in [
        ("a(b", "no regular expression: unclosed group"),
        (
            "*a",
            "no regular expression: repetition operator missing expression",
        ),
        (
            r"\p{Klingon}",
            "no regular expression: Unicode property not found",
        ),
        (
            "((a{100}){100}){100}",
            "the regular expression is too large",
        ),
    ] {
        let query = format!("f eq x or not f like '{pattern}'");
        let error = matches(&query, "").unwrap_err();
        assert_eq!(error.to_string(), message);
        let place = query.get(error.span().range());
        assert_eq!(place, Some(&*format!("'{pattern}'")));
    }
}

#[test]
fn the_other_dialects_take_no_regular_expressions() {
    let query = parse("f like 'a(b'").expect("a query");
    for dialect in [Dialect::SkopeIt, Dialect::Jql] {
        let filter = Filter::compile(&query, dialect, &Schema::EMPTY).expect("runs");
        assert!(filter.matches(&json!({"f": "a(b"})), "{dialect:?}");
    }
}
