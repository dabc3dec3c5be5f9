//! What was asked for and what is safe, line by line.
//!
//! The first line says whose log it is; then come intents and commits, each on disk before anything that relies on it is
//! done. Each line ends with a checksum over itself and the line before, so that one that was changed or taken out is seen.
//! That is meant against accidents, not against forgers.

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
use netskope_model::v2::{Commit, Intent};
use seal::Seal;
use serde::Serialize;
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// The ledger of a stream, open to be written; whoever opens it holds the stream's lock.
#[derive(Debug)]
pub(super) struct Ledger {
    file: Appender,
    seal: Seal,
    last: Option<Commit>,
    intent: Option<Intent>,
    /// Whether a failure left open what is on disk.
    broken: bool,
}

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
        let mut file = Appender::open(path)?;
        if file.length() > history.length {
            file.cut(history.length)?;
        }
        Ok(Self {
            file,
            seal: history.seal,
            last: history.last.map(|entry| entry.commit),
            intent: history.intent,
            broken: false,
        })
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

    /// The number of the page to come.
    pub(super) fn next_sequence(&self) -> u64 {
        self.last.as_ref().map_or(0, |commit| commit.sequence) + 1
    }

    pub(super) fn intend(&mut self, intent: &Intent) -> Result<(), StoreError> {
        self.expect(intent.sequence)?;
        self.write(&Line::intent(intent.clone()))?;
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
        self.write(&Line::commit(Entry {
            commit: commit.clone(),
            place: place.clone(),
            kept: *kept,
        }))?;
        self.last = Some(commit.clone());
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
