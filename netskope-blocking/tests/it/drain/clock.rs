//! A time of day that is set anew while a drain runs.
//!
//! libfaketime puts it between the process and the system, and leaves the clock alone that only counts on. It is asked for
//! by `cargo xtask test clock`, which installs it.

use super::{Folder, drain, holding, run, serve, started::Started, whole};
use netskope_stand_in::{DataExport, Events, faults_of};
use serde_json::Value;
use std::{
    env, fs,
    path::PathBuf,
    process::Command,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// How many seconds anything may take that an hour would be too long for.
const SOON: u64 = 60;

/// The time of day of a process.
struct Clock(Folder);

impl Clock {
    /// One that is so many seconds ahead.
    fn ahead(seconds: i64) -> Self {
        let clock = Self(Folder::new());
        clock.set(seconds);
        clock
    }

    /// Sets it to so many seconds ahead.
    fn set(&self, seconds: i64) {
        // A file half written would be another time.
        let next = self.0.path().join("next");
        fs::write(&next, format!("{seconds:+}")).unwrap();
        fs::rename(next, self.file()).unwrap();
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("now")
    }

    /// Lets a command go by it.
    fn rule(&self, command: &mut Command) {
        let library = env::var_os("NETSKOPE_FAKETIME").expect("run `cargo xtask test clock`");
        command
            .env("LD_PRELOAD", library)
            .env("FAKETIME_TIMESTAMP_FILE", self.file())
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .env("NO_FAKE_STAT", "1");
    }
}

/// The time of day of this process.
fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    now.as_secs().cast_signed()
}

/// Waits for a page that a process with its clock so far ahead has told of; nothing before may be out of reason.
fn page_told_at(started: &mut Started, ahead: i64) {
    let asked = Instant::now();
    loop {
        let event: Value = serde_json::from_str(&started.line()).unwrap();
        if let Some(wait) = event["seconds"].as_f64() {
            assert!(wait < 6.0, "{event}");
        }
        if let Some(lag) = event["lag_seconds"].as_i64() {
            assert!((0..DAY + HOUR).contains(&lag), "{event}");
        }
        let told: jiff::Timestamp = event["time"].as_str().unwrap().parse().unwrap();
        let is_set = (told.as_second() - ahead).abs_diff(now()) < SOON;
        if event["event"] == "page" && is_set {
            return;
        }
        assert!(asked.elapsed().as_secs() < SOON, "no page came: {event}");
    }
}

#[test]
#[ignore = "`cargo xtask test clock` runs it with libfaketime"]
fn a_drain_that_follows_neither_loses_nor_doubles_nor_waits_for_an_hour() {
    const JUMPS: [i64; 6] = [HOUR, 0, -HOUR, DAY, -DAY, 0];
    const BACKLOG: u64 = 50;
    let tenant = serve(DataExport {
        events: Events {
            per_second: 20,
            ..Events::backlog(BACKLOG, 7)
        },
        wait_time: Some(1),
        ..holding(0)
    });
    let (clock, out) = (Clock::ahead(0), Folder::new());
    let line = out.line("--stream page --from head --rotate-age 30min");
    let mut command = drain(&tenant, &line);
    clock.rule(command.arg("--json-log"));
    let mut started = Started::new(&mut command);
    page_told_at(&mut started, 0);
    for ahead in JUMPS {
        clock.set(ahead);
        page_told_at(&mut started, ahead);
        page_told_at(&mut started, ahead);
    }
    started.signal("-TERM");
    let (code, said) = started.end();
    assert_eq!(code, Some(0), "{said}");

    let compare = || {
        let count = out.records("events/page").len() as u64;
        whole(&tenant, &out, count).unwrap();
        count
    };
    let followed = compare();
    assert!(followed > BACKLOG, "{followed}");
    let segments = out.segments("events/page").len();
    assert!(segments <= 1 + JUMPS.len(), "{segments} segments");

    // What a clock gone wild has written down is gone on with.
    let (code, _, stderr) = run(drain(&tenant, &line).args(["--until", "caught-up"]));
    assert_eq!(code, Some(0), "{stderr}");
    assert!(compare() > followed);
}

#[test]
#[ignore = "`cargo xtask test clock` runs it with libfaketime"]
fn a_tail_that_was_not_given_at_once_is_read_from_where_it_was() {
    thread::scope(|scope| {
        for ahead in [0, HOUR, -HOUR, DAY] {
            scope.spawn(move || begins_at_the_tail(ahead));
        }
    });
}

/// Drains from the tail, the first request for which fails, with the clock so far ahead.
fn begins_at_the_tail(ahead: i64) {
    let tenant = serve(DataExport {
        events: Events {
            per_second: 5,
            ..Events::backlog(50, 7)
        },
        wait_time: Some(1),
        ..holding(0)
    });
    for fault in faults_of(r#"{"operation":"tail","status":503,"moved":true}"#).unwrap() {
        tenant.push_fault(fault);
    }
    let (clock, out) = (Clock::ahead(ahead), Folder::new());
    let line = out.line("--stream page --from tail --json-log");
    let mut command = drain(&tenant, &line);
    clock.rule(&mut command);
    let mut started = Started::new(&mut command);
    for _ in 0..3 {
        page_told_at(&mut started, ahead);
    }
    started.signal("-TERM");
    let (code, said) = started.end();
    assert_eq!(code, Some(0), "{ahead} ahead: {said}");

    let served = tenant.served_pages();
    let there = served.first().unwrap().positions.end;
    let is_start = |operation: &str| operation.parse::<u64>().is_ok();
    let mut pages = served.iter().rev();
    let first = pages.find(|page| is_start(&page.operation.to_string()));
    let first = first.unwrap().positions.start;
    let ours = out.records("events/page");
    assert!(
        first <= there,
        "{ahead} ahead: {} are left out",
        first - there
    );
    assert!(!ours.is_empty(), "{ahead} ahead: no record came");
    assert!(
        ours == tenant.records("events/page", first..first + ours.len() as u64),
        "{ahead} ahead: other records"
    );
}

#[test]
#[ignore = "`cargo xtask test clock` runs it with libfaketime"]
fn a_drain_comes_to_its_end_when_it_should() {
    let later = (now() + 12).to_string();
    thread::scope(|scope| {
        for (until, before, after) in [
            // Where events come in all the time, no empty page tells of the end.
            ("caught-up busily", -2 * DAY, 0),
            ("caught-up", 0, HOUR),
            ("caught-up", 0, -HOUR),
            ("caught-up", 0, 2 * DAY),
            ("caught-up", 0, -2 * DAY),
            ("caught-up", DAY, 0),
            (&later, 0, DAY),
            (&later, 0, -2 * DAY),
        ] {
            scope.spawn(move || ends(until, before, after));
        }
    });
}

/// Drains with the clock so far ahead, and so far after the first page.
fn ends(until: &str, before: i64, after: i64) {
    let (until, is_busy) = until
        .split_once(' ')
        .map_or((until, false), |(until, _)| (until, true));
    let held = holding(60);
    let tenant = serve(DataExport {
        page_size: 20,
        wait_time: Some(1),
        events: Events {
            per_second: if is_busy { 5 } else { 0 },
            ..held.events
        },
        ..held
    });
    let (clock, out) = (Clock::ahead(before), Folder::new());
    let line = out.line("--stream page --from head --json-log");
    let mut command = drain(&tenant, &line);
    clock.rule(command.args(["--until", until]));
    let mut started = Started::new(&mut command);
    started.until("\"event\":\"page\"");
    clock.set(after);
    let case = format!("until {until}, from {before} to {after} ahead");
    let (code, said) = started.end_within(Duration::from_secs(SOON));
    assert_eq!(code, Some(0), "{case}: {said}");
    if let Ok(until) = until.parse::<i64>() {
        assert!(now() >= until, "{case}: it ended early");
    }
    // What is to be read is what is from before the run by the clock that it began with.
    let count = out.records("events/page").len() as u64;
    assert!(is_busy || count == 60, "{case}: {count} records");
    assert_eq!(whole(&tenant, &out, count), Ok(()), "{case}");
}
