//! `nskope query` where it depends on what is around it: standard input, colours, and text that would steer a terminal.

use crate::{
    command::{nskope, run, temporary},
    filter::given,
};
use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

/// What standard output and standard error hold with colours forced on.
fn coloured(command: &mut Command) -> String {
    let command = command.env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1");
    let (_, stdout, stderr) = run(command);
    stdout + &stderr
}

/// Without the sequences that colours are made of.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let (style, rest) = part.split_once('m').unwrap();
        assert!(
            style.chars().all(|c| c.is_ascii_digit() || c == ';'),
            "{style:?}"
        );
        plain.push_str(rest);
    }
    plain
}

const EVIL: &str = "os eq 'a\u{1b}]0;b\u{7}\u{9b}2J\u{202e}c' && \u{200b}d\u{feff} &&";

#[test]
fn colours_are_the_only_escape_sequences() {
    for arguments in [
        ["query", "check"],
        ["query", "fmt"],
        ["query", "explain"],
        ["clients", "--"],
    ] {
        let painted = coloured(nskope(&arguments).arg(EVIL));
        assert!(painted.contains("\u{1b}["), "{painted:?}");
        let plain = without_colours(&painted);
        assert!(
            !plain.contains(|c: char| c.is_control() && c != '\n'),
            "{plain:?}"
        );
        assert!(
            !plain.contains(['\u{202e}', '\u{200b}', '\u{feff}']),
            "{plain:?}"
        );
    }
}

#[test]
fn no_argument_steers_the_terminal() {
    let hyphen = format!("-{EVIL}");
    for arguments in [
        &["query", "filter", "a", &hyphen][..],
        &["query", "check", "-o", EVIL],
        &["query", "check", "a", EVIL],
        &["query", EVIL],
        &["clients", "--limit", EVIL],
        &[EVIL],
    ] {
        let plain = without_colours(&coloured(&mut nskope(arguments)));
        assert!(plain.starts_with("error: "), "{plain:?}");
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!plain.contains(steers), "{plain:?}");
    }
}

#[test]
fn no_colours_without_a_terminal_or_where_none_are_wanted() {
    let mut plain = nskope(&["query", "check", "a &&"]);
    let mut refused = nskope(&["query", "check", "a &&"]);
    refused.env("NO_COLOR", "1");
    for command in [plain.env_remove("NO_COLOR"), &mut refused] {
        let (code, stdout, stderr) = run(command);
        assert_eq!((code, stderr.as_str()), (2, ""));
        assert!(
            stdout.starts_with("error: ") && !stdout.contains('\u{1b}'),
            "{stdout:?}"
        );
    }
}

#[test]
fn an_answer_in_json_keeps_its_values() {
    let (code, stdout, _) = run(&mut nskope(&["query", "check", "-o", "json", EVIL]));
    assert_eq!(code, 2);
    assert!(
        !stdout.contains(|c: char| c.is_control() && c != '\n'),
        "{stdout:?}"
    );
    let found: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert!(found.as_array().is_some_and(|found| !found.is_empty()));
}

#[test]
fn places_are_told_in_each_of_the_ways_that_editors_count() {
    let (_, stdout, _) = run(&mut nskope(&[
        "query",
        "check",
        "-o",
        "json",
        "os eq '💻é'\n&& b\r\nand c\r || d",
    ]));
    let found: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        found[0]["bytes"],
        serde_json::json!({"start": 15, "end": 17})
    );
    assert_eq!(found[0]["chars"]["start"], 11);
    assert_eq!(found[0]["utf16"]["start"], 12);
    assert_eq!(
        found[0]["range"],
        serde_json::json!({"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 2}})
    );
    let last = &found[1]["range"]["start"];
    assert_eq!(*last, serde_json::json!({"line": 3, "character": 1}));
}

#[test]
fn a_query_comes_from_standard_input_too() {
    for arguments in [
        &["query", "fmt", "-"][..],
        &["query", "fmt", "--query-file", "-"],
    ] {
        let outcome = given(&mut nskope(arguments), b"\xef\xbb\xbfa=1\r\n");
        assert_eq!(outcome, (0, b"a eq 1\n".to_vec(), String::new()));
    }
}

#[test]
fn a_cursor_may_stand_behind_the_last_line_end() {
    for (end, cursor) in [("\n", 18), ("\r\n", 19)] {
        let file = temporary("lines", format!("host_info.os eq 1{end}").as_bytes());
        let mut command = nskope(&["query", "complete", "-o", "json", "--query-file"]);
        command.arg(&file).arg("--cursor").arg(cursor.to_string());
        let (code, stdout, _) = run(&mut command);
        fs::remove_file(file).unwrap();
        let found: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!((code, &found["items"][0]["insert"]), (0, &"and".into()));
        let start = &found["replace"]["range"]["start"];
        assert_eq!(*start, serde_json::json!({"line": 1, "character": 0}));
    }
}

#[test]
fn what_is_formatted_for_a_program_is_the_same_query() {
    let text = "a eq '\u{1b}[31m\u{202e}'";
    let (code, stdout, _) = run(&mut nskope(&["query", "fmt", text]));
    assert_eq!((code, stdout), (0, format!("{text}\n")));
}

#[test]
fn the_longest_query_is_no_trouble() {
    let text = "a eq 1 or ".repeat(26_000) + "b eq 1";
    assert!(text.len() < netskope_query::MAX_LENGTH);
    let file = temporary("wide", text.as_bytes());
    for arguments in [
        &["check"][..],
        &["fmt"],
        &["explain"],
        &["explain", "-o", "json"],
    ] {
        let mut command = nskope(&["query"]);
        let start = Instant::now();
        let (code, ..) = run(command.args(arguments).arg("--query-file").arg(&file));
        assert_eq!(code, 0);
        // What grows with the square of the length takes minutes.
        assert!(start.elapsed() < Duration::from_mins(1), "{arguments:?}");
    }
    fs::remove_file(file).unwrap();
}
