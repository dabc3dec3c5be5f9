//! Queries over several lines.

use std::fmt::Write;

use crate::corpus::corpus;
use crate::round_trip::tree;
use netskope_query::{Expr, field, parse};
use proptest::prelude::*;

const QUERIES: &[&str] = &[
    "host_info.hostname eq 'a name that is longer than any of the widths'",
    "a eq 1 and b eq 2",
    "os eq 'Mac' or os eq 'iOS' and not status in [0, 1] or not not (a and b)",
    "(ccl eq medium or ccl eq low or ccl eq poor) and appcategory = 'Cloud Storage'",
    "not (not (a or b) and not c in [1, 22, 333, 4444, 55555, 666666, 7777777])",
    "((a eq 1 or b eq 2) and (c eq 3 or d from 4 to 5)) or user in ['ä@ö.de', 'é']",
];

#[test]
fn widths() {
    let mut page = String::new();
    for query in QUERIES {
        let tree = parse(query).expect(query);
        for width in [60, 30, 16] {
            let rule = "-".repeat(width);
            writeln!(page, "{rule}\n{}", tree.wrapped(width)).expect("memory");
        }
    }
    insta::assert_snapshot!(page);
}

fn holds_at(tree: &Expr, width: usize) {
    let text = tree.wrapped(width).to_string();
    let again = parse(&text).expect(&text);
    assert_eq!(&again, tree, "{text}");
    assert_eq!(again.wrapped(width).to_string(), text);
    let line = tree.to_string();
    if line.chars().count() <= width {
        assert_eq!(text, line);
    }
    if !line.contains('\n') {
        for line in text.lines() {
            assert_eq!(line, line.trim_end());
            assert!(
                line.chars().count() <= width || is_whole(line),
                "{width}: {line}\n{text}"
            );
        }
    }
}

/// Whether the line holds nothing that could stand on a line of its own.
fn is_whole(line: &str) -> bool {
    let line = line.trim_start();
    let mut line = line
        .strip_prefix("and ")
        .or_else(|| line.strip_prefix("or "))
        .unwrap_or(line);
    while let Some(rest) = line.strip_prefix("not ") {
        line = rest;
    }
    // A value of a list, or the start of a list, or one condition.
    let list = format!("a in [{}]", line.trim_end_matches(','));
    line == "(" || line == ")" || line == "]" || one_value(&list) || one_condition(line)
}

fn one_value(list: &str) -> bool {
    use netskope_query::ExprKind::List;
    parse(list).is_ok_and(|list| matches!(list.kind(), List { values, .. } if values.len() == 1))
}

fn one_condition(line: &str) -> bool {
    use netskope_query::ExprKind::{And, List, Not, Or};
    let opened = line.strip_suffix('[').map(|start| format!("{start}[1]"));
    match parse(opened.as_deref().unwrap_or(line)) {
        Ok(tree) => {
            opened.is_some() || !matches!(tree.kind(), And(_) | Or(_) | Not(_) | List { .. })
        }
        Err(_) => false,
    }
}

#[test]
fn the_corpus_at_each_width() {
    let corpus = corpus().unwrap_or_default();
    let real = corpus.lines().filter_map(|line| line.split('\t').next());
    for query in QUERIES.iter().copied().chain(real) {
        if let Ok(tree) = parse(query) {
            for width in [0, 10, 20, 40, 80, 120, usize::MAX] {
                holds_at(&tree, width);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_tree_at_any_width(tree in tree(), width in 0..100_usize) {
        holds_at(&tree, width);
    }
}

#[test]
fn a_line_is_full_to_its_last_character() {
    let tree = field("a").eq(1).and(field("b").eq(2));
    assert_eq!(tree.wrapped(17).to_string(), "a eq 1 and b eq 2");
    assert_eq!(tree.wrapped(16).to_string(), "a eq 1\nand b eq 2");
    let list = field("a").is_in(10, [20, 30]);
    assert_eq!(list.wrapped(9).to_string(), "a in [\n  10, 20,\n  30\n]");
    assert_eq!(list.wrapped(10).to_string(), "a in [\n  10, 20,\n  30\n]");
    assert_eq!(list.wrapped(12).to_string(), "a in [\n  10, 20, 30\n]");
}
