//! The plain form of a diagnostic.

use netskope_query::{Diagnostic, Report, Severity, Span, parse};
use unicode_width::UnicodeWidthStr;

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
fn lines_end_as_editors_have_it() {
    for end in ["\n", "\r\n", "\r"] {
        let report = report(&format!("a eq 1{end}and b eqq 2{end}or c eq 3"));
        assert!(report.starts_with("error at 2:7: "), "{report}");
        assert!(
            report.contains("\n  and b eqq 2\n        ^^^\n"),
            "{report}"
        );
    }
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

/// Each with a mistake at `eqq`, behind what takes more or less than one column.
const WIDE: &[&str] = &[
    "name eq '東京-端末' or name eqq 1",
    "name eq 'ﾉｰﾄ' and `사무실` eqq 1",
    "name eq '💻😀' or name eqq 1",
    "name eq '👨\u{200d}👩\u{200d}👧' or name eqq 1",
    "name eq '🇩🇪🇯🇵' or name eqq 1",
    "name eq '👍🏽 ❤\u{fe0f}' or name eqq 1",
    "name eq 'cafe\u{301} ñ n\u{303}' or name eqq 1",
    "name eq 'किताब' or name eqq 1",
    "name eq 'ไม่มี' or name eqq 1",
    "\tname\teq\t1\tor name eqq 1",
    "a eq 1\n  or 東京 eq 2 and name eqq 1\nor b eq 3",
    "name eq '\u{202e}\u{7}' or name eqq 1",
];

#[test]
fn marks_stand_right_under_all_widths() {
    let mut page = String::new();
    for text in WIDE {
        let report = report(text);
        let [_, line, marks, ..] = report.lines().collect::<Vec<_>>()[..] else {
            panic!("{report}")
        };
        let (before, _) = line.split_once("eqq").expect("the mistake is shown");
        assert_eq!(marks.trim_start(), "^^^", "{report}");
        assert_eq!(marks.find('^'), Some(before.width()), "{report}");
        page += &report;
        page += "\n\n";
    }
    insta::assert_snapshot!(page);
}

#[test]
fn lines_are_cut_by_columns() {
    for filler in ["東", "💻", "e\u{301}", "\t", "x", "\u{301}"] {
        let filler = filler.repeat(500);
        let report = report(&format!("`{filler}` eq 1 or b eqq '{filler}'"));
        let [_, line, marks, ..] = report.lines().collect::<Vec<_>>()[..] else {
            panic!("{report}")
        };
        assert!(line.width() <= 102, "{} columns\n{report}", line.width());
        assert!(line.len() < 600, "{} bytes", line.len());
        let (before, _) = line.split_once("eqq").expect("the mistake is shown");
        assert_eq!(marks.find('^'), Some(before.width()), "{report}");
    }
}

#[test]
fn marks_reach_as_far_as_the_place() {
    let text = "名前 eq '東京'\nor b eq 'é'";
    let reports: Vec<String> = [
        (0, 6),
        (7, 9),
        (10, 18),
        (0, 3),
        (10, 99),
        (1, 2),
        (31, 31),
        (40, 50),
    ]
    .map(|(start, end)| noted(start, end))
    .iter()
    .map(|diagnostic| Report::new(text, diagnostic).to_string())
    .collect();
    insta::assert_snapshot!(reports.join("\n\n"));
}

#[test]
fn several_are_shown_one_after_the_other() {
    let text = "名前 eq '東京'\nor b eq 'é'";
    let found = [noted(0, 6), noted(22, 23)];
    insta::assert_snapshot!(Report::all(text, &found), @r"
    note at 1:1: bytes 0 to 6
      名前 eq '東京'
      ^^^^

    note at 2:4: bytes 22 to 23
      or b eq 'é'
         ^
    ");
    assert_eq!(Report::all(text, &[]).to_string(), "");
}

fn noted(start: usize, end: usize) -> Diagnostic {
    let message = format!("bytes {start} to {end}");
    Diagnostic::new(Severity::Note, Span::new(start, end), message)
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
