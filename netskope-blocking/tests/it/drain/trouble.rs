//! What goes wrong: each a clear message, and nothing lost.

use super::{Folder, drain, drain_from, holding, outcome, run, serve, whole};
use crate::server::{Answer, serve as answering};
use netskope_stand_in::{DataExport, faults_of, server::Running};
use std::{
    fs,
    process::{Command, Stdio},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// The lines that say what went wrong, without what differs from day to day.
fn told(stderr: &str, out: &Folder) -> String {
    let is_told = |line: &&str| line.contains("error: ") || line.starts_with("hint: ");
    let lines: Vec<&str> = stderr.lines().filter(is_told).collect();
    lines.join("\n").replace(out.text(), "[OUT]")
}

/// Lets the tenant fail, as a line says.
fn fails(tenant: &Running, fault: &str) {
    for fault in faults_of(fault).unwrap() {
        tenant.push_fault(fault);
    }
}

#[test]
fn two_processes_do_not_share_a_folder() {
    let tenant = serve(DataExport {
        wait_time: Some(2),
        ..holding(5)
    });
    let out = Folder::new();
    let line = out.line("--stream page --from head");
    let mut first = drain(&tenant, &line)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while tenant.served_pages().is_empty() {
        thread::sleep(Duration::from_millis(20));
    }
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    let pid = first.id().to_string();
    assert_eq!(code, Some(5), "{stderr}");
    insta::assert_snapshot!(told(&stderr, &out).replace(&pid, "[PID]"));
    first.kill().unwrap();
    outcome(first.wait_with_output().unwrap());
    let line = [&line[..], &["--until", "caught-up"]].concat();
    // The lock went with its process.
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(out.records("events/page").len(), 5);
}

#[test]
fn a_ledger_of_another_index_is_not_touched() {
    let tenant = serve(holding(5));
    let out = Folder::new();
    let line = out.line("--stream page --from head --until caught-up");
    run(&mut drain(&tenant, &line));
    let ledger = out.path().join("events-page/ledger.ndjson");
    let before = fs::read(&ledger).unwrap();
    let mut other = crate::command::nskope(
        &[
            &["drain", "--tenant", tenant.url(), "--index", "other"],
            &line[..],
        ]
        .concat(),
    );
    let (code, _, stderr) =
        run(other.env("NETSKOPE_V2_TOKEN", netskope_stand_in::DEFAULT_V2_TOKEN));
    assert_eq!(code, Some(5), "{stderr}");
    insta::assert_snapshot!(told(&stderr, &out).replace(tenant.url(), "[TENANT]"));
    assert_eq!(fs::read(&ledger).unwrap(), before);
}

#[test]
fn a_token_that_is_revoked_meanwhile_ends_the_stream_and_loses_nothing() {
    let page = r#"{"ok":1,"result":[{"_id":"a","timestamp":1}],"wait_time":0,"timestamp_hwm":1}"#;
    let revoked = Answer::new("401 Unauthorized", r#"{"message":"Unauthorized"}"#);
    let tenant = answering([Answer::ok(page), revoked]);
    let out = Folder::new();
    let line = out.line("--stream page --from head");
    let mut command = drain_from(&tenant.url, &line);
    let (code, _, stderr) = run(command.env("NETSKOPE_V2_TOKEN", "0123456789abcdef"));
    assert_eq!(code, Some(3), "{stderr}");
    assert!(!stderr.contains("0123456789abcdef"), "{stderr}");
    insta::assert_snapshot!(told(&stderr, &out));
    assert_eq!(out.records("events/page"), [r#"{"_id":"a","timestamp":1}"#]);
}

#[test]
fn what_came_since_a_tail_whose_answer_was_lost_is_read() {
    let page = r#"{"ok":1,"result":[{"_id":"a"}],"wait_time":0,"timestamp_hwm":4102444800}"#;
    let tenant = answering([Answer::raw(""), Answer::ok(page)]);
    let out = Folder::new();
    let line = out.line("--stream page --from tail --retries 0");
    let command = || run(&mut drain_from(&tenant.url, &line));
    assert_eq!(command().0, Some(4));
    command();
    let asked: Vec<String> = tenant
        .requests
        .try_iter()
        .map(|request| {
            let rest = request.split_once("operation=").unwrap().1;
            rest.split_once('&').unwrap().0.to_owned()
        })
        .collect();
    assert_eq!(asked[0], "tail");
    // It may have been a while, so the second run asks from the first one's moment on.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let since: u64 = asked[1].parse().unwrap();
    assert!((300..500).contains(&(now.as_secs() - since)), "{asked:?}");
    assert_eq!(out.records("events/page"), [r#"{"_id":"a"}"#]);
}

#[test]
fn a_token_of_v1_is_told_apart() {
    let tenant = serve(holding(1));
    let out = Folder::new();
    let line = out.line("--stream page --from head");
    let mut command = drain(&tenant, &line);
    let (code, _, stderr) = run(command
        .env_remove("NETSKOPE_V2_TOKEN")
        .env("NETSKOPE_V1_TOKEN", "abcdef"));
    assert_eq!(code, Some(2));
    insta::assert_snapshot!(stderr);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let tenant = serve(holding(5));
    let (out, programs) = (Folder::new(), Folder::new());
    for (folder, mode) in [(&out, 0o555), (&programs, 0o755)] {
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    }
    let line = out.line("--stream page --from head");
    let mut command = drain(&tenant, &line);
    if fs::write(out.path().join("probe"), "").is_ok() {
        command = as_nobody(&command, &programs);
    }
    let (code, _, stderr) = run(&mut command);
    assert_eq!(code, Some(5));
    insta::assert_snapshot!(told(&stderr, &out));
    assert!(tenant.requests().is_empty());
}

/// The same command for a user who may not write everywhere, as root may.
#[cfg(unix)]
fn as_nobody(command: &Command, programs: &Folder) -> Command {
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    // That user may not get to where it was built.
    let program = programs.path().join("nskope");
    fs::copy(command.get_program(), &program).unwrap();
    let mut other = Command::new(program);
    other.args(command.get_args()).uid(NOBODY).gid(NOBODY);
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => other.env(name, value),
            None => other.env_remove(name),
        };
    }
    other
}

#[test]
fn a_file_in_the_place_of_the_folder_is_told() {
    let tenant = serve(holding(5));
    let out = Folder::new();
    let file = out.path().join("file");
    fs::write(&file, "").unwrap();
    let mut said = Vec::new();
    for more in [&[][..], &["--dry-run"][..]] {
        let line = [
            &["--stream", "page", "--from", "head", "--out"],
            &[file.to_str().unwrap()][..],
            more,
        ];
        let (code, _, stderr) = run(&mut drain(&tenant, &line.concat()));
        assert_eq!(code, Some(5));
        said.push(told(&stderr, &out));
    }
    insta::assert_snapshot!(said.join("\n"));
    assert!(tenant.requests().is_empty());
}

#[test]
fn a_page_of_a_gigabyte_is_refused_and_can_be_had_once_it_is_smaller() {
    let tenant = serve(holding(5));
    fails(&tenant, r#"{"v2":true,"pad":1073741824}"#);
    let out = Folder::new();
    let line = out.line("--stream page --from head --until caught-up");
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(4), "{stderr}");
    insta::assert_snapshot!(told(&stderr, &out));
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(0), "{stderr}");
    whole(&tenant, &out, 5).unwrap();
}

#[test]
fn a_failure_is_told_with_its_reason_and_so_is_its_end() {
    let tenant = serve(holding(150));
    fails(&tenant, r#"{"v2":true,"operation":"next","status":502}"#);
    let out = Folder::new();
    let line = out.line("--stream page --from head --until caught-up");
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(0), "{stderr}");
    let lines: Vec<&str> = stderr
        .lines()
        .filter(|line| line.contains("again") || line.starts_with("hint"))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
    whole(&tenant, &out, 150).unwrap();
}

#[test]
fn another_consumer_of_the_index_is_told_of() {
    let tenant = serve(holding(150));
    fails(&tenant, r#"{"v2":true,"status":409,"times":"always"}"#);
    let out = Folder::new();
    let line = out.line("--stream page --from head --retries 0");
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(4), "{stderr}");
    insta::assert_snapshot!(told(&stderr, &out));
}

#[test]
fn a_page_that_cannot_be_read_is_told_of_with_the_way_around_it() {
    let tenant = serve(holding(150));
    fails(
        &tenant,
        r#"{"v2":true,"status":200,"body":"{\"ok\":1,","times":"always"}"#,
    );
    let out = Folder::new();
    let line = out.line("--stream page --from head --retries 0");
    let (code, _, stderr) = run(&mut drain(&tenant, &line));
    assert_eq!(code, Some(4), "{stderr}");
    insta::assert_snapshot!(told(&stderr, &out));
}
