//! Arguments, the token's file, proxies and certificates: what surrounds a look-up.

use crate::{
    command::{clients, nskope, run, temporary},
    server::{Answer, TOKEN, serve},
};
use std::{fs, net::TcpListener, process::Command};

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
