//! `nskope drain` against a stand-in for a tenant.

mod dry_run;
mod kills;
mod ledgers;
mod metrics;
mod output;
mod readme;
mod signals;
mod streams;
mod trouble;

use crate::command::nskope;
use netskope_stand_in::{
    DEFAULT_V2_TOKEN, DataExport, Events, Options, StandIn,
    server::{Running, ServeOptions, spawn},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicU32, Ordering},
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

/// A folder of a test's own, taken away at its end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("nskope-drain-{}-{count}", std::process::id());
        let path = env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }

    /// These arguments, and this folder to write to.
    fn line<'a>(&'a self, arguments: &'a str) -> Vec<&'a str> {
        let folder = ["--out", self.text()];
        arguments.split(' ').chain(folder).collect()
    }

    fn text(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// All records of a stream, in their order.
    fn records(&self, stream: &str) -> Vec<String> {
        let mut segments: Vec<PathBuf> = fs::read_dir(self.0.join(stream.replace('/', "-")))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                let name = path.file_name().unwrap().to_str().unwrap();
                name.ends_with(".ndjson") && name != "ledger.ndjson"
            })
            .collect();
        segments.sort();
        let texts = segments
            .iter()
            .map(|path| fs::read_to_string(path).unwrap());
        texts
            .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The command with the stand-in's token, and no other.
fn drain(tenant: &Running, arguments: &[&str]) -> Command {
    let url = tenant.url();
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
