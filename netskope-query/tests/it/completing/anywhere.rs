//! Every item at every cursor.

use super::{SCHEMA, take};
use crate::corpus::corpus;
use crate::highlighting::words;
use netskope_query::{Completion, CompletionKind, TokenClass, complete, highlight, parse};
use proptest::prelude::*;

/// Valid queries of every form, besides those of the corpus.
const QUERIES: &[&str] = &[
    "host_info",
    "a eq 1",
    "not a = 'x y' and (b != \"it's\" or not (c))",
    "host_info.os in ['Mac', Windows, 1.5] or last_event.status not in [0]",
    "username from a to 'b c' and last_event.timestamp between [1, 2]",
    r"a like '10\.' and `in` startswith 'it\'s' or é ~ ü",
    "((a)and(b))or\tc\n eq\u{a0}d",
];

/// What can follow an item so that the text so far becomes a query.
fn ends(item: &Completion) -> &'static [&'static str] {
    match (item.kind, item.label.as_str()) {
        (CompletionKind::Field, _) | (_, ")" | "]") => &[""],
        (CompletionKind::Operator, "in" | "not_in") => &[" [1]"],
        (CompletionKind::Operator, "from") => &[" 1 to 2"],
        (CompletionKind::Operator, _) => &[" 1"],
        (CompletionKind::Value, _) => &["", "]", ",1]", " to 1"],
        (_, "[") => &["1]", "1, 2]"],
        (_, "," | "to") => &[" 1]", " 1"],
        (_, "and" | "or" | "not") => &[" a"],
        (_, "(") => &["a)"],
        other => panic!("{other:?}"),
    }
}

fn can_become_a_query(start: &str, item: &Completion) -> bool {
    ends(item)
        .iter()
        .any(|end| (0..3).any(|open| parse(&format!("{start}{end}{}", ")".repeat(open))).is_ok()))
}

#[test]
fn whatever_is_taken_anywhere_in_a_query_its_start_stays_valid() {
    let corpus = corpus().unwrap_or_default();
    let real = corpus.lines().filter_map(|line| line.split('\t').next());
    let mut tried = 0;
    for query in QUERIES.iter().copied().chain(real) {
        if query.len() > 300 || parse(query).is_err() {
            continue;
        }
        for cursor in 0..query.len() + 2 {
            let completions = complete(query, cursor, &SCHEMA);
            for item in &completions.items {
                let (taken, end) = take(query, &completions, item);
                let start = taken.get(..end).expect("whole characters");
                assert!(
                    can_become_a_query(start, item),
                    "{query} at {cursor}: {start}"
                );
                tried += 1;
            }
        }
    }
    // A test that tries little proves nothing; without the corpus there is less to try.
    let least = if corpus.is_empty() { 500 } else { 5_000 };
    assert!(tried > least, "{tried}");
}

fn errors(text: &str) -> usize {
    let pieces = highlight(text).into_iter();
    pieces
        .filter(|piece| piece.class == TokenClass::Error)
        .count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Wherever the cursor is, in whatever text.
    #[test]
    fn nothing_taken_is_an_error(text in prop_oneof![words(), "\\PC{0,20}"], cursor in 0..60_usize) {
        let completions = complete(&text, cursor, &SCHEMA);
        let cursor = cursor.min(text.len());
        let (start, end) = (completions.replace.start(), completions.replace.end());
        prop_assert!(start <= cursor && (cursor <= end || !text.is_char_boundary(cursor)));
        let before = text.get(..start).expect("whole characters");
        for item in &completions.items {
            let (taken, end) = take(&text, &completions, item);
            let after = taken.get(..end).expect("whole characters");
            prop_assert!(errors(after) <= errors(before), "{before} became {after}");
        }
    }
}
