//! What tests of sinks share: logs and pages.

use super::{
    disk::watch::{self, Op},
    error::StoreError,
    ledger::Origin,
    sink::Sink,
};
use netskope_model::{
    Tenant,
    v2::{Commit, Index, Intent, Operation, Page, Stream},
};
use std::{fs, io, path::Path};

pub(super) fn origin() -> Origin {
    Origin::new(
        &Tenant::parse("acme.goskope.com").unwrap(),
        Stream::parse("page").unwrap(),
        Index::parse("siem-1").unwrap(),
    )
}

/// Page `number`, of as many records as that number ends with, so that every tenth is empty.
pub(super) fn page(number: u64) -> Page {
    let records: Vec<String> = (0..number % 10)
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

    /// Drains as many pages as there are into a sink, in the order that sinks are promised.
    pub(super) fn drain<S: Sink>(&mut self, sink: &mut S, pages: u64) -> Result<(), S::Error> {
        let mut last = sink.last_commit()?;
        let mut asked = sink.last_intent()?;
        loop {
            let sequence = last.as_ref().map_or(0, |commit| commit.sequence) + 1;
            if sequence > pages {
                return Ok(());
            }
            let is_in_doubt = asked.take().is_some_and(|asked| asked.sequence == sequence);
            let (mut operation, mut page) = (Operation::Head, None);
            if let Some(last) = &last {
                operation = Operation::Next;
                if is_in_doubt {
                    let again = self.answer(Operation::Resend);
                    page = (!again.mark().is_same_page(&last.mark)).then_some(again);
                }
            }
            let page = if let Some(page) = page {
                page
            } else {
                let intent = Intent {
                    sequence,
                    operation,
                };
                sink.intend(&intent)?;
                self.answer(operation)
            };
            sink.append(&page)?;
            let commit = commit(sequence, operation, &page);
            sink.commit(&commit)?;
            last = Some(commit);
        }
    }
}

/// The records that a sink must have after so many pages.
pub(super) fn records(pages: u64) -> String {
    (1..=pages)
        .map(|number| page(number).ndjson().to_owned())
        .collect()
}

/// What a file must say after something was done to its text.
pub(super) fn edit(path: &Path, change: impl FnOnce(String) -> String) -> io::Result<()> {
    let text = fs::read_to_string(path)?;
    fs::write(path, change(text))
}

pub(super) type Outcome<T> = Result<T, StoreError>;
