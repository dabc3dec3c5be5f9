//! How far a log is.

use super::entry::{Entry, Place};
use netskope_model::v2::{Commit, Intent};
use serde::{Deserialize, Serialize};

/// How far a log is: what remains to be known of pages of which the lines are read no more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::drain) struct Progress {
    /// The last page whose commit is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::drain) last: Option<Commit>,
    /// Where the last page is that has a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::drain) place: Option<Place>,
    pub(in crate::drain) totals: Totals,
}

/// What pages add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The pages, empty ones included.
    pub pages: u64,
    /// The records that the tenant gave.
    pub records: u64,
    /// Those that were written; fewer where not all were to be kept.
    pub kept: u64,
    /// The bytes that they take on disk.
    pub bytes: u64,
    /// The files that they are in.
    pub segments: u64,
}

impl Progress {
    /// The number of the last page.
    pub(in crate::drain) fn sequence(&self) -> u64 {
        self.last.as_ref().map_or(0, |commit| commit.sequence)
    }

    /// The number of the page to come.
    pub(in crate::drain) fn next_sequence(&self) -> u64 {
        self.sequence().saturating_add(1)
    }

    /// The intent of the last page.
    pub(in crate::drain) fn asked(&self) -> Option<Intent> {
        let last = self.last.as_ref()?;
        Some(Intent {
            sequence: last.sequence,
            operation: last.operation,
        })
    }

    /// The page of this entry is safe as well.
    pub(in crate::drain) fn add(&mut self, entry: Entry) {
        self.totals.add(&entry);
        self.place = entry.place.or(self.place.take());
        self.last = Some(entry.commit);
    }
}

impl Totals {
    pub(in crate::drain) fn add(&mut self, entry: &Entry) {
        self.pages = self.pages.saturating_add(entry.idle).saturating_add(1);
        self.records += entry.commit.mark.records;
        self.kept += entry.written().records;
        if let Some(place) = &entry.place {
            self.bytes += place.to.saturating_sub(place.from);
            self.segments += u64::from(place.from == 0);
        }
    }
}
