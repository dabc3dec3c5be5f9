//! What is told, and where.

use super::{Folder, drain, holding, run, serve, words};
use serde_json::Value;
use std::process::Stdio;

#[test]
fn the_json_log_has_one_object_a_line_and_nothing_else() {
    let tenant = serve(holding(150));
    let out = Folder::new();
    let line = out.line("--stream page --from head --until caught-up --json-log");
    let (code, stdout, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!((code, stdout.as_str()), (Some(0), ""));
    let events: Vec<Value> = stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let with_records = events
        .iter()
        .filter(|event| event["event"] != "waiting" && event["records"] != 0);
    let steady: String = with_records
        .map(|event| {
            let mut event = event.clone();
            for changing in [
                "time",
                "bytes",
                "lag_seconds",
                "high_water_mark",
                "pages",
                "after_page",
            ] {
                if let Some(value) = event.get_mut(changing) {
                    *value = Value::from("…");
                }
            }
            event.to_string() + "\n"
        })
        .collect();
    insta::assert_snapshot!(steady);
    assert!(
        events
            .iter()
            .all(|event| event["time"].as_str().unwrap().ends_with('Z'))
    );
}

#[test]
fn records_go_to_standard_output_and_the_place_is_kept_elsewhere() {
    let tenant = serve(holding(150));
    let state = Folder::new();
    let line = words("--stream page --from head --until caught-up --out -");
    let piped = || run(drain(&tenant, &line).env("XDG_STATE_HOME", state.path()));
    let (code, stdout, stderr) = piped();
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(
        stdout.lines().collect::<Vec<_>>(),
        tenant.records("events/page", 0..150)
    );
    let (code, stdout, stderr) = piped();
    assert_eq!((code, stdout.as_str()), (Some(0), ""), "{stderr}");
    assert!(
        stderr.contains("events/page: goes on after page "),
        "{stderr}"
    );
}

#[test]
fn without_a_home_there_is_no_place_to_keep() {
    let tenant = serve(holding(1));
    let line = words("--stream page --from head --out -");
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(5));
    insta::assert_snapshot!(stderr);
    assert!(tenant.requests().is_empty());
}

#[test]
fn a_closed_pipe_ends_quietly_and_its_page_is_given_again() {
    let tenant = serve(holding(500));
    let state = Folder::new();
    let line = words("--stream page --from head --until caught-up --json-log --out -");
    let mut command = drain(&tenant, &line);
    command.env("XDG_STATE_HOME", state.path());
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert!(!stderr.contains("failed"), "{stderr}");
    let (code, stdout, stderr) = run(&mut command);
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(
        stdout.lines().collect::<Vec<_>>(),
        tenant.records("events/page", 0..500)
    );
}
