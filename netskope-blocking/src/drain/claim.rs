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
        match &history {
            Some(history) if history.origin != *origin => Err(StoreError::new(
                StoreErrorKind::Foreign,
                format!(
                    "'{}' holds {}, and not {origin}",
                    folder.display(),
                    history.origin
                ),
            )),
            _ => Ok(Self { lock, history }),
        }
    }
}

/// Gives a folder another name, so that the next to take it begins anew.
pub(super) fn set_aside(folder: &Path) -> Result<Option<PathBuf>, StoreError> {
    if !folder.exists() {
        return Ok(None);
    }
    let _lock = Lock::take(folder)?;
    let name = disk::free_name(folder, "before");
    disk::rename(folder, &name)?;
    Ok(Some(name))
}
