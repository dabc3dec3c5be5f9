//! One process a stream.

use super::{
    disk::told,
    error::{StoreError, StoreErrorKind},
};
use std::{
    fs::{File, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
    process,
};

/// Holds a folder until it is dropped, or its process ends in whichever way.
///
/// The file is beside the folder, so that the folder can get another name meanwhile, and stays: to take it away would let
/// two processes hold one each.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "an open file is what holds the lock")] File);

impl Lock {
    /// # Errors
    ///
    /// [`StoreErrorKind::InUse`] where another process holds it.
    pub(super) fn take(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.with_added_extension("lock");
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(told("open", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use(folder, &mut file)),
            Err(TryLockError::Error(error)) => return Err(told("lock", &path)(error)),
        }
        // Only for the message above, so a full disk may keep it from being written.
        let noted = file.set_len(0).and_then(|()| file.rewind());
        let _ = noted.and_then(|()| writeln!(file, "{}", process::id()));
        Ok(Self(file))
    }
}

fn in_use(folder: &Path, file: &mut File) -> StoreError {
    let mut pid = String::new();
    let _ = file.read_to_string(&mut pid);
    let owner = match pid.trim() {
        "" => "another process".to_owned(),
        pid => format!("another nskope (pid {pid})"),
    };
    StoreError::new(
        StoreErrorKind::InUse,
        format!("{owner} is draining into '{}'", folder.display()),
    )
}
