//! A file of records, page behind page.

use super::name::SegmentName;
use crate::drain::{
    disk::{Appender, told},
    error::StoreError,
    format::Format,
    ledger::Place,
    selection::Selection,
};
use std::{path::Path, time::Duration};

/// The segment that is written.
#[derive(Debug)]
pub(super) struct Segment {
    file: Appender,
    name: SegmentName,
}

impl Segment {
    pub(super) fn create(
        folder: &Path,
        begun: u64,
        sequence: u64,
        format: Format,
    ) -> Result<Self, StoreError> {
        let name = SegmentName {
            begun,
            sequence,
            format,
        };
        let file = Appender::create(folder.join(name.to_string()))?;
        Ok(Self { file, name })
    }

    /// Goes on with a segment, if it is one of this format.
    pub(super) fn open(
        folder: &Path,
        name: &str,
        format: Format,
    ) -> Result<Option<Self>, StoreError> {
        let Some(known) = SegmentName::parse(name).filter(|name| name.format == format) else {
            return Ok(None);
        };
        let file = Appender::open(folder.join(name))?;
        Ok(Some(Self { file, name: known }))
    }

    /// The page that it begins with.
    pub(super) const fn sequence(&self) -> u64 {
        self.name.sequence
    }

    /// Whether the next page belongs into another segment. One from the future does not wait until then.
    pub(super) fn is_full(&self, bytes: u64, age: Duration, now: u64) -> bool {
        let passed = now.checked_sub(self.name.begun);
        let is_old = passed.is_none_or(|passed| passed >= age.as_secs());
        self.file.length() > 0 && (self.file.length() >= bytes || is_old)
    }

    /// Writes records as one frame, and waits until it is on disk.
    pub(super) fn write(&mut self, records: &Selection<'_>) -> Result<Place, StoreError> {
        let from = self.file.length();
        self.fill(records).inspect_err(|_| {
            // It makes room on a full disk. If that fails too, the next to open it moves these bytes aside.
            let _ = self.file.cut(from);
        })?;
        Ok(Place {
            segment: self.name.to_string(),
            from,
            to: self.file.length(),
        })
    }

    pub(super) fn cut(&mut self, length: u64) -> Result<(), StoreError> {
        self.file.cut(length)
    }

    fn fill(&mut self, records: &Selection<'_>) -> Result<(), StoreError> {
        let written = self
            .name
            .format
            .write(&mut self.file, |out| records.write(out));
        written.map_err(told("write", self.file.path()))?;
        self.file.sync()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drain::scratch::page;
    use tempfile::tempdir;

    #[test]
    fn a_clock_that_jumps_makes_a_new_segment_at_most() {
        let folder = tempdir().unwrap();
        let mut segment = Segment::create(folder.path(), 1_000, 1, Format::Ndjson).unwrap();
        let is_full =
            |segment: &Segment, now| segment.is_full(1 << 20, Duration::from_mins(1), now);
        assert!(!is_full(&segment, 9_999), "there is nothing in it");
        segment.write(&Selection::new(&page(3), None)).unwrap();
        let at = [0, 999, 1_000, 1_059, 1_060, u64::MAX].map(|now| is_full(&segment, now));
        assert_eq!(at, [true, true, false, false, true, true]);
    }
}
