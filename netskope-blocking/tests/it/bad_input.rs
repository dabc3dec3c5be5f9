//! Everything that goes wrong in its own way: what is said, with which exit code, and how much was sent.

use crate::{
    command::nskope,
    tenant::{clients, serve},
};
use http::StatusCode;
use netskope_stand_in::{
    DEFAULT_V1_TOKEN, Fault, Fleet, Options, RateLimit, Refusal, StandIn,
    server::{Running, ServeOptions, spawn},
};
use std::{
    env,
    ffi::OsStr,
    fmt::Write as _,
    fs,
    io::Write as _,
    net::TcpListener,
    os::unix::ffi::OsStrExt,
    process::{Command, Stdio},
};

fn options() -> Options {
    Options {
        fleet: Fleet::new(20, 7, 1_732_000_000),
        rate_limit: RateLimit::Off,
        ..Options::default()
    }
}

/// Runs to the end with the given standard input; the exit code, and standard error with this run's ports taken out.
fn outcome(command: &mut Command, input: &[u8], tenant: Option<&Running>) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may have ended on its arguments without reading.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert!(!stderr.contains(DEFAULT_V1_TOKEN), "{stderr}");
    let sent = tenant.map_or(String::new(), |tenant| {
        format!(", {} sent", tenant.served())
    });
    format!(
        "exit code {}{sent}\n{stderr}",
        output.status.code().unwrap()
    )
}

fn show(story: &mut String, name: &str, outcome: &str) {
    writeln!(story, "# {name}\n{}\n", outcome.trim_end()).unwrap();
}

#[test]
fn queries_that_are_none_are_not_sent() {
    let tenant = serve(options());
    let mut story = String::new();
    for (name, query) in [
        ("empty", b"".to_vec()),
        ("unbalanced parenthesis", b"(host_info.os eq Mac".to_vec()),
        (
            "unterminated quote",
            b"host_info.hostname eq 'LAPTOP".to_vec(),
        ),
        (
            "10,000 parentheses",
            [vec![b'('; 10_000], b"os".to_vec(), vec![b')'; 10_000]].concat(),
        ),
        ("1 MB", [b"a eq ".to_vec(), vec![b'x'; 1 << 20]].concat()),
        ("NUL bytes", b"host_info.os eq 'M\0c'".to_vec()),
        ("not UTF-8", b"host_info.os eq 'M\xffc'".to_vec()),
    ] {
        let mut command = clients(tenant.url(), &["--query-file", "-"]);
        show(
            &mut story,
            name,
            &outcome(&mut command, &query, Some(&tenant)),
        );
    }
    let mut command = clients(tenant.url(), &[]);
    command.arg(OsStr::from_bytes(b"host_info.os eq 'M\xffc'"));
    show(
        &mut story,
        "not UTF-8, as an argument",
        &outcome(&mut command, b"", Some(&tenant)),
    );
    insta::assert_snapshot!(story);
}

#[test]
fn arguments_out_of_range_are_not_sent() {
    let tenant = serve(options());
    let mut story = String::new();
    for arguments in [
        ["--limit", "0"],
        ["--limit", "-1"],
        ["--limit", "5001"],
        ["--limit", "many"],
        ["--skip", "-1"],
        ["--page-size", "100"],
        ["--all", "--page-size=0"],
        ["--all", "--page-size=5001"],
        ["--timeout", "0"],
        ["--timeout", "18446744073709551615"],
        ["--fields", "_id,_id"],
        ["--tokn", DEFAULT_V1_TOKEN],
        ["--v1-token", DEFAULT_V1_TOKEN],
        ["--output", "xml"],
        ["--token", DEFAULT_V1_TOKEN],
    ] {
        let mut command = clients(tenant.url(), &arguments);
        show(
            &mut story,
            &arguments.join(" ").replace(DEFAULT_V1_TOKEN, "..."),
            &outcome(&mut command, b"", Some(&tenant)),
        );
    }
    insta::assert_snapshot!(story);
}

#[test]
fn tenants_out_of_reach() {
    let nobody = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let folder = env::temp_dir().join(format!("nskope-tls-{}", std::process::id()));
    let encrypted = ServeOptions {
        tls: Some(folder.clone()),
        ..ServeOptions::default()
    };
    let encrypted = spawn(StandIn::new(options()), &encrypted).unwrap();
    let mut story = String::new();
    for (name, tenant) in [
        ("no tenant by this name", "nosuchtenant.invalid"),
        ("nobody listens", &format!("http://{nobody}")),
        ("an authority that is not trusted", encrypted.url()),
        ("plain http", "http://acme.goskope.com"),
        ("half a name", "acme"),
    ] {
        let said = outcome(&mut clients(tenant, &["--retries", "0"]), b"", None);
        let said = said.replace(&nobody.to_string(), "127.0.0.1:PORT");
        show(&mut story, name, &said);
    }
    assert_eq!(encrypted.served(), 0);
    insta::assert_snapshot!(story);

    let ca = encrypted.ca_file().unwrap().to_str().unwrap();
    let trusted = clients(encrypted.url(), &["--ca-file", ca])
        .output()
        .unwrap();
    assert!(trusted.status.success(), "{trusted:?}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn tenants_that_refuse_or_fail() {
    let limited = |seconds: &'static str| {
        Fault::status(StatusCode::TOO_MANY_REQUESTS)
            .retry_after(http::HeaderValue::from_static(seconds))
    };
    let cases: Vec<(&str, Fault)> = vec![
        ("429 with a wait", limited("0")),
        ("429 with a wait beyond patience", limited("7200")),
        ("500", Fault::status(StatusCode::INTERNAL_SERVER_ERROR)),
        (
            "HTML instead of JSON",
            Fault::html(StatusCode::OK, "<html><body>Sign in</body></html>"),
        ),
        ("cut body", Fault::cut_after(100)),
        ("empty body", Fault::empty()),
        ("reset", Fault::reset()),
        ("200 with errors as a list", Fault::errors(&["one", "two"])),
        (
            "200 with errors as a string",
            Fault::error_string("just text"),
        ),
        ("200 that is not JSON", Fault::body(StatusCode::OK, "OK")),
        (
            "400",
            Fault::body(
                StatusCode::BAD_REQUEST,
                r#"{"status":"error","errors":["no such field"]}"#,
            ),
        ),
    ];
    let mut story = String::new();
    for (name, fault) in cases {
        let mut options = options();
        options.faults = vec![fault; 2];
        let tenant = serve(options);
        let mut command = clients(tenant.url(), &["--retries", "1"]);
        show(&mut story, name, &outcome(&mut command, b"", Some(&tenant)));
    }
    for (name, refusal) in [
        ("wrong token, 403", Refusal::Forbidden),
        ("wrong token, 200", Refusal::Ok),
    ] {
        let mut options = options();
        options.refusal = refusal;
        let tenant = serve(options);
        let mut command = nskope(&["clients", "--tenant", tenant.url()]);
        command.env("NETSKOPE_V1_TOKEN", "f32a973eddd7bc1602fc0f48dc0a");
        show(&mut story, name, &outcome(&mut command, b"", Some(&tenant)));
    }
    insta::assert_snapshot!(story);
}
