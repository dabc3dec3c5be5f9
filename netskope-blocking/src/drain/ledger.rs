//! What was asked for and what is safe, line by line.
//!
//! The first line says whose log it is; then come intents and commits, each on disk before anything that relies on it is
//! done. A page without records is only counted, by the next commit, as long as there is an open intent: whatever is lost then,
//! none of it was a record. Otherwise a stream at rest would write more ledger than records.
//!
//! Each line ends with a checksum over itself and the line before, so that one that was changed or taken out is seen. That is
//! meant against accidents, not against forgers.

mod entry;
mod history;
mod reader;
mod seal;

pub use entry::Origin;
pub(super) use entry::{Entry, Kept, Line, Place, Taken};
pub(super) use history::History;
pub(super) use reader::Reader;

use super::{
    disk::{Appender, told},
    error::{StoreError, StoreErrorKind},
};
use entry::Header;
use netskope_model::v2::{Commit, Intent, Operation};
use seal::Seal;
use serde::Serialize;
use std::{
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// The ledger of a stream, open to be written; whoever opens it holds the stream's lock.
#[derive(Debug)]
pub(super) struct Ledger {
    file: Appender,
    seal: Seal,
    last: Option<Commit>,
    intent: Option<Intent>,
    /// The number of the last page whose commit is written, and when that was.
    written: u64,
    written_at: Instant,
    /// The commit of a page without records that came since. The intent of the first such page is on disk, and stays open.
    held: Option<Entry>,
    /// Where its last commit begins.
    last_commit_at: u64,
    /// Whether a failure left open what is on disk.
    broken: bool,
}

/// How long pages without records may be told of by none of their commits, so that the ledger shows that the stream is read.
const LONGEST_REST: Duration = Duration::from_mins(5);

/// The ledger's name in its folder.
pub(super) const NAME: &str = "ledger.ndjson";

impl Ledger {
    /// Goes on behind what was read of it, if anything.
    pub(super) fn open(
        folder: &Path,
        origin: &Origin,
        history: Option<History>,
    ) -> Result<Self, StoreError> {
        let path = folder.join(NAME);
        let Some(history) = history else {
            return Self::begin(path, origin);
        };
        let may_be_open = history.ends_cut && history.last.is_some() && history.pending().is_none();
        let mut file = Appender::open(path)?;
        if file.length() > history.length {
            file.cut(history.length)?;
        }
        let mut ledger = Self {
            file,
            seal: history.seal,
            written: history.next_sequence() - 1,
            written_at: Instant::now(),
            held: None,
            last: history.last.map(|entry| entry.commit),
            intent: history.intent,
            last_commit_at: 0,
            broken: false,
        };
        if may_be_open {
            // The cut line was an intent, and who cut it is not known: to be in doubt costs a request and loses nothing.
            ledger.intend(&Intent {
                sequence: ledger.next_sequence(),
                operation: Operation::Next,
            })?;
        }
        Ok(ledger)
    }

    fn begin(path: PathBuf, origin: &Origin) -> Result<Self, StoreError> {
        let file = if path.exists() {
            // What a crash left of a first line.
            let mut file = Appender::open(path)?;
            file.cut(0)?;
            file
        } else {
            Appender::create(path)?
        };
        let mut ledger = Self {
            file,
            seal: Seal::default(),
            last: None,
            intent: None,
            written: 0,
            written_at: Instant::now(),
            held: None,
            last_commit_at: 0,
            broken: false,
        };
        ledger.write(&Header::new(origin.clone()))?;
        Ok(ledger)
    }

    pub(super) fn last_commit(&self) -> Option<&Commit> {
        self.last.as_ref()
    }

    pub(super) fn last_intent(&self) -> Option<&Intent> {
        self.intent.as_ref()
    }

    /// Where the last commit of this run begins; 0 before the first.
    pub(super) fn last_commit_at(&self) -> u64 {
        self.last_commit_at
    }

    /// The number of the page to come.
    pub(super) fn next_sequence(&self) -> u64 {
        self.last.as_ref().map_or(0, |commit| commit.sequence) + 1
    }

    pub(super) fn intend(&mut self, intent: &Intent) -> Result<(), StoreError> {
        self.expect(intent.sequence)?;
        self.check()?;
        if self.held.is_none() {
            self.write(&Line::intent(intent.clone()))?;
        }
        self.intent = Some(intent.clone());
        Ok(())
    }

    /// Makes a page safe that was taken.
    pub(super) fn commit(
        &mut self,
        commit: &Commit,
        taken: Option<&Taken>,
    ) -> Result<(), StoreError> {
        self.expect(commit.sequence)?;
        let Some(Taken { place, kept }) = taken else {
            let message = format!("page {} is committed before it was taken", commit.sequence);
            return Err(StoreError::new(StoreErrorKind::Order, message));
        };
        let entry = Entry {
            commit: commit.clone(),
            idle: commit.sequence - self.written - 1,
            place: place.clone(),
            kept: *kept,
        };
        self.check()?;
        if self.can_wait(commit, Instant::now()) {
            self.held = Some(entry);
        } else {
            self.write_commit(entry)?;
        }
        self.last = Some(commit.clone());
        Ok(())
    }

    /// Whether nothing is lost if this commit is. The first page is asked for in another way, so its own is always written.
    fn can_wait(&self, commit: &Commit, now: Instant) -> bool {
        let rest = now.saturating_duration_since(self.written_at);
        commit.mark.records == 0
            && commit.operation == Operation::Next
            && self.written > 0
            && rest < LONGEST_REST
    }

    fn write_commit(&mut self, entry: Entry) -> Result<(), StoreError> {
        let (sequence, begin) = (entry.commit.sequence, self.file.length());
        self.write(&Line::commit(entry))?;
        self.last_commit_at = begin;
        (self.written, self.written_at, self.held) = (sequence, Instant::now(), None);
        Ok(())
    }

    /// Refuses everything from now on: nobody knows what is on disk.
    pub(super) fn give_up(&mut self) {
        self.broken = true;
    }

    /// Refuses where an earlier failure left open what is on disk.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.broken {
            return Err(StoreError::new(
                StoreErrorKind::Broken,
                format!(
                    "'{}' takes nothing more after an earlier failure",
                    self.file.path().display()
                ),
            ));
        }
        Ok(())
    }

    /// Whether something was asked for whose page is not committed.
    fn is_open(&self) -> bool {
        let safe = self.next_sequence() - 1;
        self.intent
            .as_ref()
            .is_some_and(|intent| intent.sequence > safe)
    }

    fn expect(&self, sequence: u64) -> Result<(), StoreError> {
        let expected = self.next_sequence();
        if sequence == expected {
            return Ok(());
        }
        Err(StoreError::new(
            StoreErrorKind::Order,
            format!("page {sequence} came where page {expected} is next"),
        ))
    }

    fn write(&mut self, line: &impl Serialize) -> Result<(), StoreError> {
        self.check()?;
        let (line, seal) = self.seal.seal(line);
        let before = self.file.length();
        let written = self
            .file
            .write_all(line.as_bytes())
            .map_err(told("write", self.file.path()))
            .and_then(|()| self.file.sync());
        if let Err(error) = written {
            self.broken = true;
            // If that fails too, the next to open it cuts the line off.
            let _ = self.file.cut(before);
            return Err(error);
        }
        self.seal = seal;
        Ok(())
    }
}

/// So that the next run is not in doubt where this one need not leave it so.
impl Drop for Ledger {
    fn drop(&mut self) {
        if self.is_open() || self.broken {
            return;
        }
        if let Some(entry) = self.held.take() {
            let _ = self.write_commit(entry);
        }
    }
}

#[cfg(test)]
mod tests;
