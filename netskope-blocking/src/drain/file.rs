//! Pages in files, beside a ledger.

mod builder;
mod name;
mod segment;
mod survey;

pub use builder::FileSinkBuilder;
pub(super) use name::SegmentName;
pub(super) use survey::segments;

use super::{
    error::StoreError,
    ledger::{Ledger, Taken},
    lock::Lock,
    run::now,
    selection::Selection,
    sink::Sink,
};
use builder::Settings;
use netskope_model::v2::{Commit, Intent, Page};
use segment::Segment;
use std::{
    fmt,
    path::{Path, PathBuf},
};

/// Pages in files, beside a ledger of what was asked for and what is safe.
///
/// `OUT/events-page/` holds `ledger.ndjson` and the records, one a line, in segments named by the moment and the page they
/// begin with: `20260102T030405Z-1.ndjson`. All but the newest are complete, and may be moved away, but not changed here. What a crash left half
/// written is moved into files that end with `.torn-1` and so on; the page is then asked for once more.
///
/// At 4 MiB, some 9,500 pages with records, the ledger is closed under a name by its first page, such as `ledger-1.ndjson`, and goes on
/// in a new `ledger.ndjson`, which is all that a start and [`Status`](super::Status) read. The next page begins a new segment then,
/// so closed parts may be moved away as well, the oldest first, each together with the segments of its pages;
/// [`verify`](fn@super::verify) reads those that are there, and misses one from between two others.
///
/// ```
/// use netskope_blocking::{
///     drain::{FileSink, Format, Origin, Sink},
///     model::{Tenant, v2::{Index, Stream}},
/// };
///
/// # let out = tempfile::tempdir()?;
/// let origin = Origin::new(
///     &Tenant::parse("acme.goskope.com")?,
///     Stream::parse("events/page")?,
///     Index::parse("siem-1")?,
/// );
/// let mut sink = FileSink::builder(out.path()).format(Format::Gzip).open(&origin)?;
/// assert_eq!(sink.last_commit()?, None);
/// assert!(FileSink::builder(out.path()).open(&origin).is_err(), "one process a stream");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct FileSink {
    folder: PathBuf,
    settings: Settings,
    ledger: Ledger,
    segment: Option<Segment>,
    /// A page that is on disk and not committed.
    taken: Option<Taken>,
    lock: Lock,
}

impl FileSink {
    /// A sink below this folder, to be set up.
    pub fn builder(out: impl Into<PathBuf>) -> FileSinkBuilder {
        FileSinkBuilder::new(out.into())
    }

    /// The stream's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn write(&mut self, page: &Page) -> Result<Taken, StoreError> {
        let Settings {
            format,
            bytes,
            age,
            keep,
            ..
        } = &mut self.settings;
        let records = Selection::new(page, keep.as_mut());
        let kept = records.kept();
        if records.is_empty() {
            return Ok(Taken { place: None, kept });
        }
        let now = now();
        // Each part of the ledger has segments of its own, so that they can be moved away together.
        let first = self.ledger.first_page();
        let current = self
            .segment
            .take()
            .filter(|segment| segment.sequence() >= first && !segment.is_full(*bytes, *age, now));
        let segment = if let Some(segment) = current {
            segment
        } else {
            self.ledger.check_path()?;
            Segment::create(&self.folder, now, self.ledger.next_sequence(), *format)?
        };
        let place = self.segment.insert(segment).write(&records)?;
        Ok(Taken {
            place: Some(place),
            kept,
        })
    }

    /// Takes off a page that was appended and not committed: it is given once more.
    fn forget(&mut self) -> Result<(), StoreError> {
        let Some(Taken {
            place: Some(place), ..
        }) = self.taken.take()
        else {
            return Ok(());
        };
        match &mut self.segment {
            Some(segment) => segment.cut(place.from),
            None => Ok(()),
        }
    }
}

impl Sink for FileSink {
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
        let written = self.forget().and_then(|()| self.write(page));
        match written {
            Ok(taken) => self.taken = Some(taken),
            Err(error) => {
                self.ledger.give_up();
                return Err(error);
            }
        }
        Ok(())
    }

    fn commit(&mut self, commit: &Commit) -> Result<(), StoreError> {
        self.ledger.commit(commit, self.taken.as_ref())?;
        self.lock.note(self.ledger.last_commit_at());
        self.taken = None;
        Ok(())
    }
}

impl fmt::Debug for FileSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileSink")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
