//! What becomes of records.

use super::{Folder, drain, holding, run, serve, whole, words};
use netskope_stand_in::DataExport;
use std::fs;

#[test]
fn a_stream_is_drained_letter_by_letter_and_then_gone_on_with() {
    let tenant = serve(holding(250));
    let out = Folder::new();
    let line = out.line("--stream page --from head --until caught-up");
    let (code, stdout, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!((code, stdout.as_str()), (Some(0), ""), "{stderr}");
    assert!(
        stderr.contains("events/page: begins at the head"),
        "{stderr}"
    );
    whole(&tenant, &out, 250).unwrap();

    let asked = tenant.served_pages().len();
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(0), "{stderr}");
    assert!(
        stderr.contains("events/page: goes on after page "),
        "{stderr}"
    );
    assert_eq!(out.records("events/page").len(), 250);
    let again = &tenant.served_pages()[asked..];
    assert!(
        again
            .iter()
            .all(|page| page.operation.to_string() == "next"),
        "{again:?}"
    );
}

#[test]
fn several_streams_are_drained_side_by_side() {
    let tenant = serve(holding(120));
    let out = Folder::new();
    let line = out.line("--stream page --stream events/alert --stream dlp --stream alert --from head --until caught-up");
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(0), "{stderr}");
    for stream in ["events/page", "events/alert", "alerts/dlp"] {
        assert_eq!(
            out.records(stream),
            tenant.records(stream, 0..120),
            "{stream}"
        );
    }
    for row in ["events/page       120  done", "alerts/dlp        120  done"] {
        assert!(stderr.contains(row), "{stderr}");
    }
}

#[test]
fn one_forbidden_stream_does_not_hold_up_the_others() {
    let tenant = serve(DataExport {
        forbidden: vec!["events/alert".to_owned()],
        ..holding(120)
    });
    let out = Folder::new();
    let line = out.line("--stream alert --stream page --from head --until caught-up");
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(3), "{stderr}");
    assert_eq!(out.records("events/page").len(), 120);
    let told: Vec<&str> = stderr
        .lines()
        .filter(|line| line.contains("error") || line.starts_with("hint"))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_query_keeps_what_matches_and_reads_all() {
    let tenant = serve(holding(120));
    let out = Folder::new();
    let records = tenant.records("events/page", 0..120);
    let passes = |record: &&String| record.contains(r#""bypass_traffic":"no""#);
    let kept: Vec<String> = records.iter().filter(passes).cloned().collect();
    assert!(!kept.is_empty() && kept.len() < 120);
    let keeping = ["--where", "bypass_traffic eq no"];
    let line = out.line("--stream page --from head --until caught-up");
    let (code, _, stderr) = run(drain(&tenant, &line).args(keeping));
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(out.records("events/page"), kept);

    let line = words("--stream page --from head --until caught-up --out -");
    let state = Folder::new();
    let mut command = drain(&tenant, &line);
    let (code, stdout, stderr) = run(command.args(keeping).env("XDG_STATE_HOME", state.path()));
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(stdout.lines().collect::<Vec<_>>(), kept);
}

#[test]
fn a_mistake_in_the_query_is_drawn_before_anything_is_sent() {
    let tenant = serve(holding(1));
    let out = Folder::new();
    let line = out.line("--stream page --from head");
    let (code, _, stderr) = run(drain(&tenant, &line).args(["--where", "user eq"]));
    assert_eq!(code, Some(2));
    assert!(stderr.contains("1 | user eq"), "{stderr}");
    assert!(tenant.requests().is_empty());
}

#[test]
fn a_new_index_must_be_told_where_to_begin() {
    let tenant = serve(holding(1));
    let out = Folder::new();
    let line = out.line("--stream page --stream alert");
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(2));
    insta::assert_snapshot!(stderr.replace(out.text(), "[OUT]"));
    assert!(tenant.requests().is_empty());
    assert_eq!(
        fs::read_dir(out.path()).unwrap().count(),
        0,
        "nothing is left behind"
    );
}

#[test]
fn a_restart_begins_anew_and_keeps_what_was_drained() {
    let tenant = serve(holding(30));
    let out = Folder::new();
    let line = out.line("--stream page --from head --until caught-up");
    run(&mut drain(&tenant, &line));
    let (code, _, stderr) = run(drain(&tenant, &line).arg("--restart"));
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.contains("events-page.before-1"), "{stderr}");
    assert_eq!(out.records("events/page").len(), 30);
    assert_eq!(out.records("events/page.before-1").len(), 30);
}
