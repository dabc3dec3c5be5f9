//! Where a stream stands, by its ledger.

use super::{
    error::{StoreError, StoreErrorKind},
    ledger::{self, History, Origin, Totals},
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

impl Status {
    /// Reads the ledger in the folder of a stream, of which the newest part says it all.
    ///
    /// # Errors
    ///
    /// [`StoreErrorKind::NoLedger`] where there is none; else where it cannot be read or is damaged.
    pub fn read(folder: impl AsRef<Path>) -> Result<Self, StoreError> {
        let folder = folder.as_ref();
        let history = History::read(folder)?.ok_or_else(|| no_ledger(folder))?;
        Ok(Self {
            pending: history.pending().cloned(),
            totals: history.progress.totals,
            last: history.progress.last,
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
    if ledger::is_in(out) {
        return Ok(vec![out.to_owned()]);
    }
    let system = |error| StoreError::system("read", out, error);
    let mut folders = Vec::new();
    for entry in fs::read_dir(out).map_err(system)? {
        let path = entry.map_err(system)?.path();
        if ledger::is_in(&path) {
            folders.push(path);
        }
    }
    folders.sort();
    if folders.is_empty() {
        return Err(no_ledger(out));
    }
    Ok(folders)
}
