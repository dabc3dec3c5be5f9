//! What is not as it was written.

use super::*;
use crate::drain::scratch::edit;

/// What the next one to open it says, which must not change a thing.
fn refused(out: &Path, folder: &Path) -> StoreError {
    let before = snapshot(folder);
    let error = open(out).unwrap_err();
    assert_eq!(snapshot(folder), before, "{error}");
    error
}

fn ledger(folder: &Path) -> PathBuf {
    folder.join("ledger.ndjson")
}

fn segment(folder: &Path) -> PathBuf {
    folder.join(&segments(folder)[0].0)
}

/// Opens it again and drains the rest; all must be there once.
fn goes_on(out: &Path, tenant: &mut Log) {
    let mut sink = open(out).unwrap();
    tenant.drain(&mut sink, 15).unwrap();
    assert_eq!(records(sink.folder()), scratch::records(15));
    drop(sink);
    open(out).unwrap();
}

#[test]
fn a_last_line_that_was_cut_is_taken_off() {
    let (out, folder, _) = drained(3);
    let whole = fs::read_to_string(ledger(&folder)).unwrap();
    let last = whole.trim_end().rfind('\n').unwrap() + 1;
    for end in last..whole.len() {
        fs::write(ledger(&folder), &whole.as_bytes()[..end]).unwrap();
        // The page is behind the intent then, and is given once more.
        let mut sink = open(out.path()).unwrap();
        assert_eq!(sink.last_commit().unwrap().unwrap().sequence, 2, "{end}");
        Log { served: 3 }.drain(&mut sink, 3).unwrap();
        assert_eq!(records(&folder), scratch::records(3));
        fs::write(ledger(&folder), &whole).unwrap();
    }
}

#[test]
fn a_cut_intent_leaves_its_page_in_doubt() {
    let (out, folder, mut tenant) = drained(3);
    let mut sink = open(out.path()).unwrap();
    let operation = netskope_model::v2::Operation::Next;
    sink.intend(&Intent {
        sequence: 4,
        operation,
    })
    .unwrap();
    drop(sink);
    // Somebody shortens the ledger of a run that died after the tenant had answered.
    tenant.served = 4;
    edit(&ledger(&folder), |text| {
        text.split_at(text.len() - 5).0.to_owned()
    })
    .unwrap();
    goes_on(out.path(), &mut tenant);
}

#[test]
fn a_last_line_of_which_a_block_was_lost_is_taken_off() {
    let (out, folder, mut tenant) = drained(3);
    edit(&ledger(&folder), |text| {
        let last = text.trim_end().rfind('\n').unwrap() + 1;
        let (before, after) = (text.split_at(last).0, text.split_at(last + 40).1);
        format!("{before}{}{after}", "\0".repeat(40))
    })
    .unwrap();
    goes_on(out.path(), &mut tenant);
}

#[test]
fn a_first_line_that_was_cut_is_written_anew() {
    let out = tempdir().unwrap();
    let folder = out.path().join("events-page");
    fs::create_dir(&folder).unwrap();
    for start in ["", "{\"nskope\":\"dr", "\0\0\0"] {
        fs::write(ledger(&folder), start).unwrap();
        assert_eq!(open(out.path()).unwrap().last_commit().unwrap(), None);
        assert!(
            fs::read_to_string(ledger(&folder))
                .unwrap()
                .starts_with("{\"nskope\":\"drain\"")
        );
        fs::remove_file(ledger(&folder)).unwrap();
    }
}

#[test]
fn a_ledger_that_was_changed_is_refused() {
    let (out, folder, _) = drained(5);
    let whole = fs::read_to_string(ledger(&folder)).unwrap();
    let lines: Vec<_> = whole.split_inclusive('\n').collect();
    let without = |left_out: usize| {
        let lines = lines.iter().enumerate();
        lines
            .filter(|(number, _)| *number != left_out)
            .map(|(_, line)| *line)
            .collect::<String>()
    };
    let swapped = {
        let mut lines = lines.clone();
        lines.swap(3, 5);
        lines.concat()
    };
    for (changed, line) in [
        (whole.replace("\"records\":3", "\"records\":2"), 7),
        (whole.replace("\"sequence\":5", "\"sequence\":6"), 10),
        (without(1), 2),
        (without(6), 7),
        (swapped, 4),
        (whole.replace("siem-1", "siem-2"), 1),
        (lines[..5].concat() + &lines[7..].concat(), 6),
        (format!("{whole}\n"), 12),
        (format!("{whole}{{}}\n"), 12),
        (format!("{}{whole}", lines[0]), 2),
        (whole.replacen("\"head\"", "\0head\"", 1), 2),
    ] {
        fs::write(ledger(&folder), changed).unwrap();
        let error = refused(out.path(), &folder);
        assert_eq!(error.kind(), StoreErrorKind::LedgerDamaged);
        assert!(
            error.to_string().starts_with(&format!("line {line} of '")),
            "{error}"
        );
    }
}

#[test]
fn a_ledger_that_lost_its_end_is_refused() {
    let (out, folder, _) = drained(5);
    edit(&ledger(&folder), |text| {
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        lines[..lines.len() - 2].concat()
    })
    .unwrap();
    // As in a copy of the folder, which comes without what is noted beside it.
    fs::remove_file(folder.with_added_extension("lock")).unwrap();
    assert_eq!(
        refused(out.path(), &folder).kind(),
        StoreErrorKind::RecordsUnknown
    );
    fs::remove_file(folder.with_added_extension("lock")).unwrap();
    fs::remove_file(ledger(&folder)).unwrap();
    assert_eq!(
        refused(out.path(), &folder).kind(),
        StoreErrorKind::RecordsUnknown
    );
}

#[test]
fn a_ledger_cut_behind_any_line_loses_nothing() {
    let (out, folder, mut tenant) = drained(6);
    let whole = fs::read_to_string(ledger(&folder)).unwrap();
    let last_commit = whole.trim_end().rfind('\n').unwrap() + 1;
    for (end, _) in whole.match_indices('\n') {
        let end = end + 1;
        fs::write(ledger(&folder), &whole.as_bytes()[..end]).unwrap();
        if end < last_commit {
            // More than one page is behind it, and a tenant gives back only the last.
            let error = refused(out.path(), &folder);
            assert_eq!(error.kind(), StoreErrorKind::LedgerDamaged, "{end}");
        }
    }
    fs::remove_file(ledger(&folder)).unwrap();
    let error = refused(out.path(), &folder);
    assert_eq!(error.kind(), StoreErrorKind::LedgerDamaged);
    fs::write(ledger(&folder), whole).unwrap();
    goes_on(out.path(), &mut tenant);
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(
        open(out.path()).unwrap_err().kind(),
        StoreErrorKind::LedgerDamaged
    );
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(FileSink::set_aside(out.path(), &origin()).unwrap(), None);
    open(out.path()).unwrap();
}

#[test]
fn a_ledger_of_a_newer_version_is_refused() {
    let (out, folder, _) = drained(1);
    edit(&ledger(&folder), |text| {
        text.replacen("\"format\":1", "\"format\":3", 1)
    })
    .unwrap();
    let error = refused(out.path(), &folder);
    assert_eq!(error.kind(), StoreErrorKind::Newer);
    assert!(
        error
            .to_string()
            .ends_with("has format 3, and this version knows 2")
    );
    fs::write(ledger(&folder), "{\"name\":\"something else\"}\n").unwrap();
    assert_eq!(
        refused(out.path(), &folder).kind(),
        StoreErrorKind::LedgerDamaged
    );
}

#[test]
fn records_that_are_gone_are_missed() {
    let (out, folder, _) = drained(3);
    let (path, bytes) = (segment(&folder), fs::read(segment(&folder)).unwrap());
    fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    let error = refused(out.path(), &folder);
    assert_eq!(error.kind(), StoreErrorKind::RecordsMissing);
    assert!(error.to_string().ends_with(&format!(
        "has {} bytes, and {} were written",
        bytes.len() - 1,
        bytes.len()
    )));
    fs::remove_file(&path).unwrap();
    assert_eq!(
        refused(out.path(), &folder).kind(),
        StoreErrorKind::RecordsMissing
    );
}

#[test]
fn segments_that_are_complete_may_be_taken_away() {
    let (out, mut tenant) = (tempdir().unwrap(), Log::default());
    let rotating = || FileSink::builder(out.path()).rotate_at(1).open(&origin());
    tenant.drain(&mut rotating().unwrap(), 3).unwrap();
    let folder = out.path().join("events-page");
    fs::remove_file(segment(&folder)).unwrap();
    tenant.drain(&mut rotating().unwrap(), 4).unwrap();
    assert_eq!(segments(&folder).len(), 3);
}

#[test]
fn records_that_nobody_wrote_are_left_alone() {
    let (out, folder, _) = drained(3);
    let stray = folder.join("20260102T030405Z-9.ndjson");
    fs::write(&stray, "{}\n").unwrap();
    assert_eq!(
        refused(out.path(), &folder).kind(),
        StoreErrorKind::RecordsUnknown
    );
    fs::remove_file(stray).unwrap();
    fs::write(folder.join("notes.txt"), "not ours").unwrap();
    edit(&segment(&folder), |text| text + "{}\n").unwrap();
    assert_eq!(
        refused(out.path(), &folder).kind(),
        StoreErrorKind::RecordsUnknown
    );
}

#[test]
fn what_a_crash_left_half_written_is_moved_aside() {
    for rotate_at in [1, 1 << 20] {
        let (out, mut tenant) = (tempdir().unwrap(), Log::default());
        let open = || {
            FileSink::builder(out.path())
                .rotate_at(rotate_at)
                .open(&origin())
        };
        let mut sink = open().unwrap();
        tenant.drain(&mut sink, 2).unwrap();
        for torn in 1..=2 {
            // It asks, gets the page and writes it, and that is all.
            let intent = Intent {
                sequence: 3,
                operation: netskope_model::v2::Operation::Next,
            };
            sink.intend(&intent).unwrap();
            tenant.served = 3;
            sink.append(&page(3)).unwrap();
            let folder = sink.folder().to_owned();
            drop(sink);
            sink = open().unwrap();
            assert_eq!(records(&folder), scratch::records(2));
            let aside = snapshot(&folder)
                .into_iter()
                .filter(|(path, _)| path.to_string_lossy().contains(".torn-"));
            let aside: Vec<_> = aside.collect();
            assert_eq!(aside.len(), torn);
            assert!(aside.iter().all(|(_, bytes)| bytes == page(3).ndjson()));
        }
        tenant.drain(&mut sink, 18).unwrap();
        assert_eq!(records(sink.folder()), scratch::records(18));
    }
}
