//! What was asked for and what is safe, line by line.
//!
//! The first line says whose log it is; then come intents and commits, each on disk before anything that relies on it is
//! done. A page without records is only counted, by the next commit, as long as there is an open intent: whatever is lost then,
//! none of it was a record. Otherwise a stream at rest would write more ledger than records.
//!
//! A start reads all of it, so a ledger that is long is closed between two pages and goes on in another file, the next part. That
//! begins with what all parts before add up to, and with the last checksum of the one before.
//!
//! Each line ends with a checksum over itself and the line before, so that one that was changed or taken out is seen. That is
//! meant against accidents, not against forgers.

mod entry;
mod history;
mod part;
mod progress;
mod reader;
mod seal;
mod writer;

pub use entry::Origin;
pub(super) use entry::{Before, Entry, Header, Kept, Line, Place, Taken};
pub(super) use history::History;
pub(super) use part::{Parts, is_in};
pub(super) use progress::Progress;
pub use progress::Totals;
pub(super) use reader::Reader;
pub(super) use seal::Seal;

use super::error::{StoreError, StoreErrorKind};
use netskope_model::v2::{Commit, Intent, Operation};
use std::{
    path::Path,
    time::{Duration, Instant},
};
use writer::Writer;

/// The ledger of a stream, open to be written; whoever opens it holds the stream's lock.
#[derive(Debug)]
pub(super) struct Ledger {
    writer: Writer,
    /// How far it is by the commits that are written, and when the last one was.
    written: Progress,
    written_at: Instant,
    /// The last page that is safe, and what was asked for last.
    last: Option<Commit>,
    intent: Option<Intent>,
    /// The commit of a page without records that came since. The intent of the first such page is on disk, and stays open.
    held: Option<Entry>,
    /// At which byte of all its parts the last commit of this run begins.
    last_commit_at: u64,
    /// How long a part gets.
    part_length: u64,
}

/// How long pages without records may be told of by none of their commits, so that the ledger shows that the stream is read.
const LONGEST_REST: Duration = Duration::from_mins(5);

/// How long a part of the ledger gets: some 9,500 pages with records, which a start reads in 15 ms. A part has segments of its
/// own, so a shorter one would make small files of them where pages are small.
pub(super) const PART_LENGTH: u64 = 4 << 20;

impl Ledger {
    /// Goes on behind what was read of it, if anything.
    pub(super) fn open(
        folder: &Path,
        origin: &Origin,
        history: Option<History>,
        part_length: u64,
    ) -> Result<Self, StoreError> {
        let Some(history) = history else {
            let writer = Writer::begin(folder, origin)?;
            return Ok(Self::new(writer, Progress::default(), None, part_length));
        };
        let is_cut_off = history.ends_cut && history.pending().is_none();
        let writer = Writer::open(folder, &history)?;
        let mut ledger = Self::new(writer, history.progress, history.intent, part_length);
        if is_cut_off && ledger.last.is_some() {
            // The cut line was an intent, and who cut it is not known: to be in doubt costs a request and loses nothing.
            ledger.write_intent(Intent {
                sequence: ledger.next_sequence(),
                operation: Operation::Next,
            })?;
        }
        Ok(ledger)
    }

    fn new(writer: Writer, written: Progress, intent: Option<Intent>, part_length: u64) -> Self {
        Self {
            writer,
            last: written.last.clone(),
            written,
            written_at: Instant::now(),
            intent,
            held: None,
            last_commit_at: 0,
            part_length,
        }
    }

    pub(super) fn last_commit(&self) -> Option<&Commit> {
        self.last.as_ref()
    }

    pub(super) fn last_intent(&self) -> Option<&Intent> {
        self.intent.as_ref()
    }

    /// At which byte of all its parts the last commit of this run begins; 0 before the first.
    pub(super) const fn last_commit_at(&self) -> u64 {
        self.last_commit_at
    }

    /// The number of the page to come.
    pub(super) fn next_sequence(&self) -> u64 {
        self.last.as_ref().map_or(0, |commit| commit.sequence) + 1
    }

    /// The first page that its newest part may speak of.
    pub(super) const fn first_page(&self) -> u64 {
        self.writer.first_page()
    }

    pub(super) fn intend(&mut self, intent: &Intent) -> Result<(), StoreError> {
        self.expect(intent.sequence)?;
        self.check()?;
        let is_written = self.held.is_some() || self.intent.as_ref() == Some(intent);
        if is_written {
            self.intent = Some(intent.clone());
            return Ok(());
        }
        if self.is_full() {
            self.writer.next_part(&self.written)?;
        }
        self.write_intent(intent.clone())
    }

    fn write_intent(&mut self, intent: Intent) -> Result<(), StoreError> {
        self.writer.write(&Line::intent(intent.clone()))?;
        self.intent = Some(intent);
        Ok(())
    }

    /// Makes a page safe that was taken.
    pub(super) fn commit(
        &mut self,
        commit: &Commit,
        taken: Option<&Taken>,
    ) -> Result<(), StoreError> {
        self.expect(commit.sequence)?;
        let Some(Taken { place, kept }) = taken else {
            let message = format!("page {} is committed before it was taken", commit.sequence);
            return Err(StoreError::new(StoreErrorKind::Order, message));
        };
        let entry = Entry {
            commit: commit.clone(),
            idle: commit.sequence - self.written.next_sequence(),
            place: place.clone(),
            kept: *kept,
        };
        self.check()?;
        if self.can_wait(commit, Instant::now()) {
            self.held = Some(entry);
        } else {
            self.write_commit(entry)?;
        }
        self.last = Some(commit.clone());
        Ok(())
    }

    /// Whether nothing is lost if this commit is. The first page is asked for in another way, so its own is always written.
    fn can_wait(&self, commit: &Commit, now: Instant) -> bool {
        let rest = now.saturating_duration_since(self.written_at);
        commit.mark.records == 0
            && commit.operation == Operation::Next
            && self.written.last.is_some()
            && rest < LONGEST_REST
    }

    fn write_commit(&mut self, entry: Entry) -> Result<(), StoreError> {
        let begin = self.writer.end();
        self.writer.write(&Line::commit(entry.clone()))?;
        self.written.add(entry);
        (self.written_at, self.last_commit_at, self.held) = (Instant::now(), begin, None);
        Ok(())
    }

    /// Refuses everything from now on: nobody knows what is on disk.
    pub(super) fn give_up(&mut self) {
        self.writer.give_up();
    }

    /// Refuses where an earlier failure left open what is on disk.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        self.writer.check()
    }

    /// Refuses where its folder was moved meanwhile, and another may stand in its place.
    pub(super) fn check_path(&self) -> Result<(), StoreError> {
        self.writer.check_path()
    }

    /// Whether the next page belongs into another part, which begins where nothing is open. A part has one page at least.
    fn is_full(&self) -> bool {
        self.writer.length() >= self.part_length
            && self.written.sequence() >= self.writer.first_page()
            && !self.is_open()
    }

    /// Whether something was asked for whose page is not committed.
    fn is_open(&self) -> bool {
        let safe = self.next_sequence() - 1;
        self.intent
            .as_ref()
            .is_some_and(|intent| intent.sequence > safe)
    }

    fn expect(&self, sequence: u64) -> Result<(), StoreError> {
        let expected = self.next_sequence();
        if sequence == expected {
            return Ok(());
        }
        Err(StoreError::new(
            StoreErrorKind::Order,
            format!("page {sequence} came where page {expected} is next"),
        ))
    }
}

/// So that the next run is not in doubt where this one need not leave it so.
impl Drop for Ledger {
    fn drop(&mut self) {
        if self.is_open() || self.check().is_err() {
            return;
        }
        if let Some(entry) = self.held.take() {
            let _ = self.write_commit(entry);
        }
    }
}

#[cfg(test)]
mod tests;
