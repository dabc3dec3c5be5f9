//! One page, all pages, and whether there is more.

use crate::{
    command::{clients, nskope, run},
    server::{Answer, serve},
};

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
