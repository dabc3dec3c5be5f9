//! The lines of a ledger.

use super::{progress::Progress, seal::Seal};
use netskope_model::{
    Tenant,
    v2::{Commit, Digest, Index, Intent, Stream},
};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    path::{Path, PathBuf},
};

/// Whose log it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The tenant, as a URL.
    pub tenant: String,
    /// Its stream.
    pub stream: Stream,
    /// The index under which the tenant keeps the place in it.
    pub index: Index,
}

impl Origin {
    /// The log of this stream, read under this index.
    pub fn new(tenant: &Tenant, stream: Stream, index: Index) -> Self {
        Self {
            tenant: tenant.to_string(),
            stream,
            index,
        }
    }

    /// The name of the stream's folder, such as `events-page`.
    pub fn folder(&self) -> PathBuf {
        self.stream.to_string().replace('/', "-").into()
    }

    /// The same below a folder for all tenants and indexes, such as `acme.goskope.com/siem-1/events-page`.
    pub fn state(&self) -> PathBuf {
        let host = self
            .tenant
            .split_once("://")
            .map_or(&*self.tenant, |(_, host)| host);
        // A port, and an address of IPv6, cannot be part of a name everywhere.
        let host = host.replace([':', '[', ']', '/', '\\'], "_");
        Path::new(&host)
            .join(self.index.as_str())
            .join(self.folder())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            tenant,
            stream,
            index,
        } = self;
        write!(f, "{stream} of {tenant}, index {index}")
    }
}

/// The newest version of the ledger's format that is read.
pub(super) const VERSION: u32 = 2;

/// The version of a part that goes on from another, of which version 1 knew nothing. A ledger of one part has what it knew.
const GOES_ON: u32 = 2;
const IS_WHOLE: u32 = 1;

/// The first line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::drain) struct Header {
    nskope: Kind,
    pub(super) format: u32,
    #[serde(flatten)]
    pub(in crate::drain) origin: Origin,
    /// What the part before ends with; nothing in the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::drain) before: Option<Before>,
}

/// What a part of a ledger ends with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::drain) struct Before {
    /// The checksum of its last line.
    pub(in crate::drain) sum: Seal,
    #[serde(flatten)]
    pub(in crate::drain) progress: Progress,
    /// How many bytes it has, with all parts before it.
    pub(super) length: u64,
}

/// The first line of any version.
#[derive(Debug, Deserialize)]
pub(super) struct AnyHeader {
    #[serde(rename = "nskope")]
    _nskope: Kind,
    pub(super) format: u32,
}

/// Says that a file is of this program.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Drain,
}

impl Header {
    pub(super) const fn new(origin: Origin, before: Option<Before>) -> Self {
        let format = if before.is_some() { GOES_ON } else { IS_WHOLE };
        Self {
            nskope: Kind::Drain,
            format,
            origin,
            before,
        }
    }

    /// The first page that the part may speak of.
    pub(in crate::drain) fn first_page(&self) -> u64 {
        let before = self.before.as_ref();
        before.map_or(1, |before| before.progress.next_sequence())
    }
}

/// A later line: it has one of the two.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::drain) struct Line {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::drain) intent: Option<Intent>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::drain) commit: Option<Entry>,
}

impl Line {
    pub(super) const fn intent(intent: Intent) -> Self {
        Self {
            intent: Some(intent),
            commit: None,
        }
    }

    pub(super) const fn commit(entry: Entry) -> Self {
        Self {
            intent: None,
            commit: Some(entry),
        }
    }
}

/// A commit, and where its page is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::drain) struct Entry {
    #[serde(flatten)]
    pub(in crate::drain) commit: Commit,
    /// How many pages without records came since the commit before, of which there is no line.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(in crate::drain) idle: u64,
    /// Where its records are; nowhere if it has none, or if they went into a pipe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::drain) place: Option<Place>,
    /// What was kept of them, where not all were meant to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::drain) kept: Option<Kept>,
}

/// What was written of a page that is not committed yet.
#[derive(Debug)]
pub(in crate::drain) struct Taken {
    pub(in crate::drain) place: Option<Place>,
    pub(in crate::drain) kept: Option<Kept>,
}

/// A part of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::drain) struct Place {
    /// The file's name.
    pub(in crate::drain) segment: String,
    /// Its first byte.
    pub(in crate::drain) from: u64,
    /// The byte behind its last.
    pub(in crate::drain) to: u64,
}

/// The records that passed a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::drain) struct Kept {
    pub(in crate::drain) records: u64,
    pub(in crate::drain) digest: Digest,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Entry {
    /// How many records were written, and what they add up to.
    pub(in crate::drain) fn written(&self) -> Kept {
        self.kept.unwrap_or(Kept {
            records: self.commit.mark.records,
            digest: self.commit.mark.digest,
        })
    }
}
