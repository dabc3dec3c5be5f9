use super::*;
use crate::drain::{
    FileSink, Format, Sink, Status, scratch,
    scratch::{Log, edit, origin, page},
    stream_folders,
};
use netskope_model::v2::Operation;
use std::{fs, path::PathBuf};
use tempfile::{TempDir, tempdir};

mod parts;

/// A folder with 18 pages in small segments.
fn drained(format: Format) -> (TempDir, PathBuf) {
    let out = tempdir().unwrap();
    let mut sink = sink(&out, format);
    Log::default().drain(&mut sink, 18).unwrap();
    let folder = sink.folder().to_owned();
    (out, folder)
}

fn sink(out: &TempDir, format: Format) -> FileSink {
    let builder = FileSink::builder(out.path()).format(format).rotate_at(400);
    builder.open(&origin()).unwrap()
}

fn found(folder: &Path) -> Vec<String> {
    let findings = verify(folder).unwrap().findings;
    findings.iter().map(ToString::to_string).collect()
}

/// The segment that begins with the lowest page but so many.
fn segment(folder: &Path, number: usize) -> PathBuf {
    let mut names: Vec<_> = segments(folder).unwrap().into_keys().collect();
    names.sort_by_key(|name| SegmentName::parse(name).unwrap().sequence);
    folder.join(&names[number])
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn what_was_drained_is_sound_and_adds_up() {
    for format in Format::ALL {
        let (out, folder) = drained(format);
        let verified = verify(&folder).unwrap();
        assert_eq!(verified.findings, []);
        assert!(verified.is_sound());
        let status = Status::read(&folder).unwrap();
        assert_eq!(
            (&status.origin, status.totals),
            (&verified.origin, verified.totals)
        );
        assert_eq!(
            (
                status.totals.pages,
                status.totals.records,
                status.totals.kept
            ),
            (18, 48, 48)
        );
        let on_disk = segments(&folder).unwrap();
        assert_eq!(status.totals.segments, on_disk.len() as u64);
        assert_eq!(status.totals.bytes, on_disk.values().sum::<u64>());
        assert_eq!(status.last.unwrap().sequence, 18);
        assert_eq!(status.pending, None);
        assert_eq!(stream_folders(out.path()).unwrap(), [folder.as_path()]);
        assert_eq!(stream_folders(&folder).unwrap(), [folder.as_path()]);
    }
}

#[test]
fn a_folder_without_a_ledger_is_not_sound_but_wrong() {
    let out = tempdir().unwrap();
    let kinds = [
        verify(out.path()).unwrap_err().kind(),
        Status::read(out.path()).unwrap_err().kind(),
        stream_folders(out.path()).unwrap_err().kind(),
    ];
    assert_eq!(kinds, [StoreErrorKind::NoLedger; 3]);
    let nowhere = verify(out.path().join("nowhere")).unwrap_err();
    assert_eq!(nowhere.kind(), StoreErrorKind::Io);
}

#[test]
fn every_byte_counts() {
    for format in Format::ALL {
        let (_out, folder) = drained(format);
        let (mut tried, mut unseen) = (0, 0);
        for number in 0..segments(&folder).unwrap().len() {
            let path = segment(&folder, number);
            let bytes = fs::read(&path).unwrap();
            for at in (0..bytes.len()).step_by(3) {
                let mut changed = bytes.clone();
                changed[at] ^= 1;
                fs::write(&path, &changed).unwrap();
                tried += 1;
                unseen += u32::from(verify(&folder).unwrap().is_sound());
            }
            fs::write(&path, &bytes).unwrap();
        }
        assert!(verify(&folder).unwrap().is_sound());
        // The head of a compressed frame has bytes that say nothing of the records, such as a time and the size of a buffer.
        let most = if format == Format::Ndjson {
            0
        } else {
            tried / 10
        };
        assert!(
            tried > 100 && unseen <= most,
            "{format}: {unseen} of {tried}"
        );
    }
}

#[test]
fn what_is_missing_is_named() {
    let (_out, folder) = drained(Format::Ndjson);
    let (first, second) = (segment(&folder, 0), segment(&folder, 1));
    edit(&second, |text| text.replacen("\"n\":0", "\"n\":8", 1)).unwrap();
    fs::remove_file(&first).unwrap();
    assert_eq!(
        found(&folder),
        [
            format!(
                "page 5 in '{}' is not what was written: its records are not those that were written",
                name(&second)
            ),
            format!("'{}' is gone, with 10 records of 4 pages", name(&first)),
        ]
    );
}

#[test]
fn a_segment_that_was_cut_is_named() {
    for format in Format::ALL {
        let (_out, folder) = drained(format);
        let path = segment(&folder, 0);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() - 5]).unwrap();
        let found = found(&folder);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("is not what was written"), "{found:?}");
    }
}

#[test]
fn what_is_there_twice_is_named() {
    let out = tempdir().unwrap();
    let mut sink = sink(&out, Format::Zstd);
    for (sequence, number) in [(1, 3), (2, 5), (3, 3)] {
        let page = page(number);
        sink.append(&page).unwrap();
        sink.commit(&scratch::commit(sequence, Operation::Next, &page))
            .unwrap();
    }
    let verified = verify(sink.folder()).unwrap();
    assert!(!verified.is_sound());
    let said: Vec<_> = verified.findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "record 1 of page 3 is the same as record 1 of page 1",
            "record 2 of page 3 is the same as record 2 of page 1",
            "record 3 of page 3 is the same as record 3 of page 1",
        ]
    );
}

#[test]
fn what_nobody_committed_is_named() {
    let (_out, folder) = drained(Format::Ndjson);
    let path = segment(&folder, 0);
    let length = fs::metadata(&path).unwrap().len();
    edit(&path, |text| text + "{}\n").unwrap();
    fs::write(folder.join("20260102T030405Z-99.ndjson"), "").unwrap();
    let mut expected = [
        "no commit speaks of bytes 0 to 0 of '20260102T030405Z-99.ndjson'".to_owned(),
        format!(
            "no commit speaks of bytes {length} to {} of '{}'",
            length + 3,
            name(&path)
        ),
    ];
    expected.sort();
    let mut found = found(&folder);
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_damaged_ledger_is_read_up_to_there() {
    let (_out, folder) = drained(Format::Ndjson);
    edit(&folder.join("ledger.ndjson"), |text| {
        text.replace("\"sequence\":7", "\"sequence\":8")
    })
    .unwrap();
    let verified = verify(&folder).unwrap();
    assert_eq!(verified.totals.pages, 6);
    assert_eq!(verified.findings.len(), 1);
    assert!(
        verified.findings[0].to_string().contains("line 14 of '"),
        "{:?}",
        verified.findings
    );
    assert_eq!(
        Status::read(&folder).unwrap_err().kind(),
        StoreErrorKind::LedgerDamaged
    );
}

#[test]
fn a_page_under_way_is_no_fault() {
    let (out, folder) = drained(Format::Ndjson);
    let mut sink = sink(&out, Format::Ndjson);
    let intent = Intent {
        sequence: 19,
        operation: Operation::Next,
    };
    sink.intend(&intent).unwrap();
    sink.append(&page(19)).unwrap();
    let verified = verify(&folder).unwrap();
    assert_eq!(verified.findings, [Finding::Pending(intent.clone())]);
    assert!(verified.is_sound());
    assert_eq!(Status::read(&folder).unwrap().pending, Some(intent));
    drop(sink);

    let sink = self::sink(&out, Format::Ndjson);
    let [torn, pending] = &verify(sink.folder()).unwrap().findings[..] else {
        panic!()
    };
    assert_eq!((torn.as_str(), pending.as_str()), ("torn", "pending"));
    assert!(torn.to_string().contains(".torn-1' holds "), "{torn}");
}
