//! The example `jsongrep` of the query language, on lines as they come.

#[path = "../../../netskope-query/examples/jsongrep.rs"]
#[expect(dead_code, reason = "its main is not run")]
mod jsongrep;

/// Whether a line matched or what failed, and what was written until then.
fn run(query: &str, input: &[u8]) -> (Result<bool, String>, String) {
    let mut output = Vec::new();
    let ended = jsongrep::grep(query, input, &mut output).map_err(|error| error.to_string());
    (ended, String::from_utf8(output).unwrap())
}

#[test]
fn lines_stay_as_they_came() {
    let input = "{\"os\": \"M\\u0061c\",\t\"n\":1.50e0}\r\n  {\"os\":\"Mac\"} \n{\"os\":\"iOS\"}\n{\"os\":\"Mac\",\"é\":\"\u{2028}\"}";
    let output = "{\"os\": \"M\\u0061c\",\t\"n\":1.50e0}\r\n  {\"os\":\"Mac\"} \n{\"os\":\"Mac\",\"é\":\"\u{2028}\"}";
    assert_eq!(
        run("os eq Mac", input.as_bytes()),
        (Ok(true), output.into())
    );
}

#[test]
fn it_tells_whether_a_line_matched() {
    let line = b"{\"n\": 443}\n";
    assert_eq!(run("n eq '443'", line).0, Ok(true));
    assert_eq!(run("n gt 443", line), (Ok(false), String::new()));
    assert_eq!(run("n gt 443", b""), (Ok(false), String::new()));
}

#[test]
fn it_ends_at_a_line_that_cannot_be_read() {
    for (line, told) in [
        ("{\"os\":\"\u{c3}\"".as_bytes(), "line 2: no JSON at byte"),
        (b"\xef\xbb\xbf{}", "line 2: no JSON at byte 0"),
        (b"{\"a\":1}{\"a\":2}", "line 2: no JSON at byte 7"),
        (b"", "line 2: no JSON at byte"),
        (b"{\"os\":\"\xff\"}", "stream did not contain valid UTF-8"),
    ] {
        let input = [b"{\"os\":\"Mac\"}\n", line, b"\n{\"os\":\"Mac\"}\n"].concat();
        let (ended, output) = run("not os eq iOS", &input);
        assert_eq!(output, "{\"os\":\"Mac\"}\n");
        let error = ended.unwrap_err();
        assert!(error.starts_with(told), "{error}");
    }
}

#[test]
fn a_query_that_is_none_is_reported() {
    let report = run("os eq Mac && n => 5", b"").0.unwrap_err();
    assert!(
        report.starts_with("error at 1:11: `&&` is not an operator"),
        "{report}"
    );
    assert_eq!(report.matches("error at").count(), 2, "{report}");
}
