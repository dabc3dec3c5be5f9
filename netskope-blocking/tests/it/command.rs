//! The command line against a server: exit codes, and what goes where.

use crate::server::{Answer, Server, TOKEN, device, serve};
use serde_json::{Value, json};
use std::{
    env, fs,
    net::TcpListener,
    path::PathBuf,
    process::{Command, Output},
};

/// The command with these arguments, and nothing of this machine's own settings.
pub(crate) fn nskope(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nskope"));
    command.args(arguments);
    for variable in [
        "NETSKOPE_TENANT",
        "NETSKOPE_API_TOKEN",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
    ] {
        command.env_remove(variable);
    }
    command.env("NETSKOPE_V1_TOKEN", TOKEN);
    command
}

/// A look-up on this server, without retries.
pub(crate) fn clients(server: &Server, arguments: &[&str]) -> Command {
    nskope(
        &[
            &["clients", "--retries", "0", "--tenant", &server.url],
            arguments,
        ]
        .concat(),
    )
}

/// Exit code, standard output, standard error.
fn run(command: &mut Command) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let (stdout, stderr) = (
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    );
    assert!(
        !stdout.contains(TOKEN) && !stderr.contains(TOKEN),
        "{stdout}{stderr}"
    );
    (status.code().unwrap(), stdout, stderr)
}

fn temporary(name: &str, content: &[u8]) -> PathBuf {
    let path = env::temp_dir().join(format!("nskope-{}-{name}", std::process::id()));
    fs::write(&path, content).unwrap();
    path
}

#[test]
fn a_record_is_printed_as_it_was_recorded() {
    let record = json!({"_id": "a", "big": u64::MAX, "added": 1_650_583_473.179_131_7, "users": [{"username": "’"}]});
    let body =
        json!({"status": "success", "msg": "", "data": [{"attributes": record}]}).to_string();
    let server = serve([Answer::ok(&body), Answer::ok(&body)]);
    let (code, stdout, stderr) = run(&mut clients(&server, &["--output", "json"]));
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert_eq!(
        serde_json::from_str::<Value>(&stdout).unwrap(),
        json!([record])
    );
    let (code, stdout, _) = run(&mut clients(&server, &[]));
    assert_eq!(code, 0);
    assert_eq!(
        serde_json::from_str::<Value>(&stdout).unwrap(),
        record,
        "ndjson, where there is no terminal"
    );
}

#[test]
fn nothing_matched_is_told_and_is_1() {
    for (format, nothing) in [
        ("table", ""),
        ("json", "[]\n"),
        ("ndjson", ""),
        ("csv", "_id\n"),
    ] {
        let server = serve([Answer::devices(&[])]);
        let outcome = run(&mut clients(
            &server,
            &["--output", format, "--fields", "_id"],
        ));
        assert_eq!(
            outcome,
            (1, nothing.to_owned(), "no device matches\n".to_owned())
        );
    }
}

#[test]
fn a_missing_list_is_told_apart_from_an_empty_one() {
    for (answer, words) in [
        (
            Answer::ok(r#"{"status":"success","msg":""}"#),
            "with success but without a list of devices",
        ),
        (
            Answer::raw("HTTP/1.1 204 No Content\r\n\r\n"),
            "with HTTP 204",
        ),
    ] {
        let (code, stdout, stderr) = run(&mut clients(&serve([answer]), &[]));
        assert_eq!((code, stdout.as_str()), (4, ""));
        assert!(stderr.contains(words), "{stderr}");
        assert!(!stderr.contains("no device matches"), "{stderr}");
    }
}

#[test]
fn a_record_that_is_no_device_is_told_of_and_costs_no_other() {
    let server = serve([Answer::ok(r#"{"status":"success","data":[7,{"_id":"a"}]}"#)]);
    let outcome = run(&mut clients(&server, &[]));
    assert_eq!(
        outcome,
        (
            0,
            "{\"_id\":\"a\"}\n".to_owned(),
            "warning: 1 of the tenant's records are no devices, and left out\n".to_owned()
        )
    );
}

#[test]
fn each_failure_has_its_code() {
    let refused =
        r#"{"status":"error","errorCode":"Authorization Error","errors":"Invalid token"}"#;
    for (code, answer, words) in [
        (
            2,
            Answer::new("400 Bad Request", ""),
            "rejected the request",
        ),
        (
            3,
            Answer::new("403 Forbidden", refused),
            "refused the token",
        ),
        (3, Answer::ok(refused), "refused the token"),
        (4, Answer::new("429 Too Many Requests", ""), "rate limit"),
        (4, Answer::new("500 Internal Server Error", ""), "HTTP 500"),
        (4, Answer::ok("<html>"), "web page"),
        (4, Answer::ok(""), "empty"),
        (4, Answer::raw(""), "ended before"),
        (
            4,
            Answer::ok(r#"{"status":"error","errors":["out of order"]}"#),
            "out of order",
        ),
    ] {
        let (exit, stdout, stderr) = run(&mut clients(&serve([answer]), &["--output", "json"]));
        assert_eq!((exit, stdout.as_str()), (code, ""), "{stderr}");
        assert!(
            stderr.starts_with("error: ") && stderr.contains(words),
            "{stderr}"
        );
    }
}

#[test]
fn more_devices_are_told_of() {
    let server = serve([Answer::devices(&["a", "b"]), Answer::devices(&["c"])]);
    let (code, stdout, stderr) = run(&mut clients(&server, &["--limit", "2", "--skip", "4"]));
    assert_eq!((code, stdout.lines().count()), (0, 2));
    assert_eq!(stderr, "more devices match; --all reads them all\n");
    assert!(server.requests.recv().unwrap().contains("?limit=2&skip=4 "));
    assert!(server.requests.recv().unwrap().contains("?limit=1&skip=6 "));
}

#[test]
fn whether_there_are_more_is_not_worth_a_wait() {
    let failing = Answer::new("500 Internal Server Error", "");
    let server = serve([Answer::devices(&["a"]), failing.clone(), failing]);
    let (code, stdout, stderr) = run(&mut nskope(&[
        "clients",
        "--limit=1",
        "--tenant",
        &server.url,
    ]));
    assert_eq!((code, stdout.lines().count()), (0, 1));
    assert_eq!(stderr, "there may be more devices; --all reads them all\n");
    assert_eq!(server.count(), 2);
}

#[test]
fn the_last_devices_are_not_called_a_part() {
    let server = serve([Answer::devices(&["a", "b"]), Answer::devices(&[])]);
    let (code, _, stderr) = run(&mut clients(&server, &["--limit", "2"]));
    assert_eq!((code, stderr.as_str()), (0, ""));
    let server = serve([Answer::devices(&["a"])]);
    let (code, _, stderr) = run(&mut clients(&server, &["--limit", "2"]));
    assert_eq!((code, stderr.as_str(), server.count()), (0, "", 1));
}

#[test]
fn all_reads_every_page_and_each_device_once() {
    let server = serve([&["a", "b"][..], &["b", "c"], &[], &[]].map(Answer::devices));
    let (code, stdout, stderr) = run(&mut clients(
        &server,
        &["--all", "--output", "csv", "--fields", "_id"],
    ));
    assert_eq!(
        (code, stdout.as_str(), stderr.as_str()),
        (0, "_id\na\nb\nc\n", "")
    );
    assert!(
        server
            .requests
            .recv()
            .unwrap()
            .contains("?limit=5000&skip=0 ")
    );
}

#[test]
fn the_pages_of_all_can_be_as_small_as_a_tenant_wants_them() {
    let server = serve([&["a"][..], &[], &[]].map(Answer::devices));
    let (code, stdout, stderr) = run(&mut clients(&server, &["--all", "--page-size", "100"]));
    assert_eq!((code, stdout.lines().count()), (0, 1), "{stderr}");
    let skips = ["skip=0", "skip=1"].map(|skip| format!("?limit=100&{skip} "));
    for target in skips {
        let sent = server.requests.recv().unwrap();
        assert!(sent.contains(&target), "{sent}");
    }
}

#[test]
fn all_keeps_what_it_wrote_when_a_later_page_fails() {
    let pages = || {
        [
            Answer::devices(&["a"]),
            Answer::new("500 Internal Server Error", ""),
        ]
    };
    let (code, stdout, _) = run(&mut clients(&serve(pages()), &["--all", "--fields", "_id"]));
    assert_eq!((code, stdout.as_str()), (4, "{\"_id\":\"a\"}\n"));
    let (code, stdout, _) = run(&mut clients(
        &serve(pages()),
        &["--all", "--output", "json"],
    ));
    assert_eq!((code, stdout.as_str()), (4, ""), "half an array is no JSON");
}

#[test]
fn verbose_tells_of_requests_and_waits() {
    let server = serve([
        Answer::new("429 Too Many Requests\r\nretry-after: 1", ""),
        Answer::devices(&["a"]),
    ]);
    let (code, _, stderr) = run(&mut nskope(&[
        "clients",
        "-v",
        "--limit=9",
        "--tenant",
        &server.url,
    ]));
    let lines: Vec<&str> = stderr.lines().collect();
    let url = format!("POST {}/api/v1/clients?limit=9&skip=0: ", server.url);
    assert_eq!(code, 0);
    assert!(
        lines[0].starts_with(&format!("{url}429 Too Many Requests, 0 bytes in ")),
        "{stderr}"
    );
    assert_eq!(lines[1], "the tenant's rate limit is reached; waiting 1 s");
    assert!(lines[2].starts_with(&format!("{url}200 OK, ")), "{stderr}");
    assert_eq!(lines[3..], ["a page of 1 devices"]);
}

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
            stderr.starts_with("error at 1:") && stderr.contains('^'),
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
        stderr.starts_with("error: the query file is too long: "),
        "{stderr}"
    );
}

#[test]
fn what_would_steer_a_terminal_is_shown_instead() {
    let evil = "a\u{1b}]0;b\u{7}\u{202e}c";
    let shown = r"a\u{1b}]0;b\u{7}\u{202e}c";
    let (_, _, stderr) = run(&mut nskope(&["clients", "--query-file", evil]));
    assert!(
        stderr.starts_with(&format!("error: cannot read '{shown}': ")),
        "{stderr:?}"
    );
    let (_, _, stderr) = run(&mut nskope(&["clients", "--fields", evil]));
    assert!(
        stderr.starts_with(&format!(
            "warning: no device field '{shown}' is known\nerror: "
        )),
        "{stderr:?}"
    );
}

#[test]
fn a_query_file_that_holds_no_query_is_a_usage_error() {
    let server = serve([]);
    for (name, content, words) in [
        (
            "huge",
            [b"_id eq ".to_vec(), vec![b'x'; 1_000_000]].concat(),
            "the query file is too long: a query has at most 262144 bytes",
        ),
        ("nul", b"_id eq 'a\0b'".to_vec(), "NUL"),
        ("latin1", b"_id eq '\xe9'".to_vec(), "not valid UTF-8"),
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

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_refused_by_their_place() {
    use std::os::unix::ffi::OsStrExt;
    let broken = std::ffi::OsStr::from_bytes(b"host_info.hostname eq '\xff'");
    for (before, place) in [
        (&["clients"][..], 2),
        (&["clients", "--tenant"], 3),
        (&["clients", "--fields"], 3),
    ] {
        let (code, stdout, stderr) = run(nskope(before).arg(broken));
        assert_eq!((code, stdout.as_str()), (2, ""));
        assert!(
            stderr.starts_with(&format!("error: argument {place} is not valid UTF-8\n")),
            "{stderr}"
        );
    }
    let mut command = nskope(&["clients"]);
    let (code, _, stderr) = run(command.env("NETSKOPE_TENANT", broken));
    assert_eq!(code, 2);
    assert!(
        stderr.starts_with("error: NETSKOPE_TENANT is not valid UTF-8"),
        "{stderr}"
    );
}

#[test]
fn a_token_file_is_enough() {
    let server = serve([Answer::devices(&["a"])]);
    let file = temporary("token", format!("{TOKEN}\n").as_bytes());
    let mut command = clients(&server, &["--token-file"]);
    let (code, _, stderr) = run(command.arg(&file).env_remove("NETSKOPE_V1_TOKEN"));
    fs::remove_file(file).unwrap();
    assert_eq!(code, 0, "{stderr}");
    assert!(server.requests.recv().unwrap().contains(TOKEN));
    #[cfg(unix)]
    assert!(
        stderr.contains("other users can read the token file"),
        "{stderr}"
    );
}

#[test]
fn no_proxy_sees_a_request_to_this_machine() {
    let server = serve([Answer::devices(&["a"])]);
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let mut command = clients(&server, &[]);
    let (code, ..) = run(command
        .env("HTTP_PROXY", &address)
        .env("ALL_PROXY", &address)
        .env("http_proxy", &address));
    assert_eq!(code, 0);
    assert!(proxy.accept().is_err());
}

#[test]
fn without_a_certificate_store_https_says_so_and_http_works() {
    let without = |command: &mut Command| {
        run(command
            .env("SSL_CERT_FILE", "/none")
            .env("SSL_CERT_DIR", "/none"))
    };
    let server = serve([Answer::devices(&["a"])]);
    let (code, ..) = without(&mut clients(&server, &[]));
    assert_eq!(code, 0);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let (code, _, stderr) = without(&mut nskope(&[
        "clients",
        "--retries",
        "0",
        "--tenant",
        &url,
    ]));
    assert_eq!(code, 4);
    assert!(
        stderr.contains("No CA certificates were loaded from the system"),
        "{stderr}"
    );
}

#[test]
fn a_table_can_be_asked_for() {
    let body = format!(r#"{{"status":"success","data":[{}]}}"#, device("LAPTOP-7"));
    let (code, stdout, _) = run(&mut clients(&serve([Answer::ok(&body)]), &["-o", "table"]));
    assert_eq!(code, 0);
    assert_eq!(
        stdout
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("LAPTOP-7"))
            .count(),
        1,
        "{stdout}"
    );
}
