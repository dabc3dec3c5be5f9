//! `--json-log`: one JSON object for each thing that happens.

use super::{Now, Voice};
use crate::cli::{
    drain::{
        event::{Ending, Event, cause, is_retry},
        tally::{State, Tally},
    },
    failure::Failure,
    harmless::harmless_json,
};
use jiff::Timestamp;
use netskope_blocking::model::{drain::Resume, v2::Operation};
use serde::Serialize;
use std::io::{self, Write};

pub(in crate::cli::drain) struct JsonLog;

/// One line. Fields may be added; those that are there stay.
#[derive(Serialize)]
struct Line<'a> {
    /// In RFC 3339, to the second.
    time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<&'a str>,
    #[serde(flatten)]
    told: Told<'a>,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Told<'a> {
    /// It begins (`after_page` 0) or goes on.
    Started {
        after_page: u64,
        in_doubt: bool,
    },
    SetAside {
        folder: String,
    },
    /// A page holds the stream up; it is asked for all the same.
    Stuck {
        page: u64,
        /// In RFC 3339, to the second.
        since: String,
        answers: u32,
        message: &'a str,
        hint: &'a str,
    },
    Waiting {
        reason: &'static str,
        is_retry: bool,
        /// What went wrong, where a request is repeated.
        #[serde(skip_serializing_if = "Option::is_none")]
        message: Option<&'a str>,
        seconds: f64,
    },
    Page {
        page: u64,
        operation: Operation,
        records: u64,
        bytes: u64,
        lag_seconds: Option<u64>,
    },
    Failed {
        kind: &'static str,
        message: &'a str,
        hint: Option<&'a str>,
    },
    Ended {
        how: &'static str,
    },
    Summary {
        records: u64,
        bytes: u64,
        pages: u64,
        retries: u64,
        after_page: u64,
        high_water_mark: Option<i64>,
        lag_seconds: Option<u64>,
        how: &'static str,
    },
}

impl Voice for JsonLog {
    fn tell(&mut self, _: &Tally, after: &Tally, event: &Event, now: Now) {
        if let Some(told) = told(after, event, now) {
            write(Some(after.name()), told, now);
        }
    }

    fn tick(&mut self, _: &[Tally], _: Now) {}

    fn finish(&mut self, tallies: &[Tally], now: Now) {
        for tally in tallies {
            write(Some(tally.name()), summary(tally, now), now);
        }
    }
}

fn told<'a>(after: &'a Tally, event: &'a Event, now: Now) -> Option<Told<'a>> {
    Some(match event {
        Event::Started { resume } => Told::Started {
            after_page: after.sequence,
            in_doubt: matches!(resume, Resume::Doubt { .. }),
        },
        Event::SetAside(None) | Event::Asking | Event::Failed { .. } => return None,
        Event::SetAside(Some(folder)) => Told::SetAside {
            folder: folder.display().to_string(),
        },
        Event::Stuck(stuck) => Told::Stuck {
            page: stuck.page,
            since: format!("{:.0}", stuck.since),
            answers: stuck.answers,
            message: &stuck.message,
            hint: &stuck.hint,
        },
        Event::Waiting(wait) => Told::Waiting {
            reason: cause(wait.reason),
            is_retry: is_retry(wait.reason),
            message: after
                .trouble()
                .map(Failure::message)
                .filter(|_| is_retry(wait.reason)),
            seconds: wait.duration.as_secs_f64(),
        },
        Event::Page { commit, bytes } => Told::Page {
            page: commit.sequence,
            operation: commit.operation,
            records: commit.mark.records,
            bytes: *bytes,
            lag_seconds: lag(after, now),
        },
        Event::Ended(Ending::Failed(trouble)) => Told::Failed {
            kind: trouble.kind,
            message: trouble.failure.message(),
            hint: trouble.failure.remedy(),
        },
        Event::Ended(ending) => Told::Ended {
            how: ending.words(),
        },
    })
}

fn summary(tally: &Tally, now: Now) -> Told<'static> {
    Told::Summary {
        records: tally.records,
        bytes: tally.bytes,
        pages: tally.pages,
        retries: tally.retried(),
        after_page: tally.sequence,
        high_water_mark: tally.high_water_mark,
        lag_seconds: lag(tally, now),
        how: match &tally.state {
            State::Ended(Ending::Failed(trouble)) => trouble.kind,
            State::Ended(ending) => ending.words(),
            _ => "running",
        },
    }
}

fn lag(tally: &Tally, now: Now) -> Option<u64> {
    tally.lag(now.epoch).map(|lag| lag.as_secs())
}

fn write(stream: Option<&str>, told: Told<'_>, now: Now) {
    let time = Timestamp::from_second(now.epoch)
        .unwrap_or_default()
        .to_string();
    let line = Line { time, stream, told };
    if let Ok(json) = serde_json::to_string(&line) {
        let _ = writeln!(io::stderr().lock(), "{}", harmless_json(&json));
    }
}
