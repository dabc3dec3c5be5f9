//! Setting a file sink up.

use super::{FileSink, segment::Segment, survey};
use crate::drain::{
    claim::{self, Claim},
    error::StoreError,
    format::Format,
    ledger::{History, Ledger, Origin, PART_LENGTH},
    selection::Keep,
};
use netskope_model::v2::Record;
use std::{
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};

/// A [`FileSink`] being set up.
#[must_use]
pub struct FileSinkBuilder {
    out: PathBuf,
    settings: Settings,
}

/// What becomes of records.
pub(super) struct Settings {
    pub(super) format: Format,
    pub(super) bytes: u64,
    pub(super) age: Duration,
    pub(super) keep: Option<Keep>,
    ledger_part: u64,
}

impl FileSinkBuilder {
    pub(super) fn new(out: PathBuf) -> Self {
        let settings = Settings {
            format: Format::default(),
            bytes: 1 << 30,
            age: Duration::from_hours(24),
            keep: None,
            ledger_part: PART_LENGTH,
        };
        Self { out, settings }
    }

    /// How records are written, as plain lines unless told.
    pub fn format(mut self, format: Format) -> Self {
        self.settings.format = format;
        self
    }

    /// A page goes into a new segment where the one before has reached this many bytes on disk, 1 GiB unless told.
    pub fn rotate_at(mut self, bytes: u64) -> Self {
        self.settings.bytes = bytes;
        self
    }

    /// A page goes into a new segment where the one before was begun this long ago, a day unless told.
    pub fn rotate_after(mut self, age: Duration) -> Self {
        self.settings.age = age;
        self
    }

    /// Writes only records for which this holds; the ledger tells how many there were and how many were kept.
    pub fn keep(mut self, keep: impl FnMut(Record<'_>) -> bool + Send + 'static) -> Self {
        self.settings.keep = Some(Box::new(keep));
        self
    }

    /// Closes a part of the ledger at this many bytes, so that tests need not write megabytes.
    #[cfg(test)]
    pub(in crate::drain) fn ledger_part(mut self, bytes: u64) -> Self {
        self.settings.ledger_part = bytes;
        self
    }

    /// The sink, which goes on with what is there. Nothing is changed on disk where it cannot.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] of a kind that says whether another process writes there, the ledger is of another log, it or the
    /// records are not as they were written, or the system refused something.
    pub fn open(self, origin: &Origin) -> Result<FileSink, StoreError> {
        let folder = self.out.join(origin.folder());
        let Claim { lock, history } = Claim::take(&folder, origin)?;
        let torn = survey::torn(&folder, history.as_ref())?;
        for torn in &torn {
            torn.set_aside(&folder)?;
        }
        let segment = match history.as_ref().and_then(History::current) {
            Some(name) => Segment::open(&folder, name, self.settings.format)?,
            None => None,
        };
        Ok(FileSink {
            ledger: Ledger::open(&folder, origin, history, self.settings.ledger_part)?,
            folder,
            settings: self.settings,
            segment,
            taken: None,
            lock,
        })
    }
}

impl FileSink {
    /// Gives the folder of a stream another name, with all that is in it, so that the next sink begins anew.
    ///
    /// The new name ends with `.before-1` or the next number that is free. None where there is no such folder.
    ///
    /// # Errors
    ///
    /// Where another process writes there, or the system refuses.
    pub fn set_aside(
        out: impl AsRef<Path>,
        origin: &Origin,
    ) -> Result<Option<PathBuf>, StoreError> {
        claim::set_aside(&out.as_ref().join(origin.folder()))
    }
}

impl fmt::Debug for FileSinkBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileSinkBuilder")
            .field("out", &self.out)
            .field("format", &self.settings.format)
            .finish_non_exhaustive()
    }
}
