//! A ledger in several parts.

use super::*;
use crate::drain::{Finding, Status, ledger::History, scratch::edit, verify};

/// So short that a part has a few pages.
const SHORT: u64 = 2_000;

fn open(out: &Path) -> Outcome<FileSink> {
    let builder = FileSink::builder(out).rotate_at(300);
    builder.ledger_part(SHORT).open(&origin())
}

/// A folder into which so many pages were drained, over three runs.
fn drained(pages: u64) -> (TempDir, PathBuf, Log) {
    let (out, mut tenant) = (tempdir().unwrap(), Log::default());
    for pages in [pages / 3, pages / 2, pages] {
        tenant.drain(&mut open(out.path()).unwrap(), pages).unwrap();
    }
    let folder = out.path().join("events-page");
    (out, folder, tenant)
}

/// The first pages of the closed parts.
fn closed(folder: &Path) -> Vec<u64> {
    let closed = scratch::closed(folder).into_iter();
    closed.map(|(first, _)| first).collect()
}

fn newest(folder: &Path) -> PathBuf {
    folder.join("ledger.ndjson")
}

fn part(folder: &Path, first: u64) -> PathBuf {
    folder.join(format!("ledger-{first}.ndjson"))
}

/// All is there, and a run goes on from it.
fn goes_on(out: &Path, tenant: &mut Log) {
    let mut sink = open(out).unwrap();
    tenant.drain(&mut sink, 40).unwrap();
    assert_eq!(records(sink.folder()), scratch::records(40));
    let verified = verify(sink.folder()).unwrap();
    assert!(verified.is_sound(), "{:?}", verified.findings);
}

#[test]
fn a_ledger_that_is_long_goes_on_in_another_file() {
    let (out, folder, mut tenant) = drained(36);
    let parts = closed(&folder);
    assert!(parts.len() > 3 && parts[0] == 1, "{parts:?}");
    for path in parts.iter().map(|first| part(&folder, *first)) {
        let length = fs::metadata(&path).unwrap().len();
        assert!((SHORT..SHORT + 1_000).contains(&length), "{length}");
    }
    assert!(fs::metadata(newest(&folder)).unwrap().len() < SHORT + 1_000);
    assert!(!folder.join("ledger.ndjson.new").exists());

    let (_out, whole, _) = super::drained(36);
    let (status, expected) = (Status::read(&folder).unwrap(), Status::read(whole).unwrap());
    assert_eq!((status.last, status.pending), (expected.last, None));
    let segments = segments(&folder).len() as u64;
    assert_eq!(status.totals.segments, segments);
    let expected = Totals {
        segments,
        ..expected.totals
    };
    assert_eq!(status.totals, expected);
    assert_eq!(verify(&folder).unwrap().totals, expected);
    goes_on(out.path(), &mut tenant);
}

#[test]
fn a_part_says_what_it_goes_on_from() {
    let (_out, folder, _) = drained(36);
    let first = fs::read_to_string(part(&folder, 1)).unwrap();
    // As earlier versions know it, which read a ledger of one part and refuse one of several.
    assert!(first.starts_with(r#"{"nskope":"drain","format":1,"tenant":"#));
    let (_, sum) = first.trim_end().rsplit_once(r#""sum":"#).unwrap();
    let sum = sum.strip_suffix('}').unwrap();
    let second = fs::read_to_string(part(&folder, closed(&folder)[1])).unwrap();
    assert!(second.starts_with(r#"{"nskope":"drain","format":2,"tenant":"#));
    let before = format!(r#","before":{{"sum":{sum},"last":{{"sequence":"#);
    assert!(second.lines().next().unwrap().contains(&before), "{second}");
}

#[test]
fn each_part_has_segments_of_its_own() {
    let (_out, folder, _) = drained(36);
    let parts = closed(&folder);
    for (name, _) in segments(&folder) {
        let begun = SegmentName::parse(&name).unwrap().sequence;
        let of = parts.iter().rfind(|first| **first <= begun).unwrap();
        let speaks = |path| {
            fs::read_to_string(path)
                .unwrap()
                .contains(&format!("\"segment\":\"{name}\",\"from\":0,"))
        };
        let is_newest = speaks(newest(&folder));
        assert!(is_newest || speaks(part(&folder, *of)), "{name}");
    }
}

#[test]
fn a_start_reads_the_newest_part_only() {
    let (out, folder, mut tenant) = drained(36);
    for first in closed(&folder) {
        fs::write(part(&folder, first), "not read").unwrap();
    }
    assert_eq!(Status::read(&folder).unwrap().last.unwrap().sequence, 36);
    let mut sink = open(out.path()).unwrap();
    tenant.drain(&mut sink, 40).unwrap();
    assert_eq!(records(sink.folder()), scratch::records(40));
}

#[test]
fn a_ledger_of_one_part_is_gone_on_with_whatever_its_length() {
    let (out, folder, mut tenant) = super::drained(36);
    assert!(closed(&folder).is_empty());
    goes_on(out.path(), &mut tenant);
    assert_eq!(closed(&folder), [1]);
    let first = fs::read_to_string(part(&folder, 1)).unwrap();
    assert!(first.contains("{\"commit\":{\"sequence\":36,") && !first.contains("\"sequence\":37"));
}

#[test]
fn a_newest_part_that_is_gone_is_missed() {
    let (out, folder, _) = drained(36);
    fs::remove_file(newest(&folder)).unwrap();
    let lock = folder.with_added_extension("lock");
    for _ in 0..2 {
        let errors = [
            open(out.path()).unwrap_err(),
            Status::read(&folder).unwrap_err(),
            verify(&folder).unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), StoreErrorKind::LedgerDamaged);
            let said = error.to_string();
            assert!(said.contains("ledger.ndjson' is gone or empty"), "{said}");
        }
        assert_eq!(
            crate::drain::stream_folders(out.path()).unwrap(),
            [&*folder]
        );
        // As in a copy of the folder.
        fs::remove_file(&lock).unwrap();
    }
}

/// Takes away the oldest parts but so many, and the segments of their pages; gives the first page that is left.
fn move_away(folder: &Path, parts: usize) -> u64 {
    let newest = History::read(folder).unwrap().unwrap().first;
    let mut closed = closed(folder);
    let gone: Vec<_> = closed.drain(..parts).collect();
    let first = closed.first().copied().unwrap_or(newest);
    for gone in gone {
        fs::remove_file(part(folder, gone)).unwrap();
    }
    for (name, _) in segments(folder) {
        if SegmentName::parse(&name).unwrap().sequence < first {
            fs::remove_file(folder.join(name)).unwrap();
        }
    }
    first
}

#[test]
fn a_newest_part_without_a_place_needs_none_of_those_before() {
    let (out, folder, mut tenant) = drained(36);
    let builder = FileSink::builder(out.path()).ledger_part(1);
    let intent = Intent {
        sequence: 37,
        operation: netskope_model::v2::Operation::Next,
    };
    builder.open(&origin()).unwrap().intend(&intent).unwrap();
    assert_eq!(move_away(&folder, closed(&folder).len()), 37);
    assert_eq!(segments(&folder), []);
    tenant.drain(&mut open(out.path()).unwrap(), 40).unwrap();
    assert_eq!(
        scratch::records(36) + &records(&folder),
        scratch::records(40)
    );
    assert!(verify(&folder).unwrap().is_sound());
}

#[test]
fn parts_with_few_places_may_be_moved_away_as_well() {
    let open = |out: &Path| {
        // Of 16 pages, the ninth has such a record.
        let builder = FileSink::builder(out).keep(|record| record.text().contains("\"n\":8"));
        builder.ledger_part(SHORT).open(&origin()).unwrap()
    };
    let drained = || {
        let (out, mut tenant) = (tempdir().unwrap(), Log::default());
        tenant.drain(&mut open(out.path()), 40).unwrap();
        (out, tenant)
    };
    let parts = closed(&drained().0.path().join("events-page")).len();
    assert!(parts > 3, "{parts}");
    for gone in 1..=parts {
        let (out, mut tenant) = drained();
        let folder = out.path().join("events-page");
        let pages = move_away(&folder, gone) - 1;
        tenant.drain(&mut open(out.path()), 60).unwrap();
        let verified = verify(&folder).unwrap();
        assert_eq!(verified.findings, [Finding::Earlier { pages }]);
    }
}

#[test]
fn the_last_segment_of_a_closed_part_is_whole_where_it_is_there() {
    let (out, folder, _) = drained(36);
    let mut sink = FileSink::builder(out.path())
        .ledger_part(1)
        .open(&origin())
        .unwrap();
    let operation = netskope_model::v2::Operation::Next;
    sink.intend(&Intent {
        sequence: 37,
        operation,
    })
    .unwrap();
    drop(sink);
    let (name, bytes) = segments(&folder).pop().unwrap();
    fs::write(folder.join(&name), &bytes[1..]).unwrap();
    assert_eq!(
        open(out.path()).unwrap_err().kind(),
        StoreErrorKind::RecordsMissing
    );
    // Nothing is written behind it any more, so no crash explains what stands there.
    fs::write(folder.join(&name), [&bytes[..], b"{}"].concat()).unwrap();
    assert_eq!(
        open(out.path()).unwrap_err().kind(),
        StoreErrorKind::RecordsUnknown
    );
}

#[test]
fn an_older_part_in_the_place_of_the_newest_is_refused() {
    let (out, folder, mut tenant) = drained(36);
    let (first, whole) = (
        *closed(&folder).last().unwrap(),
        fs::read(newest(&folder)).unwrap(),
    );
    fs::rename(part(&folder, first), newest(&folder)).unwrap();
    let error = open(out.path()).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::LedgerDamaged);
    let said = "commits are gone from its end";
    assert!(error.to_string().ends_with(said), "{error}");
    fs::rename(newest(&folder), part(&folder, first)).unwrap();
    fs::write(newest(&folder), whole).unwrap();
    goes_on(out.path(), &mut tenant);
}

#[test]
fn a_newest_part_that_lost_its_end_is_refused() {
    let commits = |text: &str| text.matches("{\"commit\"").count();
    let mut all = (30..).map(drained).map(|(out, folder, _)| {
        let text = fs::read_to_string(newest(&folder)).unwrap();
        (out, folder, text)
    });
    let (out, folder, whole) = all.find(|(_, _, text)| commits(text) == 3).unwrap();
    let sizes = scratch::closed(&folder).into_iter();
    let sizes = sizes.map(|(_, path)| fs::metadata(path).unwrap().len());
    let earlier: u64 = sizes.sum();
    let last_commit = whole.rfind("{\"commit\"").unwrap();
    let ends = whole.match_indices('\n').map(|(end, _)| end + 1);
    let ends: Vec<_> = ends.filter(|end| *end < last_commit).collect();
    assert!(ends.len() >= 5, "{whole}");
    for end in ends {
        fs::write(newest(&folder), &whole.as_bytes()[..end]).unwrap();
        let error = open(out.path()).unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::LedgerDamaged);
        let said = error.to_string();
        let has = earlier + end as u64;
        assert!(
            said.contains(&format!("has {has} bytes in all, and had at least ")),
            "{said}"
        );
    }
}

#[test]
fn what_an_earlier_version_noted_beside_the_folder_counts() {
    let (out, folder, mut tenant) = super::drained(9);
    let lock = folder.with_added_extension("lock");
    let length = fs::metadata(newest(&folder)).unwrap().len();
    fs::write(&lock, format!("123 {}\n", length + 1)).unwrap();
    assert_eq!(
        open(out.path()).unwrap_err().kind(),
        StoreErrorKind::LedgerDamaged
    );
    fs::write(&lock, format!("123 {length}\n")).unwrap();
    goes_on(out.path(), &mut tenant);
}

#[test]
fn an_earlier_version_that_refuses_a_ledger_leaves_what_is_noted_of_it() {
    let (out, folder, _) = drained(36);
    let lock = folder.with_added_extension("lock");
    // It knows the first two words, and puts them down again before it looks at the ledger.
    let noted = fs::read_to_string(&lock).unwrap();
    let byte: u64 = noted.split_whitespace().nth(1).unwrap().parse().unwrap();
    fs::write(&lock, format!("123 {byte}\n")).unwrap();
    drop(open(out.path()).unwrap());
    fs::write(&lock, format!("123 {byte}\n")).unwrap();
    let last = *closed(&folder).last().unwrap();
    fs::rename(part(&folder, last), newest(&folder)).unwrap();
    assert_eq!(
        open(out.path()).unwrap_err().kind(),
        StoreErrorKind::LedgerDamaged
    );
}

#[test]
fn a_change_of_parts_that_was_cut_short_is_brought_to_its_end() {
    let (out, folder, mut tenant) = drained(36);
    let (newest, next) = (newest(&folder), folder.join("ledger.ndjson.new"));
    // Neither has the next part a whole line yet, nor is the old one closed.
    fs::write(&next, "{\"nskope\":").unwrap();
    assert_eq!(Status::read(&folder).unwrap().last.unwrap().sequence, 36);
    drop(open(out.path()).unwrap());
    assert!(!next.exists());
    // The old one is closed, and the next has not its name yet.
    fs::rename(&newest, &next).unwrap();
    assert_eq!(Status::read(&folder).unwrap().last.unwrap().sequence, 36);
    assert!(verify(&folder).unwrap().is_sound());
    assert_eq!(
        crate::drain::stream_folders(out.path()).unwrap(),
        [&*folder]
    );
    goes_on(out.path(), &mut tenant);
    assert!(newest.exists() && !next.exists());
}

#[test]
fn no_part_is_written_over() {
    let (out, folder, mut tenant) = super::drained(36);
    fs::write(part(&folder, 1), "somebody's").unwrap();
    let mut sink = open(out.path()).unwrap();
    let error = tenant.drain(&mut sink, 40).unwrap_err();
    assert!(error.to_string().contains("cannot create '"), "{error}");
    drop(sink);
    assert_eq!(fs::read_to_string(part(&folder, 1)).unwrap(), "somebody's");
    fs::remove_file(part(&folder, 1)).unwrap();
    goes_on(out.path(), &mut tenant);
}

#[test]
fn what_is_asked_for_again_and_again_is_written_once() {
    let out = tempdir().unwrap();
    let mut lengths = Vec::new();
    for _ in 0..3 {
        let mut sink = open(out.path()).unwrap();
        let intent = Intent {
            sequence: 1,
            operation: netskope_model::v2::Operation::Head,
        };
        sink.intend(&intent).unwrap();
        assert_eq!(sink.last_intent().unwrap(), Some(intent));
        lengths.push(fs::metadata(newest(sink.folder())).unwrap().len());
    }
    assert_eq!(lengths, [lengths[0]; 3]);
    goes_on(out.path(), &mut Log::default());
}

#[test]
fn a_newest_part_that_was_cut_leaves_the_others_alone() {
    let (out, folder, mut tenant) = drained(36);
    edit(&newest(&folder), |text| {
        text.split_at(text.len() - 5).0.to_owned()
    })
    .unwrap();
    let before: Vec<_> = closed(&folder)
        .iter()
        .map(|first| fs::read(part(&folder, *first)).unwrap())
        .collect();
    tenant.served = 36;
    goes_on(out.path(), &mut tenant);
    let after = closed(&folder);
    let after: Vec<_> = after
        .iter()
        .map(|first| fs::read(part(&folder, *first)).unwrap())
        .collect();
    assert_eq!(after[..before.len()], before);
}
