//! What tests see of the operations of their own thread, and how they let them fail.

use std::{
    cell::RefCell,
    io,
    path::{Path, PathBuf},
};

/// What is done to a disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::drain) enum Op {
    Folder(PathBuf),
    Create(PathBuf),
    Write {
        path: PathBuf,
        at: u64,
        bytes: Vec<u8>,
    },
    Sync(PathBuf),
    Cut(PathBuf, u64),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    SyncFolder(PathBuf),
    /// Something that happened elsewhere meanwhile, such as a page that was served.
    Elsewhere(u64),
}

/// A failure to come.
#[derive(Clone, Copy, Debug)]
pub(in crate::drain) struct Failure {
    /// How many operations go well before.
    pub(in crate::drain) after: usize,
    pub(in crate::drain) kind: io::ErrorKind,
    /// How much of a write is done all the same.
    pub(in crate::drain) written: usize,
    /// Whether all later ones fail as well.
    pub(in crate::drain) lasts: bool,
}

#[derive(Default)]
struct Watch {
    tape: Vec<Op>,
    failure: Option<Failure>,
}

thread_local! {
    static WATCH: RefCell<Watch> = RefCell::default();
}

/// Takes what was recorded, and lets things fail from now on.
pub(in crate::drain) fn begin(failure: Option<Failure>) -> Vec<Op> {
    let new = Watch {
        tape: Vec::new(),
        failure,
    };
    WATCH.with(|watch| watch.replace(new)).tape
}

/// Notes an operation, or refuses it.
pub(in crate::drain) fn before(op: Op) -> io::Result<()> {
    WATCH.with_borrow_mut(|watch| {
        if let Some(failure) = watch.fail() {
            return Err(failure.kind.into());
        }
        watch.tape.push(op);
        Ok(())
    })
}

/// Notes a write, and says how much of it may be done.
pub(super) fn write<'a>(path: &Path, at: u64, bytes: &'a [u8]) -> io::Result<&'a [u8]> {
    WATCH.with_borrow_mut(|watch| {
        let bytes = match watch.fail() {
            None => bytes,
            Some(failure) if failure.written == 0 || bytes.is_empty() => {
                return Err(failure.kind.into());
            }
            Some(failure) => {
                // The rest of a write that was done in part fails at once.
                watch.failure = Some(Failure {
                    after: 0,
                    written: 0,
                    ..failure
                });
                bytes.get(..failure.written).unwrap_or(bytes)
            }
        };
        watch.tape.push(Op::Write {
            path: path.to_owned(),
            at,
            bytes: bytes.to_owned(),
        });
        Ok(bytes)
    })
}

impl Watch {
    /// The failure of this operation, if it has one.
    fn fail(&mut self) -> Option<Failure> {
        let failure = self.failure.as_mut()?;
        if failure.after > 0 {
            failure.after -= 1;
            return None;
        }
        let failure = *failure;
        if !failure.lasts {
            self.failure = None;
        }
        Some(failure)
    }
}
