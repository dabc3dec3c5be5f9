//! The few things that are done to files, each so that it can be waited for until it is on disk.

use super::error::{StoreError, StoreErrorKind};
use std::{
    fs::{self, File, Metadata},
    io::{self, Write},
    path::{Path, PathBuf},
};

type Result<T> = std::result::Result<T, StoreError>;

/// The most that is handed to the system at a time. What was larger took two to five times as long a byte (Linux 6.18, ext4, on
/// a virtual machine).
const MOST_AT_ONCE: usize = 1 << 20;

/// A file that only grows, but for cutting back what was never promised.
#[derive(Debug)]
pub(super) struct Appender {
    file: File,
    path: PathBuf,
    length: u64,
}

impl Appender {
    /// A new file, which must not be there yet.
    pub(super) fn create(path: PathBuf) -> Result<Self> {
        #[cfg(test)]
        watch::before(watch::Op::Create(path.clone())).map_err(told("create", &path))?;
        let file = File::options().append(true).create_new(true).open(&path);
        let file = file.map_err(told("create", &path))?;
        sync_parent(&path)?;
        Ok(Self {
            file,
            path,
            length: 0,
        })
    }

    /// A file that is there, to be gone on with at its end.
    pub(super) fn open(path: PathBuf) -> Result<Self> {
        let file = File::options().append(true).open(&path);
        let file = file.map_err(told("open", &path))?;
        let length = file.metadata().map_err(told("read", &path))?.len();
        Ok(Self { file, path, length })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Refuses where its path leads elsewhere by now: what is written goes to the file, and what is named to the path.
    pub(super) fn check_path(&self) -> Result<()> {
        let open = self.file.metadata().map_err(told("read", &self.path))?;
        match fs::metadata(&self.path) {
            Ok(named) if is_same(&open, &named) => Ok(()),
            Err(error) if !is_gone(&error) => Err(StoreError::system("read", &self.path, error)),
            _ => Err(StoreError::new(
                StoreErrorKind::Moved,
                format!(
                    "'{}' is gone or another file by now: its folder was moved while it was written",
                    self.path.display()
                ),
            )),
        }
    }

    /// Gives it another name in its folder.
    pub(super) fn rename(&mut self, to: PathBuf) -> Result<()> {
        self.check_path()?;
        rename(&self.path, &to)?;
        self.path = to;
        Ok(())
    }

    /// Waits until all that was written is on disk.
    pub(super) fn sync(&self) -> Result<()> {
        #[cfg(test)]
        watch::before(watch::Op::Sync(self.path.clone())).map_err(told("write", &self.path))?;
        sync(&self.file).map_err(told("write", &self.path))
    }

    /// Takes off what stands behind the first `length` bytes.
    pub(super) fn cut(&mut self, length: u64) -> Result<()> {
        #[cfg(test)]
        watch::before(watch::Op::Cut(self.path.clone(), length))
            .map_err(told("shorten", &self.path))?;
        let cut = self.file.set_len(length);
        cut.map_err(told("shorten", &self.path))?;
        self.length = length;
        self.sync()
    }
}

impl Write for Appender {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let bytes = &bytes[..bytes.len().min(MOST_AT_ONCE)];
        #[cfg(test)]
        let bytes = watch::write(&self.path, self.length, bytes)?;
        let written = self.file.write(bytes)?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Makes a folder and those it is in, where they are not there yet.
pub(super) fn create_folder(path: &Path) -> Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        create_folder(parent)?;
    }
    #[cfg(test)]
    watch::before(watch::Op::Folder(path.to_owned())).map_err(told("create", path))?;
    match fs::create_dir(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(StoreError::system("create", path, error))
        }
        _ => sync_parent(path),
    }
}

/// Gives a file or folder another name in its folder.
pub(super) fn rename(from: &Path, to: &Path) -> Result<()> {
    #[cfg(test)]
    watch::before(watch::Op::Rename(from.to_owned(), to.to_owned()))
        .map_err(told("rename", from))?;
    fs::rename(from, to).map_err(told("rename", from))?;
    sync_parent(to)
}

/// Takes a file away.
pub(super) fn remove(path: &Path) -> Result<()> {
    #[cfg(test)]
    watch::before(watch::Op::Remove(path.to_owned())).map_err(told("remove", path))?;
    fs::remove_file(path).map_err(told("remove", path))?;
    sync_parent(path)
}

/// The first name of this kind beside a path that is not taken, such as `20260102T030405Z-1.ndjson.torn-1`.
pub(super) fn free_name(path: &Path, kind: &str) -> PathBuf {
    let names = (1_u64..).map(|number| path.with_added_extension(format!("{kind}-{number}")));
    let mut free = names.filter(|name| !name.exists());
    free.next().unwrap_or_default()
}

/// Waits until the names in the folder of this file are on disk.
fn sync_parent(path: &Path) -> Result<()> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    #[cfg(test)]
    watch::before(watch::Op::SyncFolder(parent.to_owned())).map_err(told("write", parent))?;
    sync_folder(parent).map_err(told("write", parent))
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    sync(&File::open(path)?)
}

/// Folders cannot be opened elsewhere; their names are kept by the system's own journal.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

fn is_gone(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// What tells files apart is not known to the standard library elsewhere. Two ledgers seldom have one length.
#[cfg(not(unix))]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    one.len() == other.len()
}

fn sync(file: &File) -> io::Result<()> {
    // Tests see by their watch that it is asked for, and need not wait for a disk thousands of times.
    if cfg!(test) { Ok(()) } else { file.sync_all() }
}

pub(super) fn told(doing: &str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    move |error| StoreError::system(doing, path, error)
}

#[cfg(test)]
pub(super) mod watch;
