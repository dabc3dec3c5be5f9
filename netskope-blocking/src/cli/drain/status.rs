//! `nskope drain status`: where each index stands, by its ledger.

use super::{
    numbers::{bytes, grouped, span},
    table::{Column, table},
};
use crate::cli::{
    args::drain::{Folder, Form},
    console::Console,
    failure::{Exit, Failure},
    print,
};
use jiff::Timestamp;
use netskope_blocking::{
    drain::{Status, StoreError, stream_folders},
    model::{
        age::age,
        v2::{Commit, Intent},
    },
};
use serde::Serialize;
use std::{path::Path, time::Duration};

const COLUMNS: [Column; 9] = [
    Column::text("STREAM"),
    Column::number("RECORDS"),
    Column::text("LAST PAGE"),
    Column::number("LAG"),
    Column::number("AFTER PAGE"),
    Column::text("PENDING"),
    Column::text("INDEX"),
    Column::number("SIZE"),
    Column::number("FILES"),
];

pub(super) fn run(args: &Folder, console: Console) -> Result<Exit, Failure> {
    let now = Timestamp::now().as_second();
    let folders = stream_folders(&args.folder)?;
    let read: Vec<_> = folders
        .iter()
        .map(|folder| (name(folder), Status::read(folder)))
        .collect();
    match args.output {
        Form::Json => {
            let told: Vec<_> = read
                .iter()
                .map(|(name, status)| Told::new(name, status))
                .collect();
            print::json(&told)?;
        }
        Form::Table => {
            let rows = read
                .iter()
                .filter_map(|(name, status)| Some(row(name, status.as_ref().ok()?, now)));
            print::text(&table(&COLUMNS, rows, print::width()))?;
        }
    }
    let mut exit = Exit::Found;
    for (name, status) in read {
        if let Err(error) = status {
            exit = console.report(&Failure::from(error).about(&name));
        }
    }
    Ok(exit)
}

/// What to call a stream's folder.
pub(super) fn name(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or(folder.as_os_str());
    name.to_string_lossy().into_owned()
}

fn row(name: &str, status: &Status, now: i64) -> Vec<String> {
    let last = status.last.as_ref();
    let seconds = |at: u64| i64::try_from(at).unwrap_or(i64::MAX);
    let pending = status.pending.as_ref();
    vec![
        name.to_owned(),
        grouped(status.totals.kept),
        last.map(|last| age(now, seconds(last.at)))
            .unwrap_or_default(),
        last.and_then(|last| lag(last, now))
            .map(span)
            .unwrap_or_default(),
        last.map(|last| grouped(last.sequence)).unwrap_or_default(),
        pending
            .map(|intent| intent.operation.to_string())
            .unwrap_or_default(),
        status.origin.index.to_string(),
        bytes(status.totals.bytes),
        grouped(status.totals.segments),
    ]
}

/// How far the records are behind the present.
fn lag(last: &Commit, now: i64) -> Option<Duration> {
    let seconds = now.saturating_sub(last.high_water_mark?);
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// What programs are told of a folder.
#[derive(Serialize)]
struct Told<'a> {
    folder: &'a str,
    #[serde(flatten)]
    status: Found<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Found<'a> {
    Status {
        tenant: &'a str,
        stream: String,
        index: &'a str,
        pages: u64,
        records: u64,
        kept: u64,
        bytes: u64,
        files: u64,
        last: Option<&'a Commit>,
        pending: Option<&'a Intent>,
    },
    Error {
        error: String,
        kind: &'static str,
    },
}

impl<'a> Told<'a> {
    fn new(folder: &'a str, status: &'a Result<Status, StoreError>) -> Self {
        let status = match status {
            Ok(status) => Found::Status {
                tenant: &status.origin.tenant,
                stream: status.origin.stream.to_string(),
                index: status.origin.index.as_str(),
                pages: status.totals.pages,
                records: status.totals.records,
                kept: status.totals.kept,
                bytes: status.totals.bytes,
                files: status.totals.segments,
                last: status.last.as_ref(),
                pending: status.pending.as_ref(),
            },
            Err(error) => Found::Error {
                error: error.to_string(),
                kind: error.kind().as_str(),
            },
        };
        Self { folder, status }
    }
}
