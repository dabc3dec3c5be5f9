//! The files that a ledger is in.

use super::{
    entry::{Header, Origin},
    reader::Reader,
};
use crate::drain::{
    disk::told,
    error::{StoreError, StoreErrorKind},
};
use std::{
    collections::{BTreeMap, btree_map::IntoValues},
    fs,
    path::{Path, PathBuf},
};

/// The newest part, which is the whole ledger while that is short.
pub(in crate::drain) const NAME: &str = "ledger.ndjson";

/// The part to come, until the one before has got the name of a closed one.
pub(super) const NEXT: &str = "ledger.ndjson.new";

/// The name of a closed part, by the first page that it may speak of.
pub(super) fn closed_name(first: u64) -> String {
    format!("ledger-{first}.ndjson")
}

fn first_page(name: &str) -> Option<u64> {
    let number = name.strip_prefix("ledger-")?.strip_suffix(".ndjson")?;
    let first = number.parse().ok()?;
    (closed_name(first) == name).then_some(first)
}

/// Whether there is a part of a ledger in a folder.
pub(in crate::drain) fn is_in(folder: &Path) -> bool {
    let is_there = |name| folder.join(name).is_file();
    is_there(NAME) || is_there(NEXT) || closed(folder).is_ok_and(|parts| !parts.is_empty())
}

/// The newest part; none where there is no ledger, or only what a crash left of its first line.
///
/// # Errors
///
/// Where it cannot be read or is damaged, or where there are only closed ones.
pub(super) fn newest(folder: &Path) -> Result<Option<(Reader, Header)>, StoreError> {
    // While parts change, it has the second name for a moment, or until the next run if a crash fell into that.
    for name in [NAME, NEXT, NAME] {
        let Some(mut reader) = Reader::open(folder.join(name))? else {
            continue;
        };
        match reader.header()? {
            Some(header) => return Ok(Some((reader, header))),
            None => break,
        }
    }
    let path = folder.join(NAME);
    if path.parent().is_some_and(Path::is_dir) && !closed(folder)?.is_empty() {
        return Err(StoreError::new(
            StoreErrorKind::LedgerDamaged,
            format!(
                "'{}' is gone or empty, and earlier parts of the ledger are there",
                path.display()
            ),
        ));
    }
    Ok(None)
}

/// The closed parts of a folder, by the first page of each.
fn closed(folder: &Path) -> Result<BTreeMap<u64, PathBuf>, StoreError> {
    let mut parts = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(told("read", folder))? {
        let entry = entry.map_err(told("read", folder))?;
        if let Some(first) = entry.file_name().to_str().and_then(first_page) {
            parts.insert(first, entry.path());
        }
    }
    Ok(parts)
}

/// All parts of a ledger that are there, oldest first.
#[derive(Debug)]
pub(in crate::drain) struct Parts {
    pub(in crate::drain) origin: Origin,
    closed: IntoValues<u64, PathBuf>,
    newest: Option<(Reader, Header)>,
}

impl Parts {
    /// The parts of a folder's ledger, if there is one.
    ///
    /// # Errors
    ///
    /// As of [`History::read`](super::History::read).
    pub(in crate::drain) fn open(folder: &Path) -> Result<Option<Self>, StoreError> {
        // Before the others are looked for: a process that closes it meanwhile does not take it away.
        let Some((reader, header)) = newest(folder)? else {
            return Ok(None);
        };
        let mut closed = closed(folder)?;
        closed.split_off(&header.first_page());
        Ok(Some(Self {
            origin: header.origin.clone(),
            closed: closed.into_values(),
            newest: Some((reader, header)),
        }))
    }
}

impl Iterator for Parts {
    type Item = Result<(Reader, Header), StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(path) = self.closed.next() else {
            return self.newest.take().map(Ok);
        };
        Some(open(&path))
    }
}

/// A closed part, which is whole.
fn open(path: &Path) -> Result<(Reader, Header), StoreError> {
    if let Some(mut reader) = Reader::open(path.to_owned())?
        && let Some(header) = reader.header()?
    {
        return Ok((reader, header));
    }
    Err(StoreError::new(
        StoreErrorKind::LedgerDamaged,
        format!("'{}' has no whole first line", path.display()),
    ))
}
