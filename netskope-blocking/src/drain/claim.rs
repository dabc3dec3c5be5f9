//! The folder of a stream, for one process at a time.

use super::{
    disk,
    error::{StoreError, StoreErrorKind},
    ledger::{History, Origin},
    lock::Lock,
};
use std::path::{Path, PathBuf};

/// A folder that nobody else writes to, and what its ledger says, if it has one.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) lock: Lock,
    pub(super) history: Option<History>,
}

impl Claim {
    /// Takes a folder, which is made where it is missing.
    pub(super) fn take(folder: &Path, origin: &Origin) -> Result<Self, StoreError> {
        disk::create_folder(folder)?;
        let lock = Lock::take(folder)?;
        let history = History::read(folder)?;
        let end = history.as_ref().map_or(0, History::end);
        match &history {
            Some(history) if history.origin != *origin => Err(StoreError::new(
                StoreErrorKind::Foreign,
                format!(
                    "'{}' holds {}, and not {origin}",
                    folder.display(),
                    history.origin
                ),
            )),
            // The last page can be asked for again, and so its commit may be gone; others can not.
            _ if end < lock.noted() => Err(shortened(folder, end, lock.noted())),
            _ => Ok(Self { lock, history }),
        }
    }
}

fn shortened(folder: &Path, end: u64, noted: u64) -> StoreError {
    StoreError::new(
        StoreErrorKind::LedgerDamaged,
        format!(
            "the ledger in '{}' has {end} bytes in all, and had at least {noted}: commits are gone from its end",
            folder.display()
        ),
    )
}

/// Gives a folder another name, so that the next to take it begins anew.
pub(super) fn set_aside(folder: &Path) -> Result<Option<PathBuf>, StoreError> {
    let is_there = folder.exists();
    if !is_there && !Lock::path(folder).exists() {
        return Ok(None);
    }
    let mut lock = Lock::take(folder)?;
    let name = is_there.then(|| disk::free_name(folder, "before"));
    if let Some(name) = &name {
        disk::rename(folder, name)?;
    }
    lock.forget();
    Ok(name)
}
