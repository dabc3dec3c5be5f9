//! Pipes that close, disks that are full, and pages that are read as they are written.

use crate::{
    command::clients,
    server::{Answer, serve},
};
use std::{
    io::{BufRead, BufReader},
    process::Stdio,
    time::Duration,
};

/// A page that is larger than a pipe holds.
fn large_page() -> Answer {
    let name = "x".repeat(100);
    Answer::devices(&vec![name.as_str(); 4_000])
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for format in ["ndjson", "json", "csv", "table"] {
        let server = serve([large_page()]);
        let mut command = clients(&server, &["--output", format]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_is_5() {
    for format in ["ndjson", "json", "csv", "table"] {
        let server = serve([Answer::devices(&["a"])]);
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = clients(&server, &["--output", format])
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(5), "{format}");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            stderr.starts_with("error: cannot write the output: "),
            "{format}: {stderr}"
        );
    }
}

#[test]
fn a_page_is_written_before_the_next_is_asked_for() {
    let page = r#"{"status":"success","data":[{"_id":"a"}]}"#;
    let first = Answer::ok(page).then_silence(Duration::from_millis(300));
    let server = serve([first, Answer::devices(&[]), Answer::devices(&[])]);
    let mut child = clients(&server, &["--all"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(line.contains("\"a\""), "{line}");
    assert_eq!(server.count(), 1);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
