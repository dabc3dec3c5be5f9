//! Pages into a pipe, with the ledger elsewhere.

use super::{
    claim::{self, Claim},
    error::StoreError,
    ledger::{Ledger, Origin, PART_LENGTH, Taken},
    lock::Lock,
    selection::{Keep, Selection},
    sink::Sink,
};
use netskope_model::v2::{Commit, Intent, Page, Record};
use std::{
    env, fmt,
    io::Write,
    path::{Path, PathBuf},
};

/// Pages into a pipe such as standard output, one record a line, with the ledger in a folder for such state.
///
/// A page counts as committed once it is written and flushed. What the reader makes of it, nobody here knows: records that are
/// on their way when the reader dies are lost to it, and a page that is written when this process dies is written again by
/// the next run. So what comes out of a pipe is **at least once**; where each record must be there exactly once, use
/// a [`FileSink`](super::FileSink).
///
/// ```no_run
/// use netskope_blocking::{
///     drain::{Origin, PipeSink, state_folder},
///     model::{Tenant, v2::{Index, Stream}},
/// };
/// use std::io;
///
/// let tenant = Tenant::parse("acme.goskope.com")?;
/// let origin = Origin::new(&tenant, Stream::parse("page")?, Index::parse("look")?);
/// let state = state_folder().ok_or("this user has no home")?;
/// // Locked for each page, so that several streams can share it.
/// let mut sink = PipeSink::open(|| io::stdout().lock(), state, &origin)?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct PipeSink<O> {
    out: O,
    folder: PathBuf,
    keep: Option<Keep>,
    ledger: Ledger,
    taken: Option<Taken>,
    lock: Lock,
}

impl<O> PipeSink<O> {
    /// A sink that opens the pipe anew for each page, with its ledger below the folder `state`, and goes on with what is there.
    ///
    /// # Errors
    ///
    /// As of [`FileSinkBuilder::open`](super::FileSinkBuilder::open).
    pub fn open(out: O, state: impl AsRef<Path>, origin: &Origin) -> Result<Self, StoreError> {
        let folder = state.as_ref().join(origin.state());
        let Claim { lock, history } = Claim::take(&folder, origin)?;
        Ok(Self {
            ledger: Ledger::open(&folder, origin, history, PART_LENGTH)?,
            out,
            folder,
            keep: None,
            taken: None,
            lock,
        })
    }

    /// Writes only records for which this holds; the ledger tells how many there were and how many were kept.
    #[must_use]
    pub fn keep(self, keep: impl FnMut(Record<'_>) -> bool + Send + 'static) -> Self {
        Self {
            keep: Some(Box::new(keep)),
            ..self
        }
    }

    /// The folder of the ledger.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl PipeSink<()> {
    /// Gives the ledger's folder another name, so that the next sink begins anew. None where there is no such folder.
    ///
    /// # Errors
    ///
    /// Where another process uses it, or the system refuses.
    pub fn set_aside(
        state: impl AsRef<Path>,
        origin: &Origin,
    ) -> Result<Option<PathBuf>, StoreError> {
        claim::set_aside(&state.as_ref().join(origin.state()))
    }
}

impl<O, W> Sink for PipeSink<O>
where
    O: FnMut() -> W,
    W: Write,
{
    type Error = StoreError;

    fn last_commit(&mut self) -> Result<Option<Commit>, StoreError> {
        Ok(self.ledger.last_commit().cloned())
    }

    fn last_intent(&mut self) -> Result<Option<Intent>, StoreError> {
        Ok(self.ledger.last_intent().cloned())
    }

    fn intend(&mut self, intent: &Intent) -> Result<(), StoreError> {
        self.ledger.intend(intent)
    }

    fn append(&mut self, page: &Page) -> Result<(), StoreError> {
        self.ledger.check()?;
        let records = Selection::new(page, self.keep.as_mut());
        let mut out = (self.out)();
        let written = records.write(&mut out).and_then(|()| out.flush());
        written.map_err(|error| {
            self.ledger.give_up();
            StoreError::system("write", Path::new("the pipe"), error)
        })?;
        let (place, kept) = (None, records.kept());
        self.taken = Some(Taken { place, kept });
        Ok(())
    }

    fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        self.ledger.commit(commit, self.taken.as_ref())?;
        self.lock.note(self.ledger.last_commit_at());
        self.taken = None;
        Ok(())
    }
}

impl<O> fmt::Debug for PipeSink<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PipeSink")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// Where programs of this user keep such state: `nskope` in `XDG_STATE_HOME`, else in `~/.local/state`, or in
/// `LOCALAPPDATA` on Windows. None for a user without a home.
pub fn state_folder() -> Option<PathBuf> {
    let folder = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let state = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else {
        folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local/state")))
    };
    Some(state?.join("nskope"))
}

#[cfg(test)]
mod tests;
