//! A page as it is on disk.

use crate::drain::{
    disk::told,
    error::StoreError,
    file::SegmentName,
    ledger::{Kept, Place},
};
use netskope_model::v2::Digester;
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom},
    path::Path,
};

/// How much is read at a time.
const BUFFER: usize = 256 << 10;

/// Reads the lines of a page, and says what they add up to.
pub(super) fn read(folder: &Path, place: &Place, mut each: impl FnMut(&[u8])) -> io::Result<Kept> {
    let wrong = |what: &str| io::Error::new(ErrorKind::InvalidData, what);
    let Some(name) = SegmentName::parse(&place.segment) else {
        return Err(wrong("the ledger names a file that is none of records"));
    };
    let mut file = File::open(folder.join(&place.segment))?;
    file.seek(SeekFrom::Start(place.from))?;
    let length = place.to.saturating_sub(place.from);
    let buffer = usize::try_from(length).map_or(BUFFER, |length| length.min(BUFFER));
    let mut frame = BufReader::with_capacity(buffer, file.take(length));
    let (mut records, mut digester, mut line) = (0, Digester::default(), Vec::new());
    let mut text = BufReader::with_capacity(buffer, name.format.read(&mut frame)?);
    while text.read_until(b'\n', &mut line)? > 0 {
        if !line.ends_with(b"\n") {
            return Err(wrong("its last record has no end"));
        }
        digester.update(&line);
        each(&line);
        records += 1;
        line.clear();
    }
    drop(text);
    if !frame.fill_buf()?.is_empty() {
        return Err(wrong("it ends before its place does"));
    }
    let digest = digester.finish();
    Ok(Kept { records, digest })
}

/// What crashes left, and how long each is.
pub(super) fn torn(folder: &Path) -> Result<Vec<(String, u64)>, StoreError> {
    let mut torn = Vec::new();
    for entry in fs::read_dir(folder).map_err(told("read", folder))? {
        let entry = entry.map_err(told("read", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_torn = name
            .split_once(".torn-")
            .is_some_and(|(segment, _)| SegmentName::parse(segment).is_some());
        if is_torn {
            let length = entry.metadata().map_err(told("read", folder))?.len();
            torn.push((name, length));
        }
    }
    torn.sort();
    Ok(torn)
}
