use super::*;
use crate::drain::{
    Format, Origin, StoreErrorKind, Totals,
    scratch::{self, Log, Outcome, origin, page},
};
use std::{collections::BTreeMap, fs, io::Read as _, time::Duration};
use tempfile::{TempDir, tempdir};

mod crash;
mod damage;
mod full;
// Elsewhere the system refuses to move a folder with open files.
#[cfg(unix)]
mod moved;
mod parts;

/// The names and bytes of all segments, in the order in which they were written.
fn segments(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let found = survey::segments(folder).unwrap();
    let mut names: Vec<_> = found.into_keys().collect();
    names.sort_by_key(|name| SegmentName::parse(name).unwrap().sequence);
    let read = |name: String| {
        let bytes = fs::read(folder.join(&name)).unwrap();
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

/// All records of a folder, whatever the format.
fn records(folder: &Path) -> String {
    let mut records = String::new();
    for (name, bytes) in segments(folder) {
        let format = SegmentName::parse(&name).unwrap().format;
        let mut rest = &*bytes;
        while !rest.is_empty() {
            let mut frame = format.read(&mut rest).unwrap();
            frame.read_to_string(&mut records).unwrap();
        }
    }
    records
}

/// The files of a folder and their bytes.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.is_file());
    files
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

fn open(out: &Path) -> Outcome<FileSink> {
    FileSink::builder(out).open(&origin())
}

/// A folder into which so many pages were drained.
fn drained(pages: u64) -> (TempDir, PathBuf, Log) {
    let (out, mut tenant) = (tempdir().unwrap(), Log::default());
    let mut sink = open(out.path()).unwrap();
    tenant.drain(&mut sink, pages).unwrap();
    let folder = sink.folder().to_owned();
    (out, folder, tenant)
}

#[test]
fn records_are_in_files_byte_for_byte_in_every_format() {
    for format in Format::ALL {
        let (out, mut tenant) = (tempdir().unwrap(), Log::default());
        for pages in [3, 4, 18, 18] {
            let mut sink = FileSink::builder(out.path())
                .format(format)
                .open(&origin())
                .unwrap();
            tenant.drain(&mut sink, pages).unwrap();
            let last = sink.last_commit().unwrap().unwrap();
            assert_eq!(
                (last.sequence, last.mark),
                (pages, page(pages).mark().clone())
            );
            assert_eq!(records(sink.folder()), scratch::records(pages));
            assert_eq!(segments(sink.folder()).len(), 1);
        }
    }
}

#[test]
fn a_ledger_is_read_by_people() {
    let (_out, folder, _) = drained(1);
    let ledger = fs::read_to_string(folder.join("ledger.ndjson")).unwrap();
    let lines: Vec<_> = ledger.lines().collect();
    assert!(lines[0].starts_with(r#"{"nskope":"drain","format":1,"tenant":"https://acme.goskope.com","stream":"events/page","index":"siem-1","sum":""#));
    assert!(lines[1].starts_with(r#"{"intent":{"sequence":1,"operation":"head"},"sum":""#));
    assert!(lines[2].starts_with(r#"{"commit":{"sequence":1,"operation":"head","records":1,"first_id":"1-0","last_id":"1-0","digest":""#));
    assert!(lines[2].contains(r#","high_water_mark":1,"at":1767225600,"place":{"segment":"20"#));
    assert_eq!(lines.len(), 3);
}

#[test]
fn segments_change_between_pages_by_size_and_by_age() {
    let (out, mut tenant) = (tempdir().unwrap(), Log::default());
    let mut sink = FileSink::builder(out.path())
        .rotate_at(200)
        .open(&origin())
        .unwrap();
    tenant.drain(&mut sink, 9).unwrap();
    let found = segments(sink.folder());
    assert!(found.len() > 3 && found.iter().all(|(_, bytes)| bytes.ends_with(b"}\n")));
    let complete = &found[..found.len() - 1];
    assert!(complete.iter().all(|(_, bytes)| bytes.len() >= 200));
    drop(sink);

    let mut sink = FileSink::builder(out.path())
        .rotate_after(Duration::ZERO)
        .open(&origin())
        .unwrap();
    tenant.drain(&mut sink, 18).unwrap();
    // Pages without records need no place.
    assert_eq!(segments(sink.folder()).len(), found.len() + 2);
    assert_eq!(records(sink.folder()), scratch::records(18));
}

#[test]
fn another_format_begins_another_segment() {
    let (out, mut tenant) = (tempdir().unwrap(), Log::default());
    for (pages, format) in (1..).zip(Format::ALL) {
        let mut sink = FileSink::builder(out.path())
            .format(format)
            .open(&origin())
            .unwrap();
        tenant.drain(&mut sink, pages).unwrap();
        assert_eq!(segments(sink.folder()).len() as u64, pages);
        assert_eq!(records(sink.folder()), scratch::records(pages));
    }
}

#[test]
fn only_what_is_to_be_kept_is_written_and_the_ledger_tells_of_all() {
    for format in Format::ALL {
        let (out, mut tenant) = (tempdir().unwrap(), Log::default());
        let keep = |record: netskope_model::v2::Record<'_>| record.text().contains("\"n\":3");
        let builder = FileSink::builder(out.path()).format(format).keep(keep);
        let mut sink = builder.open(&origin()).unwrap();
        tenant.drain(&mut sink, 9).unwrap();
        let all = scratch::records(9);
        let kept: Vec<_> = all
            .lines()
            .filter(|line| line.contains("\"n\":3"))
            .collect();
        assert_eq!(records(sink.folder()).lines().collect::<Vec<_>>(), kept);
        let folder = sink.folder().to_owned();
        drop(sink);
        let ledger = fs::read_to_string(folder.join("ledger.ndjson")).unwrap();
        let last = ledger.lines().last().unwrap();
        assert!(
            last.contains("\"records\":9") && last.contains("\"kept\":{\"records\":1,"),
            "{last}"
        );
        // Of the first three pages nothing is kept, so they need no file.
        assert!(segments(&folder)[0].0.contains("Z-4.ndjson"));
        open(out.path()).unwrap();
    }
}

#[test]
fn one_process_a_stream() {
    let (out, _, _) = drained(1);
    let _first = open(out.path()).unwrap();
    let second = open(out.path()).unwrap_err();
    assert_eq!(second.kind(), StoreErrorKind::InUse);
    let said = format!(
        "another nskope (pid {}) is draining into '",
        std::process::id()
    );
    assert!(second.to_string().starts_with(&said), "{second}");
    assert_eq!(
        FileSink::set_aside(out.path(), &origin())
            .unwrap_err()
            .kind(),
        StoreErrorKind::InUse
    );
}

#[test]
fn a_folder_of_another_log_is_left_alone() {
    let (out, folder, _) = drained(3);
    let before = snapshot(&folder);
    let other = |change: fn(&mut Origin)| {
        let mut other = origin();
        change(&mut other);
        FileSink::builder(out.path()).open(&other).unwrap_err()
    };
    for error in [
        other(|origin| origin.tenant.push_str(".example")),
        other(|origin| origin.index = "siem-2".parse().unwrap()),
    ] {
        assert_eq!(error.kind(), StoreErrorKind::Foreign);
        assert!(
            error
                .to_string()
                .contains("holds events/page of https://acme.goskope.com, index siem-1, and not")
        );
    }
    assert_eq!(snapshot(&folder), before);
}

#[test]
fn to_begin_anew_keeps_the_old_ones_aside() {
    let out = tempdir().unwrap();
    assert_eq!(FileSink::set_aside(out.path(), &origin()).unwrap(), None);
    for number in 1..=2 {
        Log::default()
            .drain(&mut open(out.path()).unwrap(), 3)
            .unwrap();
        let aside = FileSink::set_aside(out.path(), &origin()).unwrap().unwrap();
        assert_eq!(
            aside,
            out.path().join(format!("events-page.before-{number}"))
        );
        assert_eq!(records(&aside), scratch::records(3));
        assert_eq!(open(out.path()).unwrap().last_commit().unwrap(), None);
    }
}

#[test]
fn a_page_is_committed_once_and_in_its_turn() {
    let out = tempdir().unwrap();
    let mut sink = open(out.path()).unwrap();
    let commit =
        |number| scratch::commit(number, netskope_model::v2::Operation::Next, &page(number));
    assert_eq!(
        sink.commit(&commit(1)).unwrap_err().kind(),
        StoreErrorKind::Order
    );
    sink.append(&page(2)).unwrap();
    assert_eq!(
        sink.commit(&commit(2)).unwrap_err().kind(),
        StoreErrorKind::Order
    );
    // A page that is given once more takes the place of itself.
    sink.append(&page(1)).unwrap();
    sink.append(&page(1)).unwrap();
    sink.commit(&commit(1)).unwrap();
    assert_eq!(records(sink.folder()), scratch::records(1));
}
