//! One process a stream.

use super::{
    disk::told,
    error::{StoreError, StoreErrorKind},
    ledger::Position,
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
/// two processes hold one each. It holds the number of the process that has it, and up to where the ledger goes at least: to which byte, of
/// the part with which first page.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    noted: Position,
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
        let mut number = || words.next()?.parse().ok();
        let (byte, part) = (number(), number());
        let mut lock = Self {
            file,
            noted: Position::default(),
        };
        lock.set(match byte {
            None | Some(0) => Position::default(),
            // An earlier version notes no part, and has only the first.
            Some(byte) => Position {
                part: part.unwrap_or(1),
                byte,
            },
        });
        Ok(lock)
    }

    /// Where the lock of a folder is.
    pub(super) fn path(folder: &Path) -> PathBuf {
        folder.with_added_extension("lock")
    }

    /// Up to where the ledger goes at least.
    pub(super) const fn noted(&self) -> Position {
        self.noted
    }

    /// Notes up to where the ledger goes at least, which must be on disk already.
    pub(super) fn note(&mut self, position: Position) {
        if position > self.noted {
            self.set(position);
        }
    }

    /// There is no ledger any more.
    pub(super) fn forget(&mut self) {
        self.set(Position::default());
    }

    fn set(&mut self, position: Position) {
        self.noted = position;
        // It is a second look at the ledger, and a message: a full disk may keep it from being written.
        let _ = self.write();
    }

    fn write(&mut self) -> io::Result<()> {
        let Position { part, byte } = self.noted;
        let text = format!("{} {byte} {part}\n", process::id());
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
