//! Whether the records of a folder are what was committed.

mod finding;
mod page;
mod seam;
mod twice;

pub use finding::Finding;

use super::{
    error::{StoreError, StoreErrorKind},
    file::{SegmentName, segments},
    ledger::{Entry, Header, Line, Origin, Parts, Place, Progress, Reader, Totals},
    status::no_ledger,
};
use netskope_model::v2::{Digest, Intent};
use seam::Seam;
use std::{collections::BTreeMap, path::Path};

/// What came out of reading all records of a folder again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Whose log it is.
    pub origin: Origin,
    /// What was committed adds up to, as far as the ledger could be read.
    pub totals: Totals,
    /// What is not as it was committed, and what is worth knowing beside.
    pub findings: Vec<Finding>,
}

impl Verified {
    /// Whether all that was committed is there, once and unchanged, and nothing else.
    pub fn is_sound(&self) -> bool {
        !self.findings.iter().any(Finding::is_fault)
    }
}

/// Reads all records of a stream's folder again, and holds them against what was committed.
///
/// For each page: that it is the next one, that its bytes stand behind those of the page before, can be read, and hold as many
/// records as were written, byte for byte. For all: that no record is there twice, and that there is nothing else. All parts
/// of the ledger are read; the oldest may have been moved away, and their records are not checked then, but none from between
/// two others. It takes 16 bytes of memory for each record. A process that writes there meanwhile is not disturbed.
///
/// # Errors
///
/// Where there is no ledger of a known version, its newest part is gone, or the system refuses to read the folder. All else
/// is a [`Finding`].
pub fn verify(folder: impl AsRef<Path>) -> Result<Verified, StoreError> {
    let folder = folder.as_ref();
    // Before the ledger: what is written from now on, it may not know yet.
    let found = segments(folder)?;
    let parts = Parts::open(folder)?.ok_or_else(|| no_ledger(folder))?;
    let origin = parts.origin.clone();
    let mut check = Check::new(folder, found);
    for part in parts {
        let read = part.and_then(|part| check.part(part));
        match read {
            Err(error) if error.kind() == StoreErrorKind::LedgerDamaged => {
                check.damaged(Finding::Ledger(error.to_string()));
            }
            read => read?,
        }
    }
    check.finish(origin)
}

struct Check<'a> {
    folder: &'a Path,
    /// The segments that were there and how long they were.
    found: BTreeMap<String, u64>,
    /// Where the committed part of each ends.
    ends: BTreeMap<String, u64>,
    gone: BTreeMap<String, Totals>,
    digests: Vec<Digest>,
    pending: Option<Intent>,
    /// How far it is after the line read last.
    progress: Progress,
    /// The first page that the earliest part may speak of; none before that is read.
    first: Option<u64>,
    seam: Seam,
    /// Whether all parts of the ledger could be read to their ends.
    is_whole: bool,
    totals: Totals,
    findings: Vec<Finding>,
}

impl<'a> Check<'a> {
    fn new(folder: &'a Path, found: BTreeMap<String, u64>) -> Self {
        Self {
            folder,
            found,
            ends: BTreeMap::new(),
            gone: BTreeMap::new(),
            digests: Vec::new(),
            pending: None,
            progress: Progress::default(),
            first: None,
            seam: Seam::default(),
            is_whole: true,
            totals: Totals::default(),
            findings: Vec::new(),
        }
    }

    /// Reads a part of the ledger, and what it speaks of.
    fn part(&mut self, (mut reader, header): (Reader, Header)) -> Result<(), StoreError> {
        self.first.get_or_insert(header.first_page());
        let before = header.before.as_ref();
        match self.seam.finding(&self.progress, before, &reader.name()) {
            Some(finding @ (Finding::PagesGone { .. } | Finding::Seam { .. })) => {
                self.damaged(finding);
            }
            finding => self.findings.extend(finding),
        }
        self.progress = header
            .before
            .map(|before| before.progress)
            .unwrap_or_default();
        self.pending = None;
        while let Some(line) = reader.next()? {
            self.line(line);
        }
        self.seam = Seam::End((!reader.ends_cut()).then(|| reader.seal()));
        Ok(())
    }

    /// What follows up to the next part is not known.
    fn damaged(&mut self, finding: Finding) {
        self.findings.push(finding);
        self.seam = Seam::Unknown;
        self.is_whole = false;
    }

    fn line(&mut self, line: Line) {
        if let Some(intent) = line.intent {
            self.pending = Some(intent);
        }
        if let Some(entry) = line.commit {
            self.pending = None;
            self.commit(entry);
        }
    }

    fn commit(&mut self, entry: Entry) {
        let sequence = entry.commit.sequence;
        let expected = self.progress.next_sequence().saturating_add(entry.idle);
        if sequence != expected {
            self.findings.push(Finding::Sequence { expected, sequence });
        }
        self.totals.add(&entry);
        if let Some(place) = &entry.place {
            self.place(sequence, place);
            self.page(&entry, place);
        }
        self.progress.add(entry);
    }

    fn place(&mut self, sequence: u64, place: &Place) {
        let end = self.ends.entry(place.segment.clone()).or_default();
        if place.from != *end {
            self.findings.push(Finding::Place {
                sequence,
                segment: place.segment.clone(),
                expected: *end,
                from: place.from,
            });
        }
        *end = place.to.max(*end);
    }

    fn page(&mut self, entry: &Entry, place: &Place) {
        if !self.folder.join(&place.segment).exists() {
            let gone = self.gone.entry(place.segment.clone()).or_default();
            gone.pages += 1;
            gone.records += entry.written().records;
            return;
        }
        let read = page::read(self.folder, place, |line| {
            self.digests.push(Digest::of(line));
        });
        let reason = match read {
            Err(error) => error.to_string(),
            Ok(read) if read == entry.written() => return,
            Ok(read) if read.records != entry.written().records => {
                let written = entry.written().records;
                format!(
                    "it has {} records, and {written} were written",
                    read.records
                )
            }
            Ok(_) => "its records are not those that were written".to_owned(),
        };
        self.findings.push(Finding::Page {
            sequence: entry.commit.sequence,
            segment: place.segment.clone(),
            reason,
        });
    }

    fn finish(mut self, origin: Origin) -> Result<Verified, StoreError> {
        let gone = std::mem::take(&mut self.gone);
        self.findings
            .extend(gone.into_iter().map(|(segment, gone)| Finding::Gone {
                segment,
                pages: gone.pages,
                records: gone.records,
            }));
        self.rest();
        let doubled = twice::find(self.folder, std::mem::take(&mut self.digests))?;
        self.findings.extend(doubled);
        for (file, bytes) in page::torn(self.folder)? {
            self.findings.push(Finding::Torn { file, bytes });
        }
        self.findings.extend(self.pending.map(Finding::Pending));
        Ok(Verified {
            origin,
            totals: self.totals,
            findings: self.findings,
        })
    }

    /// What stands where no commit speaks of it. A page that is being written does, for a while.
    fn rest(&mut self) {
        if !self.is_whole {
            return;
        }
        for (segment, length) in &self.found {
            let end = self.ends.get(segment).copied();
            if end.is_none() && self.is_earlier(segment) {
                let segment = segment.clone();
                self.findings.push(Finding::Unchecked { segment });
            } else if end.is_none_or(|end| *length > end) && self.pending.is_none() {
                self.findings.push(Finding::Unknown {
                    segment: segment.clone(),
                    from: end.unwrap_or_default(),
                    to: *length,
                });
            }
        }
    }

    /// Whether a segment is from before all parts that are there.
    fn is_earlier(&self, segment: &str) -> bool {
        let known = SegmentName::parse(segment).zip(self.first);
        known.is_some_and(|(name, first)| (1..first).contains(&name.sequence))
    }
}

#[cfg(test)]
mod tests;
