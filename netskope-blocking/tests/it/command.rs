//! The command line against a server: exit codes, and what goes where.

use crate::server::{Answer, Server, TOKEN, device, serve};
use serde_json::{Value, json};
use std::{
    env, fs,
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
pub(crate) fn run(command: &mut Command) -> (i32, String, String) {
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

pub(crate) fn temporary(name: &str, content: &[u8]) -> PathBuf {
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
