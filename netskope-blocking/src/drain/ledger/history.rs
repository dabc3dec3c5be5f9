//! What the newest part of a ledger says.

use super::{
    entry::{Entry, Line, Origin},
    part,
    progress::Progress,
    seal::Seal,
};
use crate::drain::error::StoreError;
use netskope_model::v2::Intent;
use std::{collections::BTreeMap, path::Path};

/// What the newest part of a ledger says, which is all that is needed to go on.
#[derive(Debug)]
pub(in crate::drain) struct History {
    pub(in crate::drain) origin: Origin,
    /// The first page that this part may speak of.
    pub(in crate::drain) first: u64,
    /// How far it is, with all parts before.
    pub(in crate::drain) progress: Progress,
    /// What was asked for last.
    pub(in crate::drain) intent: Option<Intent>,
    /// Where the committed part of each segment ends, by its name: of those that this part speaks of, and the last one before.
    pub(in crate::drain) segments: BTreeMap<String, u64>,
    /// Whether this part speaks of a segment; otherwise what its progress knows of one is from those before.
    is_placed: bool,
    /// Whether a line follows that was not written whole.
    pub(super) ends_cut: bool,
    /// How many bytes all parts before it have.
    pub(super) earlier: u64,
    /// Where its last whole line ends.
    pub(super) length: u64,
    pub(super) seal: Seal,
}

impl History {
    /// What the ledger of a folder says, if there is one. Only its newest part is read.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, is damaged, or contradicts itself.
    pub(in crate::drain) fn read(folder: &Path) -> Result<Option<Self>, StoreError> {
        let Some((mut reader, header)) = part::newest(folder)? else {
            return Ok(None);
        };
        let first = header.first_page();
        let before = header.before.map(|before| (before.progress, before.length));
        let (progress, earlier) = before.unwrap_or_default();
        let mut history = Self {
            origin: header.origin,
            first,
            intent: progress.asked(),
            segments: BTreeMap::new(),
            is_placed: false,
            progress,
            ends_cut: false,
            earlier,
            length: 0,
            seal: Seal::default(),
        };
        if let Some(place) = &history.progress.place {
            history.segments.insert(place.segment.clone(), place.to);
        }
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
        self.progress.next_sequence()
    }

    /// What was asked for, and whose page is not committed.
    pub(in crate::drain) fn pending(&self) -> Option<&Intent> {
        let next = self.next_sequence();
        self.intent
            .as_ref()
            .filter(|intent| intent.sequence == next)
    }

    /// The segment that the next page may go into: that of the last page of this part that has one. Those of earlier parts are
    /// complete, and may have been moved away.
    pub(in crate::drain) fn current(&self) -> Option<&String> {
        let place = self.progress.place.as_ref();
        let place = place.filter(|_| self.is_placed);
        place.map(|place| &place.segment)
    }

    /// How many bytes the ledger has, in all its parts.
    pub(in crate::drain) const fn end(&self) -> u64 {
        self.earlier.saturating_add(self.length)
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
            self.progress.add(entry);
            // Of the pages in between there are no intents.
            self.intent = self.progress.asked();
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
        self.is_placed = true;
        Ok(())
    }
}
