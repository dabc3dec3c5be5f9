//! What helps to write copes with the longest texts.

use crate::completing::SCHEMA;
use crate::soon::soon;
use netskope_query::{MAX_DEPTH, MAX_LENGTH, complete, highlight, parse, simplify};

/// As often as it fits.
fn filled(piece: &str) -> String {
    piece.repeat(MAX_LENGTH / piece.len())
}

/// One condition, and more of them, each with a number of its own.
fn conditions(joint: &str, condition: impl Fn(usize) -> String) -> String {
    let conditions: Vec<_> = (0..4_000).map(condition).collect();
    conditions.join(joint)
}

/// As deep as can be, with much on each level.
fn nested(joints: [&str; 2]) -> String {
    let mut text = "a".to_owned();
    for level in 1..MAX_DEPTH {
        let conditions: Vec<_> = (0..30).map(|n| format!("a{n} eq {level}")).collect();
        let joint = joints[level % 2];
        text = format!("({text}){joint}{}", conditions.join(joint));
    }
    text
}

#[test]
fn half_written() {
    for text in [
        filled("a eq 'x' or "),
        filled("("),
        filled("'"),
        filled("a"),
        filled("host_info.os in [Mac,"),
        filled("`é\n"),
        filled("“ "),
        filled("a = b "),
        format!("a eq '{}", filled("x")),
        format!("host_info.os eq {}", filled("M")),
    ] {
        let pieces = soon(&format!("highlight {text}"), || highlight(&text));
        assert!(!pieces.is_empty());
        for cursor in [17, text.len()] {
            let found = soon(&format!("complete {text}"), || {
                complete(&text, cursor, &SCHEMA)
            });
            assert!(found.replace.start() <= cursor && found.items.len() < 20);
        }
    }
}

#[test]
fn whole() {
    for text in [
        conditions(" or ", |n| format!("a{n} eq {n}")),
        conditions(" or ", |n| format!("a eq {n}")),
        conditions(" and ", |n| format!("not not a{n}")),
        conditions(" or ", |n| format!("a and b{n}")),
        conditions(" and ", |n| format!("(a{n} or b{n})")),
        format!("a in [{}]", conditions(", ", |n| (n / 2).to_string())),
        nested([" and ", " or "]),
        format!("{}a", "not ".repeat(MAX_DEPTH)),
    ] {
        let tree = parse(&text).expect("within the limits");
        for width in [20, 20_000] {
            let wrapped = soon(&format!("wrap {text}"), || tree.wrapped(width).to_string());
            // Blanks count too.
            if wrapped.len() <= MAX_LENGTH {
                assert!(parse(&wrapped).is_ok_and(|again| again == tree));
            }
        }
        let shown = tree.to_string();
        let simple = soon(&format!("simplify {text}"), || simplify(tree));
        assert!(simple.to_string().len() <= shown.len());
    }
}
