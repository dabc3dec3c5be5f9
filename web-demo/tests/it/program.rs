//! The program: its settings, its one line, its end.

use crate::{
    site::{TOKEN, built_page},
    wire::Ask,
};
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Command, Output, Stdio},
};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netskope-web-demo"));
    command
        .args(arguments)
        .env_remove("NETSKOPE_TENANT")
        .env_remove("NETSKOPE_V1_TOKEN")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// How a program ends that has no reason to go on.
fn ends(command: &mut Command) -> (i32, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    assert!(stdout.is_empty());
    let stderr = String::from_utf8(stderr).unwrap();
    assert!(!stderr.contains(TOKEN), "{stderr}");
    (status.code().unwrap(), stderr)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn it_says_one_line_and_ends_quietly() {
    for signal in ["-TERM", "-INT"] {
        let app = built_page();
        let mut child = program(&["--tenant", "acme.goskope.com", "--app", text(&app)])
            .env("NETSKOPE_V1_TOKEN", TOKEN)
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        stdout.read_line(&mut first).unwrap();
        let ready: serde_json::Value = serde_json::from_str(&first).unwrap();
        let (url, link) = (
            ready["url"].as_str().unwrap(),
            ready["link"].as_str().unwrap(),
        );
        assert!(link.starts_with(&format!("{url}/?key=")), "{link}");
        assert_eq!(Ask::new(url, "GET", "/").send().status, 200);
        let killed = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
        let (mut more, mut stderr) = (String::new(), String::new());
        stdout.read_to_string(&mut more).unwrap();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        assert_eq!((more.as_str(), stderr.as_str()), ("", ""));
    }
}

#[test]
fn settings_that_do_not_fit_end_with_2_and_a_remedy() {
    let app = built_page();
    for (arguments, said) in [
        (&["--tenant", "acme"][..], "is not a full host name"),
        (&["--tenant", "http://acme.goskope.com"], "is not encrypted"),
        (
            &["--tenant", "acme.goskope.com", "--listen", "0.0.0.0:0"],
            "give --public",
        ),
        (
            &[
                "--tenant",
                "acme.goskope.com",
                "--listen",
                "0.0.0.0:0",
                "--public",
            ],
            "--allow-host",
        ),
        (
            &["--tenant", "acme.goskope.com", "--allow-host", "a/b"],
            "'a/b' is not a host name",
        ),
        (
            &["--tenant", "acme.goskope.com", "--listen", "nowhere"],
            "--listen",
        ),
        (&["--tenant", "acme.goskope.com", "--token", "x"], "--token"),
        (&[], "--tenant"),
    ] {
        let mut command = program(arguments);
        let (code, stderr) = ends(
            command
                .args(["--app", text(&app)])
                .env("NETSKOPE_V1_TOKEN", TOKEN),
        );
        assert_eq!(code, 2, "{arguments:?}: {stderr}");
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}

#[test]
fn the_token_comes_from_the_environment_or_a_file() {
    let app = built_page();
    let arguments = ["--tenant", "acme.goskope.com", "--app", text(&app)];
    let (code, stderr) = ends(&mut program(&arguments));
    assert_eq!(code, 2);
    assert!(
        stderr.contains("there is no token") && stderr.contains("NETSKOPE_V1_TOKEN"),
        "{stderr}"
    );
    let (code, stderr) =
        ends(program(&arguments).env("NETSKOPE_V1_TOKEN", format!("{TOKEN} {TOKEN}")));
    assert_eq!(code, 2, "{stderr}");

    let file = app.with_file_name("token");
    let with_file = [&arguments[..], &["--token-file", text(&file)]].concat();
    let (code, stderr) = ends(&mut program(&with_file));
    assert_eq!(code, 5, "{stderr}");
    assert!(stderr.contains("cannot read the token file"), "{stderr}");
    let mistaken = [&arguments[..], &["--token-file", TOKEN]].concat();
    let (code, stderr) = ends(&mut program(&mistaken));
    assert_eq!(code, 5, "{stderr}");
    assert!(!stderr.contains(TOKEN), "{stderr}");
    fs::write(&file, "\n").unwrap();
    let (code, stderr) = ends(&mut program(&with_file));
    assert_eq!(code, 2, "{stderr}");
    assert!(stderr.contains("the token is empty"), "{stderr}");
    fs::write(&file, format!("{TOKEN}\n")).unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, stderr) = ends(program(&with_file).args(["--listen", &address]));
    assert_eq!(code, 5, "{stderr}");
    assert!(
        stderr.contains(&format!("cannot listen on {address}")),
        "{stderr}"
    );
}

#[test]
fn what_cannot_be_read_ends_with_5() {
    let app = built_page();
    let tenant = ["--tenant", "acme.goskope.com"];
    for (arguments, said) in [
        (["--app", "/nonexistent"], "cargo xtask page"),
        (["--ca-file", "/nonexistent"], "/nonexistent"),
    ] {
        let mut command = program(&tenant);
        if arguments[0] != "--app" {
            command.args(["--app", text(&app)]);
        }
        let (code, stderr) = ends(command.args(arguments).env("NETSKOPE_V1_TOKEN", TOKEN));
        assert_eq!(code, 5, "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
    }
}

#[test]
fn other_machines_come_with_a_warning() {
    let app = built_page();
    let mut child = program(&["--tenant", "acme.goskope.com", "--app", text(&app)])
        .args([
            "--listen",
            "0.0.0.0:0",
            "--public",
            "--allow-host",
            "devices.example.com",
        ])
        .env("NETSKOPE_V1_TOKEN", TOKEN)
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(line.contains("not encrypted"), "{line}");
    child.kill().unwrap();
    child.wait().unwrap();
}
