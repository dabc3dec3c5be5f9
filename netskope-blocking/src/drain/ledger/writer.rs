//! The newest part of a ledger, written line by line.

use super::{
    entry::{Before, Header, Origin},
    history::History,
    part::{NAME, NEXT, closed_name},
    progress::Progress,
    seal::Seal,
};
use crate::drain::{
    disk::{self, Appender, told},
    error::{StoreError, StoreErrorKind},
};
use serde::Serialize;
use std::{
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

/// Writes sealed lines, each on disk before anything else is done.
#[derive(Debug)]
pub(super) struct Writer {
    folder: PathBuf,
    file: Appender,
    origin: Origin,
    /// The first page that this part may speak of.
    first: u64,
    /// How many bytes all parts before it have.
    earlier: u64,
    seal: Seal,
    /// Whether a failure left open what is on disk.
    broken: bool,
}

impl Writer {
    /// Goes on behind what was read of a ledger.
    pub(super) fn open(folder: &Path, history: &History) -> Result<Self, StoreError> {
        settle(folder)?;
        let mut file = Appender::open(folder.join(NAME))?;
        if file.length() > history.length {
            file.cut(history.length)?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            file,
            origin: history.origin.clone(),
            first: history.first,
            earlier: history.earlier,
            seal: history.seal,
            broken: false,
        })
    }

    /// Begins a ledger.
    pub(super) fn begin(folder: &Path, origin: &Origin) -> Result<Self, StoreError> {
        Self::create(folder, NAME, &Header::new(origin.clone(), None))
    }

    fn create(folder: &Path, name: &str, header: &Header) -> Result<Self, StoreError> {
        let path = folder.join(name);
        let file = if path.exists() {
            // What a crash left of a first line.
            let mut file = Appender::open(path)?;
            file.cut(0)?;
            file
        } else {
            Appender::create(path)?
        };
        let mut writer = Self {
            folder: folder.to_owned(),
            file,
            first: header.first_page(),
            earlier: header.before.as_ref().map_or(0, |before| before.length),
            seal: Seal::default(),
            broken: false,
            origin: header.origin.clone(),
        };
        writer.write(header)?;
        Ok(writer)
    }

    /// Closes this part, and begins the next one with what is to be known of it.
    ///
    /// At any moment there is one newest part, under the one or the other name, and what it goes on from is on disk.
    pub(super) fn next_part(&mut self, progress: &Progress) -> Result<(), StoreError> {
        self.check()?;
        let next = self.change(progress);
        // Whatever did not go well, the next to open it brings to its end.
        self.broken = next.is_err();
        *self = next?;
        Ok(())
    }

    fn change(&mut self, progress: &Progress) -> Result<Self, StoreError> {
        let before = Before {
            sum: self.seal,
            progress: progress.clone(),
            length: self.end(),
        };
        let header = Header::new(self.origin.clone(), Some(before));
        // Before anything is made in a folder that may be somebody else's.
        self.file.check_path()?;
        let mut next = Self::create(&self.folder, NEXT, &header)?;
        let closed = self.folder.join(closed_name(self.first));
        if closed.exists() {
            let is_there = ErrorKind::AlreadyExists.into();
            return Err(StoreError::system("create", &closed, is_there));
        }
        self.file.rename(closed)?;
        next.file.rename(self.folder.join(NAME))?;
        Ok(next)
    }

    /// The first page that this part may speak of.
    pub(super) const fn first_page(&self) -> u64 {
        self.first
    }

    pub(super) const fn length(&self) -> u64 {
        self.file.length()
    }

    /// How many bytes the ledger has, in all its parts.
    pub(super) const fn end(&self) -> u64 {
        self.earlier.saturating_add(self.length())
    }

    /// Refuses where its folder was moved meanwhile.
    pub(super) fn check_path(&self) -> Result<(), StoreError> {
        self.file.check_path()
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

    pub(super) fn write(&mut self, line: &impl Serialize) -> Result<(), StoreError> {
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

/// Ends a change of parts that a crash cut short: without one of the two names it is done but for that, with both it never was.
fn settle(folder: &Path) -> Result<(), StoreError> {
    let (newest, next) = (folder.join(NAME), folder.join(NEXT));
    if !next.exists() {
        return Ok(());
    }
    if newest.exists() {
        return disk::remove(&next);
    }
    disk::rename(&next, &newest)
}
