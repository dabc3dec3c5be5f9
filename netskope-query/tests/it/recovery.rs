//! Several mistakes in one text.

use crate::soon::soon;
use crate::words::WORDS;
use netskope_query::{Diagnostic, parse};
use proptest::prelude::*;

/// Well-formed conditions.
const WHOLE: &[&str] = &[
    "a eq 1",
    "a",
    "host_info.os in ['Mac (x)', \"or\"]",
    "t from 1 to 2",
    "t between [1, 2]",
    "not a eq 'x'",
    "(a eq 1 or not (b like 'it\\'s'))",
    "u eq netskope.com\\\\johnd",
    "`in` not in [1, 2, 3]",
];

/// A condition with one mistake, the piece at which it is told, and whether it has a fix.
const BROKEN: &[(&str, &str, bool)] = &[
    ("a 'x'", "'x'", false),
    ("a eq", "eq", false),
    ("a eq (b)", "(", false),
    ("a eq (b and c)", "(", false),
    ("a eq <session ID>", "<session ID>", false),
    ("a eq [NAME]", "[NAME]", false),
    ("a eq < 5", "eq <", false),
    ("a foo x", "foo", false),
    ("a in []", "[]", false),
    ("a in [1 2]", "2", true),
    ("a in ['x' 'y']", "'y'", true),
    ("a in [x y or 3]", "y", false),
    ("a between [1]", "[1]", false),
    ("a from 1", "1", false),
    ("a 5 eq 6", "5", false),
    ("eq 5", "eq", false),
    ("5 eq b", "5", false),
    ("not", "not", false),
    ("()", "()", false),
    ("a eq 'x' 5", "5", false),
    ("a eq 1, 2", "eq", false),
    ("a b eq x", "b", false),
    ("(a eq 1) b eq x", "b", false),
    ("a eq \u{7}", "\u{7}", false),
    ("a =< 5", "=<", true),
    ("a equals 5", "equals", true),
    ("a is not 5", "is not", true),
    ("a eq 1 && b eq 1", "&&", true),
    ("a eq 1||b", "||", true),
    ("!(a eq 1)", "!", true),
    ("in eq 5", "in", true),
    ("'a' eq 5", "'a'", true),
    ("a eq “x y”", "“x y”", true),
    ("a eq Justin’s Mac", "’", true),
    ("a eq 'O'Brien'", "Brien", true),
    ("a eq 'C:\\' and c eq 'x'", "\\'", true),
    ("a eq Access Denied", "Access Denied", true),
    ("a eq Sign In Failed", "Sign In Failed", true),
    ("a eq R&D Team", "&", true),
    ("a eq 50% off", "%", true),
    ("a gt 1and b eq 2", "1and", true),
    ("a in x, y", "x", true),
    ("a in ('x', 'y')", "(", true),
    ("a in [x or y]", "or", true),
    ("a in [1,]", ",", true),
    ("a between 1 and 5", "1", true),
    ("a from 1 and 5", "1", true),
    ("a eq = 5", "eq =", true),
    ("a > = 5", "> =", true),
    ("a eq `b`", "`b`", true),
    ("a eq x or 5", "5", true),
    ("a !in [b]", "!in", true),
    ("a is not_in [b]", "is", true),
    ("a from 1 5", "1", true),
    ("a in (x, 5)", "(", true),
    ("a eq “x y\"", "“x y\"", true),
];

fn places<'a>(text: &'a str, found: &[Diagnostic]) -> Vec<(usize, &'a str)> {
    let place = |found: &Diagnostic| {
        let piece = text
            .get(found.span.range())
            .expect("a span within the text");
        (found.span.start(), piece)
    };
    found.iter().map(place).collect()
}

/// Conditions with joints between them, the broken ones among them, some in parentheses.
fn texts() -> impl Strategy<Value = Vec<(usize, bool, bool)>> {
    let one = (0..WHOLE.len() + BROKEN.len(), any::<bool>(), any::<bool>());
    prop::collection::vec(one, 1..=10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn each_mistake_is_told_once(pieces in texts()) {
        let (mut text, mut expected, mut fixable) = (String::new(), Vec::new(), true);
        for (index, grouped, either) in pieces {
            if !text.is_empty() {
                text.push_str(if either { " or " } else { " and " });
            }
            text.push_str(if grouped { "not (" } else { "" });
            match index.checked_sub(WHOLE.len()) {
                None => text.push_str(WHOLE[index]),
                Some(index) => {
                    let (broken, place, fix) = BROKEN[index];
                    let at = broken.find(place).expect("a piece of it");
                    expected.push((text.len() + at, place));
                    fixable &= fix;
                    text.push_str(broken);
                }
            }
            text.push_str(if grouped { ")" } else { "" });
        }
        let Err(error) = parse(&text) else {
            prop_assert!(expected.is_empty(), "{text}");
            return Ok(());
        };
        prop_assert_eq!(places(&text, error.diagnostics()), expected, "{}", text);
        match error.fixed(&text) {
            Some(fixed) => prop_assert!(parse(&fixed).is_ok(), "{} fixed to {}", text, fixed),
            None => prop_assert!(!fixable, "{text}"),
        }
    }

    #[test]
    fn whatever_stands_there(words in prop::collection::vec(prop::sample::select(WORDS), 0..16), gap in " ?") {
        let text = words.join(&gap);
        let Err(error) = parse(&text) else { return Ok(()) };
        let found = error.diagnostics();
        prop_assert!((1..=11).contains(&found.len()));
        let told = &found[..found.len().min(10)];
        prop_assert!(found.is_sorted_by_key(|found| found.span.start()), "{}", text);
        for (index, one) in told.iter().enumerate() {
            prop_assert!(text.get(one.span.range()).is_some(), "{} {:?}", text, one);
            prop_assert!(!told[..index].contains(one), "{} tells twice {:?}", text, one);
        }
        if let Some(fixed) = error.fixed(&text) {
            prop_assert!(parse(&fixed).is_ok(), "{} fixed to {}", text, fixed);
        }
    }
}

#[test]
fn the_rest_of_many_is_told_at_once() {
    let text = ["a ="; 30].join(" or ");
    let error = parse(&text).unwrap_err();
    let found = error.diagnostics();
    assert_eq!(found.len(), 11);
    assert_eq!(found[9].message, "missing value after `=`");
    assert_eq!(found[10].message, "there are more mistakes, from here on");
    assert_eq!(found[10].span.start(), 2 + 10 * "a = or ".len());
    assert_eq!(error.fixed(&text), None);
    assert_eq!(
        parse(&["a ="; 10].join(" or "))
            .unwrap_err()
            .diagnostics()
            .len(),
        10
    );
}

#[test]
fn the_rest_is_told_last() {
    let text = format!("({}", ["a ="; 10].join(" or "));
    let error = parse(&text).unwrap_err();
    let [.., last, more] = error.diagnostics() else {
        panic!("one mistake")
    };
    assert_eq!(more.message, "there are more mistakes, from here on");
    assert_eq!(more.span, last.span);
}

/// A text is read once for each mistake that is told, and no more.
#[test]
fn long_texts_are_told_soon() {
    for piece in [
        "a = or ",
        "(",
        "a eq (",
        "a in [",
        "[",
        ") ",
        "a b ",
        "a eq 'x'y",
        "a & ",
        "“",
        "'a' ",
        "a eq R&D x ",
        "not ",
        "a eq 1 a eq 2 ",
        "! ",
        "a in (1, ",
        "x eq '\\' ",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        assert!(soon(piece, || parse(&text)).is_err());
    }
}
