//! What a whole ledger says.

use super::{
    entry::{Entry, Line, Origin},
    reader::Reader,
    seal::Seal,
};
use crate::drain::error::StoreError;
use netskope_model::v2::Intent;
use std::{collections::BTreeMap, path::Path};

/// What a ledger adds up to.
#[derive(Debug)]
pub(in crate::drain) struct History {
    pub(in crate::drain) origin: Origin,
    pub(in crate::drain) last: Option<Entry>,
    /// What was asked for last.
    pub(in crate::drain) intent: Option<Intent>,
    /// Where the committed part of each segment ends, by its name.
    pub(in crate::drain) segments: BTreeMap<String, u64>,
    /// The segment of the last page that has one.
    pub(in crate::drain) current: Option<String>,
    /// How many records were given, and how many of them written.
    pub(in crate::drain) records: u64,
    pub(in crate::drain) kept: u64,
    /// Whether a line follows that was not written whole.
    pub(super) ends_cut: bool,
    /// Where its last whole line ends.
    pub(in crate::drain) length: u64,
    pub(super) seal: Seal,
}

impl History {
    /// What the ledger of a folder says, if there is one.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, is damaged, or contradicts itself.
    pub(in crate::drain) fn read(folder: &Path) -> Result<Option<Self>, StoreError> {
        let Some((mut reader, origin)) = Reader::open(folder)? else {
            return Ok(None);
        };
        let mut history = Self {
            origin,
            last: None,
            intent: None,
            segments: BTreeMap::new(),
            current: None,
            records: 0,
            kept: 0,
            ends_cut: false,
            length: reader.length(),
            seal: reader.seal(),
        };
        while let Some(line) = reader.next()? {
            let taken = history.take(line);
            taken.map_err(|what| reader.damaged(what))?;
        }
        (history.length, history.seal) = (reader.length(), reader.seal());
        history.ends_cut = reader.ends_cut();
        Ok(Some(history))
    }

    /// The number of the page to come.
    pub(in crate::drain) fn next_sequence(&self) -> u64 {
        self.last.as_ref().map_or(0, |last| last.commit.sequence) + 1
    }

    /// What was asked for, and whose page is not committed.
    pub(in crate::drain) fn pending(&self) -> Option<&Intent> {
        let next = self.next_sequence();
        self.intent
            .as_ref()
            .filter(|intent| intent.sequence == next)
    }

    fn take(&mut self, line: Line) -> Result<(), &'static str> {
        let sequence = self.next_sequence();
        if let Some(intent) = line.intent {
            if intent.sequence != sequence {
                return Err("intends another page than the next one");
            }
            self.intent = Some(intent);
        }
        if let Some(entry) = line.commit {
            if sequence.checked_add(entry.idle) != Some(entry.commit.sequence) {
                return Err("commits another page than the next one");
            }
            self.place(&entry)?;
            self.records += entry.commit.mark.records;
            self.kept += entry.written().records;
            // Of the pages in between there are no intents.
            self.intent = Some(Intent {
                sequence: entry.commit.sequence,
                operation: entry.commit.operation,
            });
            self.last = Some(entry);
        }
        Ok(())
    }

    fn place(&mut self, entry: &Entry) -> Result<(), &'static str> {
        let Some(place) = &entry.place else {
            return Ok(());
        };
        let end = self.segments.entry(place.segment.clone()).or_default();
        if place.from != *end || place.to < place.from {
            return Err("puts a page elsewhere than behind the one before");
        }
        *end = place.to;
        self.current = Some(place.segment.clone());
        Ok(())
    }
}
