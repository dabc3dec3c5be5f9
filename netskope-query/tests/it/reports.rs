//! The plain form of a diagnostic.

use netskope_query::{Report, parse};

fn report(text: &str) -> String {
    let error = parse(text).expect_err(text);
    Report::new(text, &error.diagnostics()[0]).to_string()
}

#[test]
fn shows_the_line_of_several() {
    insta::assert_snapshot!(report("a eq 1\n\tand b eqq 2\r\nor c eq 3"), @r"
    error at 2:8: `eqq` is not an operator
       and b eqq 2
             ^^^
    help: operators are eq, neq, gt, gte, lt, lte, like, notlike, in, not_in, startswith and from .. to
    ");
}

#[test]
fn marks_what_is_on_the_line() {
    insta::assert_snapshot!(report("a eq 'b\nc"), @r"
    error at 1:6: this quote is never closed
      a eq 'b
           ^^
    help: write ' where it ends
    ");
}

#[test]
fn cuts_long_lines_on_both_sides() {
    let names = vec!["name eq 'x'"; 30].join(" or ");
    insta::assert_snapshot!(report(&format!("{names} or name equals é or {names}")));
}

#[test]
fn cuts_long_marks() {
    insta::assert_snapshot!(report(&format!("a eq '{}", "é".repeat(5_000))));
}

#[test]
fn shows_nothing_a_terminal_obeys() {
    let report = report("a eq 1 \u{1b}[31m\u{7}\u{202e} 'x");
    assert!(
        report
            .chars()
            .all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'),
        "{report:?}"
    );
}

#[test]
fn nothing_that_turns_text_around_reaches_a_terminal() {
    for mark in [
        '\u{61c}', '\u{200e}', '\u{2028}', '\u{202e}', '\u{2066}', '\u{1b}',
    ] {
        let text = format!("a eq '{mark}x");
        let error = parse(&text).unwrap_err();
        for found in error.diagnostics() {
            let shown = Report::new(&text, found).to_string();
            assert!(!shown.contains(mark), "{shown:?}");
        }
    }
}
