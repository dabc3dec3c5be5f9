//! `nskope drain verify`: whether all that was committed is there, once and unchanged.

use super::{
    numbers::{bytes, grouped},
    status::name,
    table::{Column, table},
};
use crate::cli::{
    args::drain::{Folder, Form},
    console::Console,
    failure::{Exit, Failure},
    print,
};
use netskope_blocking::drain::{Finding, StoreError, Verified, stream_folders, verify};
use serde::Serialize;
use std::fmt::Write;

const COLUMNS: [Column; 6] = [
    Column::text("STREAM"),
    Column::text("RESULT"),
    Column::number("RECORDS"),
    Column::number("PAGES"),
    Column::number("SIZE"),
    Column::text("INDEX"),
];

pub(super) fn run(args: &Folder, console: Console) -> Result<Exit, Failure> {
    let mut read = Vec::new();
    for folder in stream_folders(&args.folder)? {
        read.push((name(&folder), verify(&folder)));
    }
    match args.output {
        Form::Json => {
            let told: Vec<_> = read
                .iter()
                .map(|(name, verified)| Told::new(name, verified))
                .collect();
            print::json(&told)?;
        }
        Form::Table => print::text(&text(&read))?,
    }
    let mut exit = Exit::Found;
    for (name, verified) in read {
        match verified {
            Ok(verified) if verified.is_sound() => {}
            Ok(_) => exit = Exit::Local,
            Err(error) => exit = console.report(&Failure::from(error).about(&name)),
        }
    }
    Ok(exit)
}

/// What was found, and then a line for each stream.
fn text(read: &[(String, Result<Verified, StoreError>)]) -> String {
    let mut text = String::new();
    let sound = read
        .iter()
        .filter_map(|(name, verified)| Some((name, verified.as_ref().ok()?)));
    for (name, verified) in sound.clone() {
        for finding in &verified.findings {
            let kind = if finding.is_fault() { "error" } else { "note" };
            let _ = writeln!(text, "{name}: {kind}: {finding}");
        }
    }
    text + &table(
        &COLUMNS,
        sound.map(|(name, verified)| row(name, verified)),
        print::width(),
    )
}

fn row(name: &str, verified: &Verified) -> Vec<String> {
    let faults = verified
        .findings
        .iter()
        .filter(|finding| finding.is_fault())
        .count();
    let result = match faults {
        0 => "sound".to_owned(),
        1 => "1 fault".to_owned(),
        faults => format!("{faults} faults"),
    };
    vec![
        name.to_owned(),
        result,
        grouped(verified.totals.kept),
        grouped(verified.totals.pages),
        bytes(verified.totals.bytes),
        verified.origin.index.to_string(),
    ]
}

/// What programs are told of a folder.
#[derive(Serialize)]
struct Told<'a> {
    folder: &'a str,
    #[serde(flatten)]
    verified: Read<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Read<'a> {
    Verified {
        tenant: &'a str,
        stream: String,
        index: &'a str,
        is_sound: bool,
        pages: u64,
        records: u64,
        kept: u64,
        bytes: u64,
        files: u64,
        findings: Vec<ToldFinding>,
    },
    Error {
        error: String,
        kind: &'static str,
    },
}

#[derive(Serialize)]
struct ToldFinding {
    kind: &'static str,
    is_fault: bool,
    message: String,
}

impl ToldFinding {
    fn new(finding: &Finding) -> Self {
        Self {
            kind: finding.as_str(),
            is_fault: finding.is_fault(),
            message: finding.to_string(),
        }
    }
}

impl<'a> Told<'a> {
    fn new(folder: &'a str, verified: &'a Result<Verified, StoreError>) -> Self {
        let verified = match verified {
            Ok(verified) => Read::Verified {
                tenant: &verified.origin.tenant,
                stream: verified.origin.stream.to_string(),
                index: verified.origin.index.as_str(),
                is_sound: verified.is_sound(),
                pages: verified.totals.pages,
                records: verified.totals.records,
                kept: verified.totals.kept,
                bytes: verified.totals.bytes,
                files: verified.totals.segments,
                findings: verified.findings.iter().map(ToldFinding::new).collect(),
            },
            Err(error) => Read::Error {
                error: error.to_string(),
                kind: error.kind().as_str(),
            },
        };
        Self { folder, verified }
    }
}
