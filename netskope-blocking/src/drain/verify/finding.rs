//! What verification finds.

use netskope_model::v2::Intent;
use std::fmt;

/// Something that is not as it was committed, or that is worth knowing beside.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// The ledger is damaged; what was committed behind that line is not known, up to the next part.
    Ledger(String),
    /// A part of the ledger does not go on from the one before.
    Seam {
        /// The file of the part.
        part: String,
    },
    /// A part of the ledger begins with other totals, or another last page, than the parts before it have.
    Carried {
        /// The file of the part.
        part: String,
    },
    /// No part of the ledger speaks of these pages, but earlier and later ones do.
    PagesGone {
        /// The first of them.
        from: u64,
        /// The last of them.
        to: u64,
    },
    /// The earliest parts of the ledger were moved away, as is allowed.
    Earlier {
        /// How many pages were in them.
        pages: u64,
    },
    /// A page is missing, or committed twice.
    Sequence {
        /// The page that was next.
        expected: u64,
        /// The page that was committed.
        sequence: u64,
    },
    /// A page does not stand behind the one before.
    Place {
        /// The page.
        sequence: u64,
        /// Its file.
        segment: String,
        /// The byte where the page before ends.
        expected: u64,
        /// The byte where this one begins.
        from: u64,
    },
    /// A file is gone, or was taken away.
    Gone {
        /// The file.
        segment: String,
        /// How many pages were in it.
        pages: u64,
        /// How many records.
        records: u64,
    },
    /// A page is not what was written.
    Page {
        /// The page.
        sequence: u64,
        /// Its file.
        segment: String,
        /// What is wrong.
        reason: String,
    },
    /// A file from before the earliest part of the ledger that is there.
    Unchecked {
        /// The file.
        segment: String,
    },
    /// Bytes of which no commit speaks.
    Unknown {
        /// The file.
        segment: String,
        /// The first of them.
        from: u64,
        /// The byte behind the last.
        to: u64,
    },
    /// A record is there twice, byte for byte. Its numbers are those of its page and of its line on the page, from 1 on.
    Twice {
        /// Where it is first.
        first: (u64, u64),
        /// Where it is again.
        again: (u64, u64),
    },
    /// There are more records that are there twice than are named.
    MoreTwice(u64),
    /// What a crash left half written, moved aside. The page was asked for again.
    Torn {
        /// The file.
        file: String,
        /// Its length.
        bytes: u64,
    },
    /// A page was asked for and is not committed: it is under way, had no records, or the next run asks for it again.
    Pending(Intent),
}

impl Finding {
    /// Whether something is wrong; else it is worth knowing only.
    pub const fn is_fault(&self) -> bool {
        !matches!(
            self,
            Self::Earlier { .. } | Self::Unchecked { .. } | Self::Torn { .. } | Self::Pending(_)
        )
    }

    /// Its name, for scripts; it never changes.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Ledger(_) | Self::Seam { .. } | Self::Carried { .. } => "ledger-damaged",
            Self::PagesGone { .. } => "ledger-gone",
            Self::Earlier { .. } => "ledger-moved",
            Self::Sequence { .. } => "sequence",
            Self::Place { .. } => "place",
            Self::Gone { .. } => "file-gone",
            Self::Page { .. } => "page-changed",
            Self::Unchecked { .. } => "file-unchecked",
            Self::Unknown { .. } => "unknown-bytes",
            Self::Twice { .. } | Self::MoreTwice(_) => "record-twice",
            Self::Torn { .. } => "torn",
            Self::Pending(_) => "pending",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ledger(what) => write!(f, "{what}; what was committed behind it is not known"),
            Self::Seam { part } => write!(
                f,
                "'{part}' does not go on from the part of the ledger before it: one of the two was changed"
            ),
            Self::Carried { part } => write!(
                f,
                "the first line of '{part}' does not say what the pages before it add up to, and `status` relies on it"
            ),
            Self::PagesGone { from, to } => write!(
                f,
                "the ledger says nothing of pages {from} to {to}, and does of earlier and later ones: a part of it is gone or was cut"
            ),
            Self::Earlier { pages } => write!(
                f,
                "the ledger begins behind page {pages}: its earlier parts were moved away, and of their records nothing is known"
            ),
            Self::Sequence { expected, sequence } => {
                write!(
                    f,
                    "page {sequence} is committed where page {expected} is next"
                )
            }
            Self::Place {
                sequence,
                segment,
                expected,
                from,
            } => write!(
                f,
                "page {sequence} begins at byte {from} of '{segment}', and the page before ends at byte {expected}"
            ),
            Self::Gone {
                segment,
                pages,
                records,
            } => write!(
                f,
                "'{segment}' is gone, with {records} records of {pages} pages"
            ),
            Self::Page {
                sequence,
                segment,
                reason,
            } => write!(
                f,
                "page {sequence} in '{segment}' is not what was written: {reason}"
            ),
            Self::Unchecked { segment } => write!(
                f,
                "'{segment}' is not checked: the part of the ledger that spoke of it was moved away"
            ),
            Self::Unknown { segment, from, to } => {
                write!(f, "no commit speaks of bytes {from} to {to} of '{segment}'")
            }
            Self::Twice { first, again } => write!(
                f,
                "record {} of page {} is the same as record {} of page {}",
                again.1, again.0, first.1, first.0
            ),
            Self::MoreTwice(more) => write!(f, "{more} more records are there twice"),
            Self::Torn { file, bytes } => write!(
                f,
                "'{file}' holds {bytes} bytes that a crash left half written; the page was asked for again"
            ),
            Self::Pending(intent) => write!(
                f,
                "page {} was asked for and is not committed yet; where nothing drains it now, the next run asks for it again",
                intent.sequence
            ),
        }
    }
}
