//! The text of a query: where it comes from, and what is done about one that is none.

use crate::{
    command::{clients, nskope, run, temporary},
    server::{Answer, TOKEN, serve},
};
use std::fs;

#[test]
fn a_slip_is_pointed_out_and_sent_as_typed() {
    let server = serve([Answer::devices(&["a"])]);
    let (code, stdout, stderr) = run(&mut clients(&server, &["last_events.status = 0"]));
    assert_eq!((code, stdout.lines().count()), (0, 1));
    assert!(
        stderr.contains("help: ") && stderr.contains("`last_event"),
        "{stderr}"
    );
    let sent = server.requests.recv().unwrap();
    assert!(
        sent.ends_with(r#","query":"last_events.status = 0"}"#),
        "{sent}"
    );
}

#[test]
fn a_bad_query_is_never_sent() {
    let server = serve([Answer::devices(&["a"])]);
    let deep = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    for query in ["", "(a", "a eq 'b", "a eq", &deep] {
        let (code, stdout, stderr) = run(&mut clients(&server, &[query]));
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert!(
            stderr.starts_with("error: ") && stderr.contains('^'),
            "{stderr}"
        );
    }
    assert_eq!(server.count(), 0);
}

#[test]
fn a_query_file_is_read_without_its_last_line_end() {
    let server = serve([Answer::devices(&["a"])]);
    let file = temporary("query", b"_id eq 'a' or\n_id eq 'b'\r\n");
    let (code, _, stderr) = run(clients(&server, &["--query-file"]).arg(&file));
    fs::remove_file(file).unwrap();
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(
        server
            .requests
            .recv()
            .unwrap()
            .ends_with(r#","query":"_id eq 'a' or\n_id eq 'b'"}"#)
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_query_or_a_token() {
    let server = serve([Answer::devices(&["a"])]);
    let query = temporary("query-with-mark", "\u{feff}_id eq 'a'\r\n".as_bytes());
    let token = temporary("token-with-mark", format!("\u{feff}{TOKEN}\r\n").as_bytes());
    let mut command = clients(&server, &["--query-file"]);
    command.arg(&query).arg("--token-file").arg(&token);
    let (code, _, stderr) = run(command.env_remove("NETSKOPE_V1_TOKEN"));
    fs::remove_file(query).unwrap();
    fs::remove_file(token).unwrap();
    assert_eq!(code, 0, "{stderr}");
    let sent = server.requests.recv().unwrap();
    let body = format!(r#"{{"token":"{TOKEN}","query":"_id eq 'a'"}}"#);
    assert!(sent.ends_with(&body), "{sent}");
}

#[test]
fn a_query_file_of_the_greatest_length_is_read_whole() {
    let longest = format!("_id eq '{}'", "x".repeat(netskope_query::MAX_LENGTH - 9));
    for (after, code) in [("\r\n", 0), ("y", 2), ("\r\ny", 2)] {
        let server = serve([Answer::devices(&["a"])]);
        let content = format!("\u{feff}{longest}{after}");
        let file = temporary("longest", content.as_bytes());
        let (exit, _, stderr) = run(clients(&server, &["--query-file"]).arg(&file));
        fs::remove_file(file).unwrap();
        assert_eq!(exit, code, "{stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_query_file_without_an_end_is_too_long() {
    let (code, _, stderr) = run(&mut nskope(&["clients", "--query-file", "/dev/zero"]));
    assert_eq!(code, 2);
    assert!(
        stderr.starts_with("error: the query is too long: "),
        "{stderr}"
    );
}

#[test]
fn a_query_file_that_holds_no_query_is_a_usage_error() {
    let server = serve([]);
    for (name, content, words) in [
        (
            "huge",
            [b"_id eq ".to_vec(), vec![b'x'; 1_000_000]].concat(),
            "the query is too long: it has at most 262144 bytes",
        ),
        ("nul", b"_id eq 'a\0b'".to_vec(), "NUL"),
        ("utf16", b"\xff\xfe_\0".to_vec(), "it is UTF-16; "),
        (
            "latin1",
            b"_id eq '\xe9'".to_vec(),
            "not valid UTF-8 at byte 8",
        ),
        ("empty", b"\n".to_vec(), "the query is empty"),
    ] {
        let file = temporary(name, &content);
        let (code, _, stderr) = run(clients(&server, &["--query-file"]).arg(&file));
        fs::remove_file(file).unwrap();
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(words) && stderr.len() < 2_000, "{stderr}");
    }
    let (code, ..) = run(&mut clients(&server, &["--query-file", "/no/such/file"]));
    assert_eq!(code, 5);
}
