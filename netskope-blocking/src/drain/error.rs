//! What can go wrong with files, in kinds that a script can match.

use std::{fmt, io, path::Path};

/// Why a folder of logs cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct StoreError {
    kind: StoreErrorKind,
    message: String,
    #[source]
    source: Option<io::Error>,
}

/// In which way a folder of logs cannot be written or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// Another process writes there.
    InUse,
    /// The ledger is of another tenant, stream or index.
    Foreign,
    /// The ledger was written by a newer version.
    Newer,
    /// The ledger is not as it was written.
    LedgerDamaged,
    /// A file of records, or a part of one, is gone.
    RecordsMissing,
    /// There are records that no commit speaks of.
    RecordsUnknown,
    /// There is no ledger.
    NoLedger,
    /// The disk, or the quota on it, is full.
    Full,
    /// Writing or reading there is not allowed.
    Denied,
    /// A file stands where a folder is needed.
    NoFolder,
    /// Nobody reads the pipe any more.
    Closed,
    /// The system failed in another way.
    Io,
    /// An earlier failure left open what is on disk; only opening it again can tell.
    Broken,
    /// The folder was moved, or another put in its place, while it was written.
    Moved,
    /// A page was committed that was not taken, or out of turn.
    Order,
}

impl StoreErrorKind {
    /// The kind's name, for scripts; it never changes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InUse => "in-use",
            Self::Foreign => "foreign-ledger",
            Self::Newer => "newer-ledger",
            Self::LedgerDamaged => "ledger-damaged",
            Self::RecordsMissing => "records-missing",
            Self::RecordsUnknown => "records-unknown",
            Self::NoLedger => "no-ledger",
            Self::Full => "disk-full",
            Self::Denied => "denied",
            Self::NoFolder => "no-folder",
            Self::Closed => "pipe-closed",
            Self::Io => "io",
            Self::Broken => "broken",
            Self::Moved => "moved",
            Self::Order => "order",
        }
    }

    const fn hint(self) -> Option<&'static str> {
        match self {
            Self::InUse => Some(
                "wait until it has ended, or end it; two must not drain one stream into one folder",
            ),
            Self::Foreign => Some(
                "drain each tenant and index into a folder of its own, or begin anew on purpose (--restart), which keeps the old one aside",
            ),
            Self::Newer => Some("use the version that wrote it, or a newer one"),
            Self::LedgerDamaged => Some(
                "put the ledger back from a copy; or begin anew on purpose (--restart), which keeps the old one aside",
            ),
            Self::RecordsMissing => Some(
                "put the file back as it was; or begin anew on purpose (--restart), which keeps the old ones aside",
            ),
            Self::RecordsUnknown => Some(
                "if its ledger was shortened or taken away, put it back; else move the file elsewhere",
            ),
            Self::NoLedger => Some("name the folder of one stream, such as DIR/events-page"),
            Self::Full => Some("make room and run the same again: it goes on where it stopped"),
            Self::Denied => Some("allow this user to write there, or choose another folder"),
            Self::NoFolder => Some("name a folder; what stands there is a file"),
            Self::Broken => Some("start again: nothing that was committed is lost"),
            Self::Moved => Some(
                "end what drains into a folder before it is moved, and start again with the one where it is now",
            ),
            Self::Closed | Self::Io | Self::Order => None,
        }
    }
}

impl fmt::Display for StoreErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl StoreError {
    pub(super) fn new(kind: StoreErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
        }
    }

    /// What the system said when this was done to that file.
    pub(super) fn system(doing: &str, path: &Path, source: io::Error) -> Self {
        use io::ErrorKind as System;
        let kind = match source.kind() {
            System::StorageFull | System::QuotaExceeded | System::FileTooLarge => {
                StoreErrorKind::Full
            }
            System::PermissionDenied | System::ReadOnlyFilesystem => StoreErrorKind::Denied,
            System::NotADirectory => StoreErrorKind::NoFolder,
            System::BrokenPipe => StoreErrorKind::Closed,
            _ => StoreErrorKind::Io,
        };
        Self {
            kind,
            message: format!("cannot {doing} '{}': {source}", path.display()),
            source: Some(source),
        }
    }

    /// In which way it failed.
    pub const fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    /// What to do about it.
    pub const fn hint(&self) -> Option<&'static str> {
        self.kind.hint()
    }
}
