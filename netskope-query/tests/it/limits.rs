//! Long and deep texts end in an answer, never in a crash.

use crate::soon::soon;
use netskope_query::{
    Field, Kind, MAX_DEPTH, MAX_LENGTH, ParseError, Report, Schema, Span, check, field, parse,
};

fn refused(text: &str) -> (String, Span) {
    let error: ParseError = parse(text).expect_err("too much");
    let first = &error.diagnostics()[0];
    (first.message.clone(), first.span)
}

#[test]
fn nesting_is_bounded() {
    let nested = |levels| format!("{}a{}", "(".repeat(levels), ")".repeat(levels));
    assert!(parse(&nested(MAX_DEPTH)).is_ok());
    let too_deep = (
        "the query is nested more than 128 levels deep here".to_owned(),
        Span::new(128, 129),
    );
    assert_eq!(refused(&nested(MAX_DEPTH + 1)), too_deep);
    assert_eq!(refused(&nested(10_000)), too_deep);
    assert_eq!(refused(&"(".repeat(10_000)), too_deep);
}

#[test]
fn so_is_negation() {
    let negated = |levels| format!("{}a", "not ".repeat(levels));
    assert!(parse(&negated(MAX_DEPTH)).is_ok());
    let (message, span) = refused(&negated(10_000));
    assert_eq!(
        message,
        "the query is nested more than 128 levels deep here"
    );
    assert_eq!(span, Span::new(4 * MAX_DEPTH, 4 * MAX_DEPTH + 3));
}

#[test]
fn both_count_together() {
    let mixed = |levels| format!("{}a{}", "not (".repeat(levels), ")".repeat(levels));
    assert!(parse(&mixed(MAX_DEPTH / 2)).is_ok());
    assert!(parse(&mixed(MAX_DEPTH / 2 + 1)).is_err());
}

/// A thread has two megabytes in tests; a browser gives WASM one.
#[test]
fn depth_needs_little_stack() {
    let text = format!(
        "{}a eq 1{}",
        "not (b or ".repeat(MAX_DEPTH / 2),
        ")".repeat(MAX_DEPTH / 2)
    );
    let small = std::thread::Builder::new().stack_size(400 << 10);
    let run = small.spawn(move || parse(&text).expect("within the limit").to_string());
    let printed = run.expect("a thread").join().expect("no overflow");
    assert!(parse(&printed).is_ok());
}

#[test]
fn length_is_bounded() {
    let fits = format!("a eq '{}'", "x".repeat(MAX_LENGTH - 7));
    assert!(parse(&fits).is_ok());
    let (message, span) = refused(&format!("{fits} "));
    assert_eq!(
        message,
        "the query is 262145 bytes long, and 262144 is the limit"
    );
    assert_eq!(span, Span::new(MAX_LENGTH, MAX_LENGTH + 1));
    assert_eq!(
        refused(&"é".repeat(500_000)).1,
        Span::new(MAX_LENGTH, 1_000_000)
    );
}

#[test]
fn chains_may_be_long() {
    let text = vec!["a eq 1"; 20_000].join(" or ");
    let tree = parse(&text).expect("a long chain");
    assert_eq!(tree.paths().len(), 20_000);
    assert_eq!(tree.to_string(), text);
    let built = (1..20_000).fold(field("a").eq(1), |chain, _| chain.or(field("a").eq(1)));
    assert_eq!(built, tree);
}

#[test]
fn many_pieces_of_one_kind() {
    for piece in [
        "'", "\"", "`", "\\", "(", ")", "[", "=", "!", "“", "%", "a ", "not ", "and ", "a,", "é",
        "<", "a'",
    ] {
        let text = piece.repeat(MAX_LENGTH / piece.len());
        drop(parse(&text));
        drop(parse(&format!("a eq {}", piece.repeat(300))));
    }
}

const SCHEMA: Schema<'static> = Schema {
    // As many as a device has: what is done for each name is done with each of them.
    fields: &[Field::new("host_info.hostname", Kind::Text); 40],
    aliases: &[("last_events", "last_event")],
    bare_words: &[(None, "host_info.hostname")],
    ..Schema::EMPTY
};

/// As many conditions as fit.
fn filled(joint: &str, condition: impl Fn(usize) -> String) -> String {
    let mut text = condition(0);
    for index in 1.. {
        let more = condition(index);
        if text.len() + joint.len() + more.len() > MAX_LENGTH {
            break;
        }
        text.extend([joint, &more]);
    }
    text
}

#[test]
fn so_is_what_is_said_of_them() {
    for (text, warnings) in [
        (filled(" or ", |index| format!("f{index}")), 11),
        (filled("\nor ", |index| format!("f{index} eq 1")), 11),
        (filled(" or ", |index| format!("last_events.a{index}")), 11),
        (filled(" or ", |_| "zz".into()), 1),
        (filled(" or ", |_| "host_info.hostname".into()), 0),
        (filled(" and ", |index| "a".repeat(20_000 + index)), 11),
        ("a".repeat(MAX_LENGTH), 1),
        (format!("`{}`", "é\n".repeat(MAX_LENGTH / 4)), 1),
    ] {
        let tree = parse(&text).expect("within the limits");
        let reports = soon(&text, || {
            let found = check(&tree, &SCHEMA);
            let reports = found
                .iter()
                .map(|found| Report::new(&text, found).to_string());
            reports.collect::<Vec<_>>()
        });
        assert_eq!(reports.len(), warnings);
        for report in reports {
            assert!(report.len() < 1_000, "{report}");
        }
    }
}

#[test]
fn a_cut_list_says_so() {
    let names = [
        "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b1", "b2", "b3",
    ];
    let text = names.join(" or ");
    let found = check(&parse(&text).expect("a query"), &SCHEMA);
    let last = found.last().expect("a warning");
    assert_eq!(found.len(), 11);
    assert_eq!(text.get(last.span.range()), Some("b2"));
    assert_eq!(last.message, "there are more unknown fields, from here on");
}
