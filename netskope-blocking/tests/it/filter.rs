//! `nskope query filter` on what streams bring: odd lines, odd ends, and readers that go away.

use crate::command::{nskope, temporary};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, Stdio},
    thread,
};

/// Records of any kind, on standard input.
fn filter(query: &str) -> Command {
    nskope(&["query", "filter", "--schema", "none", query])
}

fn spawn(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a command makes of its standard input: exit code, standard output, standard error.
pub(crate) fn given(command: &mut Command, input: &[u8]) -> (i32, Vec<u8>, String) {
    let mut child = spawn(command);
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
    // It may end before it has read all, and what it writes may fill the pipe before that.
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), output.stdout, stderr)
}

#[test]
fn lines_come_out_byte_for_byte_in_their_order() {
    let lines: [(&[u8], bool); 7] = [
        (b"{\"a\":1}\n", true),
        (b" { \"a\" : 1.0 , \"b\":\"\\u00e9\" }\r\n", true),
        (b"\n \r\n\t\n", false),
        (b"{\"a\":2}\n", false),
        ("{\"b\":\"’\u{7f}\u{202e}\",\"a\":1}\n".as_bytes(), true),
        (b"{\"a\":0,\"a\":1}\n", true),
        (b"{\"a\":3}\r\n", false),
    ];
    let input = lines.concat_if(|_| true);
    let wanted = lines.concat_if(|matches| matches);
    let (code, stdout, stderr) = given(&mut filter("a eq 1"), &input);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(stdout, wanted);
}

/// The lines that are wanted, one behind the other.
trait Concat {
    fn concat_if(&self, wanted: impl Fn(bool) -> bool) -> Vec<u8>;
}

impl Concat for [(&[u8], bool)] {
    fn concat_if(&self, wanted: impl Fn(bool) -> bool) -> Vec<u8> {
        let lines = self.iter().filter(|(_, matches)| wanted(*matches));
        lines.flat_map(|(line, _)| line.iter().copied()).collect()
    }
}

#[test]
fn the_last_line_needs_no_end_and_gets_one() {
    let outcome = given(&mut filter("a eq 1"), b"{\"a\":1}");
    assert_eq!(outcome, (0, b"{\"a\":1}\n".to_vec(), String::new()));
}

#[test]
fn the_mark_of_a_file_is_no_part_of_its_lines() {
    let joined = "\u{feff}{\"a\":1}\r\n\u{feff}\n\u{feff}{\"a\":1}";
    let outcome = given(&mut filter("a eq 1"), joined.as_bytes());
    let wanted = b"{\"a\":1}\r\n{\"a\":1}\n".to_vec();
    assert_eq!(outcome, (0, wanted, String::new()));
}

#[test]
fn a_file_that_is_no_text_is_told_of_once() {
    let many = b"\n1".repeat(100);
    for (start, reason) in [
        (
            &b"\x1f\x8b\x08"[..],
            "it is compressed; pipe it through `zcat`",
        ),
        (
            b"\x28\xb5\x2f\xfd",
            "it is compressed; pipe it through `zstdcat`",
        ),
        (b"\xff\xfe{\0", "it is UTF-16; pipe it through `iconv "),
        (b"\xfe\xff\0{", "it is UTF-16; pipe it through `iconv "),
    ] {
        let input = [start, &many].concat();
        let (code, stdout, stderr) = given(&mut filter("a eq 1"), &input);
        assert_eq!((code, stdout.as_slice()), (5, &b""[..]));
        let told = format!("error: cannot read 'standard input': {reason}");
        assert!(stderr.starts_with(&told), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
}

#[test]
fn nothing_matched_is_1_and_so_is_nothing_read() {
    for input in ["", "\n\n", "{\"a\":2}\n"] {
        let outcome = given(&mut filter("a eq 1"), input.as_bytes());
        assert_eq!(outcome, (1, Vec::new(), String::new()));
    }
}

#[test]
fn what_is_left_out_is_told_with_its_place() {
    for (line, reason) in [
        (&b"a=1"[..], "no JSON object"),
        (b"1", "no JSON object"),
        (b"[{\"a\":1}]", "a list; "),
        (b" {\r", "an object on several lines; "),
        (b"{\"a\":1", "no JSON at byte 6: "),
        (b"{\"a\":1} {\"a\":1}", "no JSON at byte 8: "),
        (
            format!("{{\"a\":{}}}", "[".repeat(127)).as_bytes(),
            "nested more than 127 levels deep at byte 131",
        ),
        (b"{\"a\":\"\xff\"}", "no UTF-8 at byte 6"),
    ] {
        let input = [b"{\"a\":1}\n", line, b"\n{\"a\":1}\n"].concat();
        let (code, stdout, stderr) = given(&mut filter("a eq 1"), &input);
        assert_eq!(
            (code, stdout.as_slice()),
            (5, &b"{\"a\":1}\n{\"a\":1}\n"[..])
        );
        let told = format!("standard input:2: left out: {reason}");
        assert!(stderr.starts_with(&told), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
}

#[test]
fn a_file_of_another_kind_is_not_told_line_by_line() {
    let input = "name,os\n".repeat(1_000) + "{\"a\":1}\n";
    let (code, stdout, stderr) = given(&mut filter("a eq 1"), input.as_bytes());
    assert_eq!((code, stdout.as_slice()), (5, &b"{\"a\":1}\n"[..]));
    assert_eq!(stderr.lines().count(), 11, "{stderr}");
    assert!(
        stderr.ends_with("\n1000 lines or files are left out\n"),
        "{stderr}"
    );
}

#[test]
fn a_long_line_is_read_and_one_without_bound_is_not() {
    let long = |length: usize| format!("{{\"b\":\"{}\",\"a\":1}}\n", "x".repeat(length));
    let input = long(1 << 20);
    let outcome = given(&mut filter("a eq 1"), input.as_bytes());
    assert_eq!(outcome, (0, input.into_bytes(), String::new()));

    let input = long(64 << 20) + "{\"a\":1}\n";
    let (code, stdout, stderr) = given(&mut filter("a eq 1"), input.as_bytes());
    assert_eq!((code, stdout.as_slice()), (5, &b"{\"a\":1}\n"[..]));
    assert_eq!(
        stderr,
        "standard input:1: left out: longer than 67108864 bytes\n"
    );
}

#[test]
fn what_was_found_is_written_before_the_wait_for_more() {
    let mut child = spawn(&mut filter("a eq 1"));
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdin.write_all(b"{\"a\":1}\n{\"a\":").unwrap();
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    assert_eq!(line, "{\"a\":1}\n");
    stdin.write_all(b"1}").unwrap();
    drop(stdin);
    stdout.read_to_string(&mut line).unwrap();
    assert_eq!(line, "{\"a\":1}\n{\"a\":1}\n");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = spawn(&mut filter("a eq 1"));
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let writer = thread::spawn(move || stdin.write_all("{\"a\":1}\n".repeat(100_000).as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_is_5() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut child = filter("a eq 1")
        .stdin(Stdio::piped())
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"{\"a\":1}\n")
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(5));
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        stderr.starts_with("error: cannot write the output: "),
        "{stderr}"
    );
}

#[test]
fn a_folder_is_no_file_and_costs_no_other() {
    let (code, stdout, stderr) = given(filter("a eq 1").args([".", "-"]), b"{\"a\":1}\n");
    assert_eq!((code, stdout.as_slice()), (5, &b"{\"a\":1}\n"[..]));
    assert!(stderr.starts_with("error: cannot read '.': "), "{stderr}");
}

#[test]
fn standard_input_is_the_query_or_the_records() {
    for twice in [
        &["--query-file", "-"][..],
        &["-"],
        &["-", "-"],
        &["a", "-", "-"],
    ] {
        let mut command = nskope(&["query", "filter"]);
        let (code, stdout, stderr) = given(command.args(twice), b"a eq 1\n");
        assert_eq!((code, stdout.as_slice()), (2, &b""[..]));
        assert!(stderr.starts_with("error: standard input "), "{stderr}");
    }
    let records = temporary("records", b"{\"a\":1}\n{\"a\":2}\n");
    for once in [&["--query-file", "-"][..], &["-"]] {
        let mut command = nskope(&["query", "filter", "--schema", "none"]);
        let outcome = given(command.args(once).arg(&records), b"a eq 1\n");
        assert_eq!(outcome, (0, b"{\"a\":1}\n".to_vec(), String::new()));
    }
    fs::remove_file(records).unwrap();
}

#[test]
fn what_is_probably_not_meant_is_told_and_searched_for() {
    let mut command = nskope(&["query", "filter", "last_events.status eq 0"]);
    let (code, stdout, stderr) = given(&mut command, b"{\"last_event\":{\"status\":0}}\n");
    assert_eq!((code, stdout.len()), (0, 28));
    assert!(stderr.starts_with("warning: unknown field "), "{stderr}");
}
