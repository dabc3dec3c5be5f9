//! `--dry-run`: it says what would be done, and sends nothing.

use super::{Folder, drain, holding, run, serve};
use std::{fs, path::Path};

fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_dry_run_sends_nothing_and_leaves_nothing() {
    let tenant = serve(holding(30));
    let out = Folder::new();
    let shown = |text: &str| {
        text.replace(out.text(), "[OUT]")
            .replace(tenant.url(), "[TENANT]")
    };
    let line = out.line("--stream page --from head --until caught-up");
    let (code, stdout, stderr) = run(drain(&tenant, &line).arg("--dry-run"));
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!("a_new_index", shown(&stdout));
    assert!(tenant.requests().is_empty());
    assert_eq!(listing(out.path()), [""; 0]);

    run(&mut drain(&tenant, &line));
    let (requests, files) = (
        tenant.requests().len(),
        listing(&out.path().join("events-page")),
    );
    let (code, stdout, stderr) =
        run(drain(&tenant, &line).args(["--dry-run", "--stream", "alert"]));
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    // Whether a page more is needed to be sure of the end depends on the clock.
    let steady = shown(&stdout).replace("page 1;", "page 2;");
    insta::assert_snapshot!("an_index_that_is_known", steady);
    assert_eq!(tenant.requests().len(), requests);
    assert_eq!(listing(&out.path().join("events-page")), files);
    assert_eq!(out.records("events/page").len(), 30);
}

#[test]
fn a_dry_run_finds_what_would_fail() {
    let tenant = serve(holding(30));
    let out = Folder::new();
    let file = out.path().join("file");
    fs::write(&file, "").unwrap();
    let below = file.join("logs");
    let line = ["--stream", "page", "--from", "head", "--dry-run", "--out"];
    let (code, _, stderr) = run(drain(&tenant, &line).arg(&below));
    assert_eq!(code, Some(5));
    assert!(stderr.starts_with("error: "), "{stderr}");
    let (code, _, stderr) = run(drain(&tenant, &line)
        .arg(out.path())
        .env_remove("NETSKOPE_V2_TOKEN"));
    assert_eq!(code, Some(2));
    assert!(stderr.contains("no token given"), "{stderr}");
    assert!(tenant.requests().is_empty());
}
