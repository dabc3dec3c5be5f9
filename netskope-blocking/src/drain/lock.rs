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
/// two processes hold one each. It holds the number of the process that has it, and to which byte the ledger goes at least. That
/// counts all parts of it, so that a version that knows of none notes the same.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    noted: u64,
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
        let noted = words.next().and_then(|word| word.parse().ok());
        let mut lock = Self { file, noted: 0 };
        lock.set(noted.unwrap_or_default());
        Ok(lock)
    }

    /// Where the lock of a folder is.
    pub(super) fn path(folder: &Path) -> PathBuf {
        folder.with_added_extension("lock")
    }

    /// To which byte the ledger goes at least.
    pub(super) const fn noted(&self) -> u64 {
        self.noted
    }

    /// Notes to which byte the ledger goes at least, which must be on disk already.
    pub(super) fn note(&mut self, byte: u64) {
        if byte > self.noted {
            self.set(byte);
        }
    }

    /// There is no ledger any more.
    pub(super) fn forget(&mut self) {
        self.set(0);
    }

    fn set(&mut self, byte: u64) {
        self.noted = byte;
        // It is a second look at the ledger, and a message: a full disk may keep it from being written.
        let _ = self.write();
    }

    fn write(&mut self) -> io::Result<()> {
        let text = format!("{} {}\n", process::id(), self.noted);
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
