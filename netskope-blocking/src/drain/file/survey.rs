//! Whether the segments of a folder are what its ledger says.

use super::name::SegmentName;
use crate::drain::{
    disk::{self, Appender, told},
    error::{StoreError, StoreErrorKind},
    ledger::History,
};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Seek, SeekFrom},
    path::Path,
};

/// What stands behind the committed part of a segment: a page that was being written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Torn {
    segment: String,
    from: u64,
}

/// What a crash left half written.
///
/// # Errors
///
/// Where records are missing, or are there that no crash explains.
pub(super) fn torn(folder: &Path, history: Option<&History>) -> Result<Vec<Torn>, StoreError> {
    let found = segments(folder)?;
    let mut torn = Vec::new();
    if let Some(history) = history {
        for (segment, &end) in &history.segments {
            let at = || format!("'{}'", folder.join(segment).display());
            match found.get(segment) {
                // Complete segments may be taken away.
                None if history.current() != Some(segment) => {}
                None => {
                    return Err(missing(format!(
                        "{} is gone, with {end} bytes of records",
                        at()
                    )));
                }
                Some(&length) if length < end => {
                    return Err(missing(format!(
                        "{} has {length} bytes, and {end} were written",
                        at()
                    )));
                }
                Some(&length) if length > end => torn.push(Torn {
                    segment: segment.clone(),
                    from: end,
                }),
                Some(_) => {}
            }
        }
    }
    let is_unnamed = |name: &String| {
        history.is_none_or(|history| {
            // Of those, an earlier part of the ledger speaks, or did before both were moved away.
            let is_earlier = SegmentName::parse(name)
                .is_some_and(|name| (1..history.first).contains(&name.sequence));
            !is_earlier && !history.segments.contains_key(name)
        })
    };
    let unnamed = found.into_keys().filter(is_unnamed);
    torn.extend(unnamed.map(|segment| Torn { segment, from: 0 }));
    match torn.iter().find(|torn| !torn.is_explained(history)) {
        Some(unknown) => Err(unknown.error(folder)),
        None => Ok(torn),
    }
}

/// The segments of a folder and how long they are.
pub(in crate::drain) fn segments(folder: &Path) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(told("read", folder))? {
        let entry = entry.map_err(told("read", folder))?;
        let Some(name) = entry.file_name().to_str().map(ToOwned::to_owned) else {
            continue;
        };
        if SegmentName::parse(&name).is_some() {
            let length = entry.metadata().map_err(told("read", &entry.path()))?.len();
            found.insert(name, length);
        }
    }
    Ok(found)
}

fn missing(message: String) -> StoreError {
    StoreError::new(StoreErrorKind::RecordsMissing, message)
}

impl Torn {
    /// Whether a page that was asked for, and not committed, was written here.
    fn is_explained(&self, history: Option<&History>) -> bool {
        let Some((history, intent)) =
            history.and_then(|history| Some((history, history.pending()?)))
        else {
            return false;
        };
        // Pages without records may have come since, which are not written down one by one.
        let is_new = SegmentName::parse(&self.segment)
            .is_some_and(|name| self.from == 0 && name.sequence >= intent.sequence);
        is_new || history.current() == Some(&self.segment)
    }

    fn error(&self, folder: &Path) -> StoreError {
        StoreError::new(
            StoreErrorKind::RecordsUnknown,
            format!(
                "the ledger knows nothing of what stands in '{}' from byte {} on",
                folder.join(&self.segment).display(),
                self.from
            ),
        )
    }

    /// Moves it into a file of its own.
    pub(super) fn set_aside(&self, folder: &Path) -> Result<(), StoreError> {
        let segment = folder.join(&self.segment);
        let aside = disk::free_name(&segment, "torn");
        if self.from == 0 {
            return disk::rename(&segment, &aside);
        }
        let mut copy = Appender::create(aside)?;
        let copied = copy_from(&segment, self.from, &mut copy)
            .map_err(told("write", copy.path()))
            .and_then(|()| copy.sync());
        if let Err(error) = copied {
            // The original is still there.
            let _ = fs::remove_file(copy.path());
            return Err(error);
        }
        Appender::open(segment)?.cut(self.from)
    }
}

fn copy_from(path: &Path, from: u64, copy: &mut Appender) -> io::Result<()> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    io::copy(&mut file, copy)?;
    Ok(())
}
