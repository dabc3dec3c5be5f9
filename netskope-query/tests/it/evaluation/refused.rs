//! Texts that are no JSON are refused, as they are by another reader of JSON.

use super::SCHEMA;
use super::agreement::{odd_text, record};
use netskope_query::{Dialect, Filter, parse};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

/// What a slip of a key may put into a text, and what may end it.
const SLIPS: &[&str] = &[
    "", "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud834", "\u{1}", "\n", " ", "-", ".",
    "e", "0", "null", "true", "fals", "é",
];

fn filter() -> Filter<'static, Value> {
    let query = parse("a.b eq 1 or username eq a").expect("right");
    Filter::compile(&query, Dialect::SkopeIt, &SCHEMA).expect("runs")
}

fn is_refused(text: &str) -> bool {
    filter().matches_text(text).is_err()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn texts_with_a_slip(record in record(), is_odd: bool, at: Index, taken in 0..3_usize, slip in select(SLIPS)) {
        let mut text = record.to_string();
        if is_odd {
            text.clear();
            odd_text(&record, &mut text);
        }
        let mut chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        chars.splice(at..chars.len().min(at + taken), slip.chars());
        let text: String = chars.into_iter().collect();
        let read: Result<Value, _> = serde_json::from_str(&text);
        // There a number beyond the range of floating-point numbers is none.
        if !matches!(&read, Err(error) if error.to_string().starts_with("number out of range")) {
            prop_assert_eq!(is_refused(&text), read.is_err(), "{}", text);
        }
    }
}

#[test]
fn deep_texts() {
    for (start, end) in [
        ("", ""),
        ("{\"a\":", "}"),
        ("{\"other\":", "}"),
        ("[{\"c\":", "}]"),
    ] {
        for (open, close) in [("[", "]"), ("{\"b\":[", "]}"), ("{\"c\":", "}")] {
            for levels in 60..130 {
                let inner = ["[]", "1"][levels % 2];
                let text = [
                    start,
                    &open.repeat(levels),
                    inner,
                    &close.repeat(levels),
                    end,
                ]
                .concat();
                let read: Result<Value, _> = serde_json::from_str(&text);
                assert_eq!(is_refused(&text), read.is_err(), "{text}");
            }
        }
    }
}
