//! One process a stream.

use super::{
    disk::told,
    error::{StoreError, StoreErrorKind},
};
use std::{
    fs::{File, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    process,
};

/// Holds a folder until it is dropped, or its process ends in whichever way.
///
/// The file is beside the folder, so that the folder can get another name meanwhile, and stays: to take it away would let
/// two processes hold one each. It holds the number of the process that has it, and how long the ledger is at least.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    ledger_length: u64,
}

impl Lock {
    /// # Errors
    ///
    /// [`StoreErrorKind::InUse`] where another process holds it.
    pub(super) fn take(folder: &Path) -> Result<Self, StoreError> {
        let path = Self::path(folder);
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(told("open", &path))?;
        let mut text = String::new();
        // Whatever else stands there says nothing.
        let _ = file.read_to_string(&mut text);
        let mut words = text.split_whitespace();
        let owner = words.next().unwrap_or_default();
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use(folder, owner)),
            Err(TryLockError::Error(error)) => return Err(told("lock", &path)(error)),
        }
        let ledger_length = words.next().and_then(|length| length.parse().ok());
        let mut lock = Self {
            file,
            ledger_length: 0,
        };
        lock.set(ledger_length.unwrap_or(0));
        Ok(lock)
    }

    /// Where the lock of a folder is.
    pub(super) fn path(folder: &Path) -> PathBuf {
        folder.with_added_extension("lock")
    }

    /// How long the ledger is at least.
    pub(super) fn ledger_length(&self) -> u64 {
        self.ledger_length
    }

    /// Notes how long the ledger is at least, which it must be on disk already.
    pub(super) fn note(&mut self, ledger_length: u64) {
        if ledger_length > self.ledger_length {
            self.set(ledger_length);
        }
    }

    /// There is no ledger any more.
    pub(super) fn forget(&mut self) {
        self.set(0);
    }

    fn set(&mut self, ledger_length: u64) {
        self.ledger_length = ledger_length;
        // It is a second look at the ledger, and a message: a full disk may keep it from being written.
        let _ = self.write();
    }

    fn write(&mut self) -> io::Result<()> {
        let text = format!("{} {}\n", process::id(), self.ledger_length);
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())?;
        self.file.set_len(text.len() as u64)
    }
}

fn in_use(folder: &Path, owner: &str) -> StoreError {
    let owner = match owner {
        "" => "another process".to_owned(),
        pid => format!("another nskope (pid {pid})"),
    };
    StoreError::new(
        StoreErrorKind::InUse,
        format!("{owner} is draining into '{}'", folder.display()),
    )
}
