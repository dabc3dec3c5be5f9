//! The records of a page that are written.

use super::ledger::Kept;
use netskope_model::v2::{Digester, Page, Record};
use std::io::{self, Write};

/// Whether a record is kept.
pub(super) type Keep = Box<dyn FnMut(Record<'_>) -> bool + Send>;

/// A page, or those of its records that are kept.
#[derive(Debug)]
pub(super) struct Selection<'p> {
    page: &'p Page,
    kept: Option<Vec<Record<'p>>>,
}

impl<'p> Selection<'p> {
    /// All of a page, unless there is a rule which to keep.
    pub(super) fn new(page: &'p Page, keep: Option<&mut Keep>) -> Self {
        let kept = keep.map(|keep| page.records().filter(|record| keep(*record)).collect());
        Self { page, kept }
    }

    pub(super) fn is_empty(&self) -> bool {
        let none_is_kept = self.kept.as_ref().is_some_and(Vec::is_empty);
        none_is_kept || self.page.is_empty()
    }

    /// Writes the records as lines.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.kept.is_none() {
            return out.write_all(self.page.ndjson());
        }
        self.lines().try_for_each(|bytes| out.write_all(bytes))
    }

    /// What was kept, where there was a rule.
    pub(super) fn kept(&self) -> Option<Kept> {
        let records = self.kept.as_ref()?.len() as u64;
        let mut digester = Digester::default();
        self.lines().for_each(|bytes| digester.update(bytes));
        Some(Kept {
            records,
            digest: digester.finish(),
        })
    }

    fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let kept = self.kept.iter().flatten();
        kept.flat_map(|record| [record.text().as_bytes(), b"\n"])
    }
}
