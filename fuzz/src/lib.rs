#![doc = include_str!("../README.md")]
#![expect(
    clippy::missing_panics_doc,
    reason = "a panic is how libFuzzer is told"
)]

use netskope_query::{Diagnostic, Expr, Report, Span, highlight};

mod evaluate;
mod page;
mod schema;

pub use evaluate::evaluate;
pub use page::page;

/// Any text is a query or has mistakes, all of which stand in the text and can be shown.
pub fn parse(text: &str) {
    match netskope_query::parse(text) {
        Ok(expr) => within(text, expr.span()),
        Err(error) => {
            let diagnostics = error.diagnostics();
            assert!(!diagnostics.is_empty(), "no reason");
            assert!(
                diagnostics.is_sorted_by_key(|diagnostic| diagnostic.span.start()),
                "out of order"
            );
            for diagnostic in diagnostics {
                can_be_shown(text, diagnostic);
            }
            if let Some(fixed) = error.fixed(text) {
                read(&fixed);
            }
        }
    }
    let mut end = 0;
    for piece in highlight(text) {
        within(text, piece.span);
        assert!(end <= piece.span.start(), "pieces overlap");
        end = piece.span.end();
    }
}

/// What is printed, on one line or wrapped, is the query that it was printed from.
pub fn print_round_trip(text: &str) {
    let Ok(expr) = netskope_query::parse(text) else {
        return;
    };
    let line = expr.to_string();
    assert_eq!(read(&line), expr, "printed as {line}");
    assert_eq!(read(&line).to_string(), line, "not canonical");
    for width in [0, 20, 80] {
        let wrapped = expr.wrapped(width).to_string();
        assert_eq!(read(&wrapped), expr, "wrapped at {width} as {wrapped}");
    }
    let simple = netskope_query::simplify(expr);
    assert_eq!(read(&simple.to_string()), simple, "simplified to {simple}");
}

/// What a check finds stands in the text, can be shown, and its fixes leave a query.
pub fn check(text: &str) {
    let Ok(expr) = netskope_query::parse(text) else {
        return;
    };
    for diagnostic in netskope_query::check(&expr, &schema::SCHEMA) {
        can_be_shown(text, &diagnostic);
        if let Some(fix) = &diagnostic.fix {
            read(&fix.apply(text));
        }
    }
}

/// At every byte, even inside of a character, there is something to say about what may follow, or nothing.
pub fn complete(text: &str) {
    for cursor in 0..=text.len() {
        let completions = netskope_query::complete(text, cursor, &schema::SCHEMA);
        within(text, completions.replace);
    }
}

fn read(text: &str) -> Expr {
    match netskope_query::parse(text) {
        Ok(expr) => expr,
        Err(error) => panic!("no query: {text}: {error}"),
    }
}

fn within(text: &str, span: Span) {
    assert!(
        text.get(span.range()).is_some(),
        "{span:?} is no place in {text:?}"
    );
    let (chars, units) = (span.chars(text), span.utf16(text));
    assert!(
        chars.end() <= units.end() && units.end() <= span.end(),
        "{span:?} miscounted"
    );
}

fn can_be_shown(text: &str, diagnostic: &Diagnostic) {
    within(text, diagnostic.span);
    assert!(!Report::new(text, diagnostic).to_string().is_empty());
    if let Some(fix) = &diagnostic.fix {
        within(text, fix.span);
        assert_ne!(fix.apply(text), text, "a fix of nothing");
    }
}
