//! `nskope drain status` and `nskope drain verify`.

use super::{Folder, drain, holding, long, run, serve};
use crate::command::nskope;
use netskope_stand_in::{DataExport, server::Running};
use serde_json::Value;
use std::fs;

/// A folder with two streams that were drained to their end.
fn drained() -> (Running, Folder) {
    let tenant = serve(holding(250));
    let out = Folder::new();
    let line = out.line("--stream page --stream alert --from head --until caught-up");
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(0), "{stderr}");
    (tenant, out)
}

fn told(command: &str, out: &Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    run(nskope(&["drain", command, out.text()]).args(arguments))
}

#[test]
fn status_tells_where_each_index_stands() {
    let (tenant, out) = drained();
    let (code, stdout, stderr) = told("status", &out, &[]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let rows: Vec<&str> = stdout.lines().collect();
    assert!(
        rows[0].starts_with("STREAM        RECORDS  LAST PAGE  "),
        "{stdout}"
    );
    assert!(
        rows[1].starts_with("events-alert      250  just now   "),
        "{stdout}"
    );
    assert!(
        rows[2].starts_with("events-page       250  just now   "),
        "{stdout}"
    );

    let (code, stdout, _) = told("status", &out, &["--output", "json"]);
    assert_eq!(code, Some(0));
    let told: Vec<Value> = serde_json::from_str(&stdout).unwrap();
    assert_eq!(told[1]["tenant"], tenant.url());
    assert_eq!(
        (&told[1]["stream"], &told[1]["index"]),
        (&"events/page".into(), &"siem".into())
    );
    assert_eq!(
        (&told[1]["records"], &told[1]["pending"]),
        (&250.into(), &Value::Null)
    );
    assert_eq!(told[1]["last"]["sequence"], told[1]["pages"]);
}

#[test]
fn verify_finds_what_was_changed_and_what_is_gone() {
    let (_tenant, out) = drained();
    let (code, stdout, stderr) = told("verify", &out, &[]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.contains("events-page   sound       250"), "{stdout}");

    let path = &out.segments("events/page")[0];
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, text.replacen("\"_id\"", "\"_iD\"", 1)).unwrap();
    let (code, stdout, _) = told("verify", &out, &[]);
    assert_eq!(code, Some(5));
    assert!(
        stdout.contains("events-page: error: page 1 in "),
        "{stdout}"
    );
    assert!(stdout.contains("events-page   1 fault"), "{stdout}");
    assert!(stdout.contains("events-alert  sound"), "{stdout}");

    let (code, stdout, _) = told("verify", &out, &["--output", "json"]);
    assert_eq!(code, Some(5));
    let told: Vec<Value> = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (&told[0]["is_sound"], &told[1]["is_sound"]),
        (&true.into(), &false.into())
    );
    assert_eq!(told[1]["findings"][0]["kind"], "page-changed");
}

#[test]
fn a_damaged_ledger_is_told_and_does_not_hide_the_others() {
    let (_tenant, out) = drained();
    let ledger = out.path().join("events-alert/ledger.ndjson");
    let text = fs::read_to_string(&ledger).unwrap();
    fs::write(
        &ledger,
        text.replacen("\"records\":100", "\"records\":101", 1),
    )
    .unwrap();
    let (code, stdout, stderr) = told("status", &out, &[]);
    assert_eq!(code, Some(5));
    assert!(stdout.contains("events-page "), "{stdout}");
    assert!(stderr.starts_with("error: events-alert: "), "{stderr}");
}

#[test]
fn a_folder_without_ledgers_is_told() {
    let out = Folder::new();
    for command in ["status", "verify"] {
        let (code, stdout, stderr) = told(command, &out, &[]);
        assert_eq!((code, stdout.as_str()), (Some(5), ""));
        assert!(
            stderr.starts_with("error: there is no ledger in "),
            "{stderr}"
        );
    }
}

#[test]
fn a_ledger_in_parts_is_told_as_one() {
    let tenant = serve(DataExport {
        page_size: 10,
        ..holding(250)
    });
    let out = Folder::new();
    long::ledger(&out, &tenant, 4_000);
    let line = out.line("--stream page --from head --until caught-up");
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(
        out.records("events/page"),
        tenant.records("events/page", 0..250)
    );
    let (code, stdout, _) = told("status", &out, &["--output", "json"]);
    assert_eq!(code, Some(0));
    let status: Vec<Value> = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (&status[0]["records"], &status[0]["files"]),
        (&250.into(), &2.into())
    );
    let (code, stdout, stderr) = told("verify", &out, &[]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.contains("events-page  sound       250"), "{stdout}");

    // Both may be moved away, and the same line goes on.
    fs::remove_file(out.path().join("events-page/ledger-1.ndjson")).unwrap();
    fs::remove_file(&out.segments("events/page")[0]).unwrap();
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(0), "{stderr}");
    let (code, stdout, _) = told("verify", &out, &[]);
    assert_eq!(code, Some(0), "{stdout}");
    let note = "events-page: note: the ledger begins behind page ";
    assert!(stdout.starts_with(note), "{stdout}");
}
