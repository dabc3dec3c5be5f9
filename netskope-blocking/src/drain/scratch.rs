//! What tests of sinks share: logs and pages.

use super::{
    disk::watch::{self, Op},
    error::StoreError,
    ledger::Origin,
    sink::Sink,
};
use netskope_model::{
    Tenant,
    v2::{Commit, Digest, Index, Intent, Operation, Page, Stream},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub(super) fn origin() -> Origin {
    Origin::new(
        &Tenant::parse("acme.goskope.com").unwrap(),
        Stream::parse("page").unwrap(),
        Index::parse("siem-1").unwrap(),
    )
}

/// Page `number`, of 0 to 9 records: of 16 pages, the tenth to the sixteenth have none.
pub(super) fn page(number: u64) -> Page {
    let count = Some(number % 16).filter(|count| *count < 10);
    let records: Vec<String> = (0..count.unwrap_or_default())
        .map(|record| {
            format!(
                r#"{{"_id":"{number}-{record}","request_id":9064411288558768620,"n":{record}}}"#
            )
        })
        .collect();
    let body = format!(
        r#"{{"ok":1,"result":[{}],"timestamp_hwm":{number}}}"#,
        records.join(",")
    );
    Page::read(body.into_bytes()).unwrap()
}

pub(super) fn commit(sequence: u64, operation: Operation, page: &Page) -> Commit {
    Commit {
        sequence,
        operation,
        mark: page.mark().clone(),
        high_water_mark: page.high_water_mark(),
        before: None,
        at: 1_767_225_600,
    }
}

/// A tenant's index: it moves when it answers.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) served: u64,
}

impl Log {
    fn answer(&mut self, operation: Operation) -> Page {
        self.served = match operation {
            Operation::Resend => self.served,
            Operation::Next => self.served + 1,
            _ => 1,
        };
        // Nothing to record where a failure of the disk is being played.
        let _ = watch::before(Op::Elsewhere(self.served));
        page(self.served)
    }

    /// Drains up to this page into a sink, in the order that sinks are promised.
    pub(super) fn drain<S: Sink>(&mut self, sink: &mut S, pages: u64) -> Result<(), S::Error> {
        let mut last = sink.last_commit()?;
        let mut asked = sink.last_intent()?;
        loop {
            let sequence = last.as_ref().map_or(0, |commit| commit.sequence) + 1;
            let is_in_doubt = asked.take().is_some_and(|asked| asked.sequence == sequence);
            let (operation, page) = match &last {
                Some(last) if is_in_doubt => {
                    let again = self.answer(Operation::Resend);
                    if last.is_of(&again) {
                        continue;
                    }
                    (Operation::Resend, again)
                }
                _ if !is_in_doubt && self.served >= pages => return Ok(()),
                last => {
                    let operation = last.as_ref().map_or(Operation::Head, |_| Operation::Next);
                    sink.intend(&Intent {
                        sequence,
                        operation,
                    })?;
                    (operation, self.answer(operation))
                }
            };
            sink.append(&page)?;
            let commit = commit(sequence, operation, &page);
            sink.commit(&commit)?;
            last = Some(commit);
        }
    }
}

/// The records of a page.
pub(super) fn lines(page: &Page) -> String {
    String::from_utf8(page.ndjson().to_owned()).unwrap()
}

/// The records that a sink must have after so many pages.
pub(super) fn records(pages: u64) -> String {
    (1..=pages).map(|number| lines(&page(number))).collect()
}

/// The closed parts of a ledger, by the first page of each.
pub(super) fn closed(folder: &Path) -> Vec<(u64, PathBuf)> {
    let parts = fs::read_dir(folder).unwrap().filter_map(|entry| {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let number = name.strip_prefix("ledger-")?.strip_suffix(".ndjson")?;
        Some((number.parse().unwrap(), entry.path()))
    });
    let mut parts: Vec<_> = parts.collect();
    parts.sort();
    parts
}

/// Makes the checksums of a part of a ledger anew, as nobody does by accident.
pub(super) fn reseal(text: &str) -> String {
    let mut sum = Digest::of(b"").to_string();
    let seal = |line: &str| {
        let (text, _) = line.rsplit_once(",\"sum\":\"").unwrap();
        sum = Digest::of(format!("{sum}{text}").as_bytes()).to_string();
        format!("{text},\"sum\":\"{sum}\"}}\n")
    };
    text.lines().map(seal).collect()
}

/// What a file must say after something was done to its text.
pub(super) fn edit(path: &Path, change: impl FnOnce(String) -> String) -> io::Result<()> {
    let text = fs::read_to_string(path)?;
    fs::write(path, change(text))
}

pub(super) type Outcome<T> = Result<T, StoreError>;
