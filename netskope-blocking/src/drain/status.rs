//! Where a stream stands, by its ledger.

use super::{
    error::{StoreError, StoreErrorKind},
    ledger::{self, History, Origin},
};
use netskope_model::v2::{Commit, Intent};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where a stream stands, by its ledger; a process that writes there meanwhile is not disturbed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Whose log it is.
    pub origin: Origin,
    /// The last page that is safe. Its sequence is the number of pages.
    pub last: Option<Commit>,
    /// What was asked for since: it is under way, had no records, or was left by a run that ended meanwhile.
    pub pending: Option<Intent>,
    /// What the pages add up to.
    pub totals: Totals,
}

/// What pages add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The pages, empty ones included.
    pub pages: u64,
    /// The records that the tenant gave.
    pub records: u64,
    /// Those that were written; fewer where not all were to be kept.
    pub kept: u64,
    /// The bytes that they take on disk.
    pub bytes: u64,
    /// The files that they are in.
    pub segments: u64,
}

impl Status {
    /// Reads the ledger in the folder of a stream.
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::NoLedger`] where there is none; else where it cannot be read or is damaged.
    pub fn read(folder: impl AsRef<Path>) -> Result<Self, StoreError> {
        let folder = folder.as_ref();
        let history = History::read(folder)?.ok_or_else(|| no_ledger(folder))?;
        Ok(Self {
            pending: history.pending().cloned(),
            totals: Totals {
                pages: history.next_sequence() - 1,
                records: history.records,
                kept: history.kept,
                bytes: history.segments.values().sum(),
                segments: history.segments.len() as u64,
            },
            last: history.last.map(|entry| entry.commit),
            origin: history.origin,
        })
    }
}

pub(super) fn no_ledger(folder: &Path) -> StoreError {
    let message = format!("there is no ledger in '{}'", folder.display());
    StoreError::new(StoreErrorKind::NoLedger, message)
}

/// The folders with a ledger: this one, or those in it, in the order of their names.
///
/// Those that were set aside to begin anew are among them.
///
/// # Errors
///
/// [`StoreErrorKind::NoLedger`] where there are none, or what the system said where it cannot be read.
pub fn stream_folders(out: impl AsRef<Path>) -> Result<Vec<PathBuf>, StoreError> {
    let out = out.as_ref();
    let has_ledger = |folder: &Path| folder.join(ledger::NAME).is_file();
    if has_ledger(out) {
        return Ok(vec![out.to_owned()]);
    }
    let system = |error| StoreError::system("read", out, error);
    let mut folders = Vec::new();
    for entry in fs::read_dir(out).map_err(system)? {
        let path = entry.map_err(system)?.path();
        if has_ledger(&path) {
            folders.push(path);
        }
    }
    folders.sort();
    if folders.is_empty() {
        return Err(no_ledger(out));
    }
    Ok(folders)
}
