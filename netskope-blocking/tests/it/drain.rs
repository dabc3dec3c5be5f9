//! `nskope drain` against a stand-in for a tenant.

mod clock;
mod dry_run;
mod folder;
mod kills;
mod ledgers;
mod long;
mod metrics;
mod output;
mod readme;
mod signals;
mod started;
mod streams;
mod trouble;

use crate::command::nskope;
use folder::Folder;
use netskope_stand_in::{
    DEFAULT_V2_TOKEN, DataExport, Events, Options, StandIn,
    server::{Running, ServeOptions, spawn},
};
use std::{
    process::{Command, Output},
    time::{SystemTime, UNIX_EPOCH},
};

/// A tenant whose streams have this many events each, none of them to come.
fn holding(backlog: u64) -> DataExport {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    DataExport {
        origin: i64::try_from(now.as_secs()).unwrap() - 2,
        events: Events::backlog(backlog, 7),
        page_size: 100,
        wait_time: Some(0),
        permits: 1_000,
        served: true,
        ..DataExport::default()
    }
}

fn serve(dataexport: DataExport) -> Running {
    let options = Options {
        dataexport,
        record: true,
        ..Options::default()
    };
    spawn(StandIn::new(options), &ServeOptions::default()).unwrap()
}

/// The arguments of a line without quotes.
fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

/// The command with the stand-in's token, and no other.
fn drain(tenant: &Running, arguments: &[&str]) -> Command {
    drain_from(tenant.url(), arguments)
}

/// The same for a server of another kind.
fn drain_from(url: &str, arguments: &[&str]) -> Command {
    let mut command = nskope(&[&["drain", "--tenant", url, "--index", "siem"], arguments].concat());
    command
        .env_remove("NETSKOPE_V1_TOKEN")
        .env_remove("HOME")
        .env_remove("XDG_STATE_HOME")
        .env("NETSKOPE_V2_TOKEN", DEFAULT_V2_TOKEN);
    command
}

/// Exit code, standard output, standard error, none of which may hold a token.
fn outcome(output: Output) -> (Option<i32>, String, String) {
    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    for text in [&stdout, &stderr] {
        assert!(!text.contains(DEFAULT_V2_TOKEN), "{text}");
    }
    (output.status.code(), stdout, stderr)
}

fn run(command: &mut Command) -> (Option<i32>, String, String) {
    outcome(command.output().unwrap())
}

/// Whether so many records of a log are on disk, in their order, byte for byte, and the ledger agrees; if not, what is wrong.
fn whole(tenant: &Running, out: &Folder, records: u64) -> Result<(), String> {
    let ours = out.records("events/page");
    let theirs = tenant.records("events/page", 0..records);
    if ours.len() != theirs.len() {
        return Err(format!("{} records of {records}", ours.len()));
    }
    if let Some(odd) = ours.iter().zip(&theirs).position(|(a, b)| a != b) {
        return Err(format!(
            "record {odd} is {}, not {}",
            ours[odd], theirs[odd]
        ));
    }
    match run(&mut nskope(&["drain", "verify", out.text()])) {
        (Some(0), ..) => Ok(()),
        (_, stdout, stderr) => Err(stdout + &stderr),
    }
}
