//! What people type by mistake, and what they read then.

use netskope_query::{ParseError, Report, Severity, parse};
use std::fmt::Write;

/// Topic and texts; each has a snapshot of its own.
const MISTAKES: &[(&str, &[&str])] = &[
    ("empty", &["", "  \n "]),
    (
        "parentheses",
        &[
            "(a eq 1",
            "((a eq 1) or b eq 2",
            "((a eq 1",
            "a eq 1)",
            ")",
            "()",
            "a eq (",
            "a eq 1 and (b eq 1 or c eq 2",
        ],
    ),
    (
        "quotes",
        &[
            "a eq 'b",
            "a eq \"San Jose",
            "a eq 'b and c eq 1",
            r"a eq 'C:\Users\'",
            "a eq 'b’",
            "`a",
            "a eq `b`",
            "a eq 'O'Brien'",
            "a eq O'Brien",
            "a eq O'Brien'",
            "a eq “x y”",
            "a eq ‘x’",
            "a eq “",
            "a eq “x y\"",
            "a in [“x y\", „z\"] and b eq ‘c'",
            "a eq “Justin’s Mac\" or b eq 1",
            "a eq “x\" y",
            "“a” eq 1",
            "a eq Justin’s",
            "'a' eq 5",
            "'a b' eq 5",
        ],
    ),
    (
        "operators",
        &[
            "a 'x'",
            "a x",
            "a equals x",
            "a is not x",
            "a contains x",
            "a foo x",
            "a =< 5",
            "a => 5",
            "a <> 5",
            "a === 5",
            "a =<> 5",
            "a not like x",
            "a not eq x",
            "a not x",
            "a !in [b]",
            "a !LIKE b",
            "a !gt 5",
            "a is in [b]",
            "a is not_in [b]",
            "a is not in [b]",
            "a is not like b",
            "a is in",
            "a [1]",
            "a[1]",
            "a[0] eq 1",
            "a[0].b eq x or a[].c.d = 2",
            "a['b'] eq 1",
            "a starts with x",
            "a not_like b",
            "a eq < 5",
            "a eq = 5",
            "a == == b",
        ],
    ),
    (
        "values",
        &[
            "a eq",
            "a eq and b eq 1",
            "(a eq) or b",
            "a eq or",
            "a eq (b)",
            "a eq [NAME]",
            "a eq [x, y]",
            "a eq <session ID>",
            "a eq Access Denied",
            "a eq Access Denied Now and b eq 1",
            "a eq Access Denied && b eq 1",
            "a eq Access Denied | b",
            "a eq Access Denied&&b",
            "a eq Research R&D or b",
            "a eq b c d eq 1",
            "a eq 50%",
            "a eq R&D",
            "a eq http://x/?a=1&b=2 and c",
            "a eq x or 'y'",
            "a eq x or 5",
            "a eq x or john@abc.com",
            "a=Mac,Windows",
            "(a neq 5, 'x y') and b eq 1",
            "a gt 5, 6",
        ],
    ),
    (
        "fields",
        &[
            "eq 5",
            "in eq 5",
            "true",
            "true eq 1",
            "5",
            "5 eq a",
            "50% eq a",
            ", a",
            "[a]",
            "a&b",
        ],
    ),
    (
        "colons",
        &[
            "os:Mac",
            "a.b:5 and not c:'x y' or (d: z)",
            "a eq 1 and b:null",
            "a:",
            "a:and",
            "a: eq 5",
            "a:b:c",
            "http://x.org/y",
            r"C:\Users",
            "1:2",
            "a eq NET24:1 or NET25:2",
        ],
    ),
    (
        "joints",
        &[
            "a eq 1 && b eq 2",
            "a eq 1||b eq 2",
            "!(a eq 1)",
            "a eq b c eq 1",
            "a eq 'x' b eq 1",
            "a b eq x",
            "a eq 'x' y",
            "a eq 1 (b eq 2)",
            "a eq 1 not b eq 2",
            "a eq 1 ]",
            "a eq 1,",
            "a gt 1and b eq 'x'",
            "not",
            "a eq 1 and",
            "and a eq 1",
            "a eq 1 or or b eq 2",
            "a eq 1 and and b eq 2",
            "a eq 1;",
            "a eq 'x' ;;",
            "(a in [b]);",
            "a eq Access Denied;",
            "a eq 50%;",
            "a eq ;",
            ";",
            "x\ny eq 1",
        ],
    ),
    (
        "lists",
        &[
            "a in b",
            "a in Mac, Windows",
            "a in Mac, 5 and b eq 1",
            "a in Mac, Windows 10",
            "a in ('a', 'b')",
            "a in (Mac, Windows)",
            "a in (Mac, Windows",
            "a in ()",
            "a between (1, 5)",
            "a in []",
            "a in [1,]",
            "a in [1 2]",
            "a in [1",
            "a in [1 or b eq 2",
            "a between 1 and 5",
            "a between [1]",
            "a between [1, 2, 3]",
            "a between [1, 2",
            "a between 30",
            "a between",
            "a between (1)",
            "a not_in x y",
            "count between [3]",
            "a from 3",
            "a from -1.5",
            "a from x",
            "a from 3 5",
            "a from 3, 5",
            "a from 3 to",
            "a from to 5",
        ],
    ),
    (
        "collected",
        // As documents and scripts have them.
        &[
            "compliance_standards.standard eq 'CSA-CCM-3.0.1')",
            "activity_status eq Access Denied",
            "alert_category eq Suspicious Access",
            "alert_query eq query string",
            "count gt 1and app eq 'Google Drive'",
            "dst_location = 'San Jose",
            "retro_scan_name eq Retro_Scan_onedrive_sumoskope_20180827' or'Retro_Scan_box_ENG51457TEST_20180827'",
            "to_object like Folder1 activity eq Edit and to_object like Folder1",
            "object like '[partial name]' OR user eq [name] and object like '[partial name]'",
            "user eq <useremailaddress.com>",
        ],
    ),
    (
        "several",
        &[
            "app equals ‘Google Drive’ && count => 5 and activity_status eq Access Denied",
            "(os eq Mac and (user eq and app in Box, Slack",
            "a in [1 or 2] and b between [1] || not c eq 'O'Brien'",
            "user eq 'ACME\\' and os eq Mac and",
            "app = = 'Box' and and user ~ 50% off)",
            "in eq 5 or eq 5 or 5 eq 5",
        ],
    ),
    (
        "invisible",
        &[
            "a\u{200b} eq 1",
            "a eq \u{7}",
            "a eq b\0c",
            "a eq '\u{1b}[31m",
        ],
    ),
];

#[test]
fn read_well() {
    for (topic, texts) in MISTAKES {
        let mut page = String::new();
        for text in *texts {
            let error = parse(text).expect_err(text);
            describe(&mut page, text, &error).expect("a string takes all");
        }
        insta::assert_snapshot!(*topic, page);
    }
}

/// The fix may be as long as what it replaces.
#[test]
fn are_told_in_few_words() {
    let long = "é".repeat(10_000);
    let words = "a ".repeat(10_000);
    for text in [
        format!("a eq {words}"),
        format!("a eq {long}&b"),
        format!("a eq {long}%"),
        format!("a eq `{long}`"),
        format!("a eq “{long}”"),
        format!("a eq x or '{long}'"),
        format!("'{long}' eq 5"),
        format!("{long} '{long}'"),
        format!("{long} [1]"),
        format!("a gt {}and b eq 1", "1".repeat(10_000)),
        format!("a eq '{long}"),
        format!("{long}%"),
        format!("{long}:{long}"),
    ] {
        let error = parse(&text).expect_err("a mistake");
        let report = Report::new(&text, &error.diagnostics()[0]).to_string();
        let longest = report.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(210), "{report}");
    }
}

fn describe(page: &mut String, text: &str, error: &ParseError) -> std::fmt::Result {
    let found = error.diagnostics();
    let others = match found.len() - 1 {
        0 => String::new(),
        others => format!(" (and {others} more)"),
    };
    assert_eq!(error.to_string(), format!("{}{others}", found[0].message));
    assert!(found.is_sorted_by_key(|diagnostic| diagnostic.span.start()));
    for diagnostic in found {
        assert_eq!(diagnostic.severity, Severity::Error);
        let place = text.get(diagnostic.span.range());
        assert!(place.is_some(), "{text}: {:?}", diagnostic.span);
        writeln!(page, "{}", Report::new(text, diagnostic))?;
        let (expected, found) = (&diagnostic.expected, &diagnostic.found);
        let (expected, found) = expected.zip(found.as_ref()).expect("both are told");
        writeln!(page, "expected {expected}, found {found}")?;
    }
    if let Some(fixed) = error.fixed(text) {
        assert!(parse(&fixed).is_ok(), "{text} fixed to {fixed}");
        writeln!(page, "fixed: {fixed}")?;
    }
    writeln!(page)
}
