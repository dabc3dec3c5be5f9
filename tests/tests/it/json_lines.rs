//! The example `jsongrep` of the query language, on lines as they come.

#[path = "../../../netskope-query/examples/jsongrep.rs"]
#[expect(dead_code, reason = "its main is not run")]
mod jsongrep;

use jsongrep::{compiled, grep};

/// The exit code, what is written, and what is told.
fn run(query: &str, input: &[u8]) -> (u8, Vec<u8>, String) {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let code = grep(&compiled(query).unwrap(), input, &mut output, &mut errors).unwrap();
    (code, output, String::from_utf8(errors).unwrap())
}

#[test]
fn lines_stay_as_they_came() {
    let input = "\r\n{\"os\": \"M\\u0061c\",\t\"n\":1.50e0}\r\n  {\"os\":\"Mac\"} \n\n{\"os\":\"iOS\"}\n{\"os\":\"Mac\",\"é\":\"\u{2028}\"}";
    let output = "{\"os\": \"M\\u0061c\",\t\"n\":1.50e0}\r\n  {\"os\":\"Mac\"} \n{\"os\":\"Mac\",\"é\":\"\u{2028}\"}";
    let found = run("os eq Mac", input.as_bytes());
    assert_eq!(found, (0, output.into(), String::new()));
}

#[test]
fn the_exit_code_is_that_of_grep() {
    let line = b"{\"n\": 443}\n";
    assert_eq!(run("n eq '443'", line).0, 0);
    assert_eq!(run("n gt 443", line), (1, vec![], String::new()));
    assert_eq!(run("n gt 443", b""), (1, vec![], String::new()));
    assert_eq!(run("n gt 443", b"\n"), (1, vec![], String::new()));
    assert_eq!(run("n gt 443", b"no JSON").0, 2);
}

#[test]
fn what_cannot_be_read_is_told_of_and_left_out() {
    let (code, output, errors) = run(
        "not os eq iOS",
        b"{\"os\":\"\xff\"}\n{\"os\":\"Mac\"}\n{\"os\":\"Mac\"\n\xef\xbb\xbf{}\n{\"a\":1}{\"a\":2}\nnull\n",
    );
    assert_eq!(code, 2);
    assert_eq!(output, b"{\"os\":\"Mac\"}\nnull\n");
    let told: Vec<_> = errors.lines().collect();
    for (told, start) in told.iter().zip([
        "jsongrep: line 1: invalid utf-8",
        "jsongrep: line 3: no JSON at byte 12",
        "jsongrep: line 4: no JSON at byte 0",
        "jsongrep: line 5: no JSON at byte 7",
    ]) {
        assert!(told.starts_with(start), "{errors}");
    }
    assert_eq!(told.len(), 4, "{errors}");
}

#[test]
fn a_query_that_is_none_is_reported() {
    let report = compiled("os eq Mac && n => 5").unwrap_err();
    assert!(
        report.starts_with("error at 1:11: `&&` is not an operator"),
        "{report}"
    );
    assert_eq!(report.matches("error at").count(), 2, "{report}");
}
