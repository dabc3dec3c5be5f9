use super::*;
use crate::drain::scratch::{commit, origin, page};
use std::fs;
use tempfile::{TempDir, tempdir};

const NOTHING: Taken = Taken {
    place: None,
    kept: None,
};

fn open(folder: &TempDir) -> Ledger {
    open_with(folder, PART_LENGTH)
}

fn open_with(folder: &TempDir, part_length: u64) -> Ledger {
    let history = History::read(folder.path()).unwrap();
    Ledger::open(folder.path(), &origin(), history, part_length).unwrap()
}

fn intend(ledger: &mut Ledger, sequence: u64) {
    let operation = Operation::Next;
    let intent = Intent {
        sequence,
        operation,
    };
    ledger.intend(&intent).unwrap();
}

/// Takes page `sequence`, of records or of none.
fn take(ledger: &mut Ledger, sequence: u64, has_records: bool) {
    intend(ledger, sequence);
    let page = page(if has_records { 3 } else { 10 });
    let commit = commit(sequence, Operation::Next, &page);
    ledger.commit(&commit, Some(&NOTHING)).unwrap();
}

fn lines(folder: &TempDir) -> usize {
    let text = fs::read_to_string(folder.path().join(part::NAME)).unwrap();
    text.lines().count()
}

#[test]
fn pages_without_records_are_counted_by_the_next_one_that_has_some() {
    let folder = tempdir().unwrap();
    let mut ledger = open(&folder);
    take(&mut ledger, 1, true);
    assert_eq!(lines(&folder), 3);
    for sequence in 2..10 {
        take(&mut ledger, sequence, false);
        assert_eq!(lines(&folder), 4, "one open intent stands for all");
    }
    take(&mut ledger, 10, true);
    assert_eq!(lines(&folder), 5);
    let history = History::read(folder.path()).unwrap().unwrap();
    assert_eq!(history.next_sequence(), 11);
    assert_eq!(history.pending(), None);
}

#[test]
fn a_ledger_that_ends_at_rest_says_that_nothing_is_open() {
    let folder = tempdir().unwrap();
    let mut ledger = open(&folder);
    take(&mut ledger, 1, true);
    take(&mut ledger, 2, false);
    take(&mut ledger, 3, false);
    drop(ledger);
    let ledger = open(&folder);
    assert_eq!(ledger.last_commit().unwrap().sequence, 3);
    assert_eq!(ledger.last_intent().unwrap().sequence, 3);
}

#[test]
fn what_was_asked_for_stays_open() {
    let folder = tempdir().unwrap();
    let mut ledger = open(&folder);
    take(&mut ledger, 1, true);
    take(&mut ledger, 2, false);
    intend(&mut ledger, 3);
    drop(ledger);
    let ledger = open(&folder);
    assert_eq!(ledger.last_commit().unwrap().sequence, 1);
    assert_eq!(ledger.last_intent().unwrap().sequence, 2);
}

#[test]
fn a_commit_that_cannot_be_done_without_is_written() {
    let folder = tempdir().unwrap();
    let mut ledger = open(&folder);
    let (now, empty) = (Instant::now(), page(10));
    let commit = |operation| commit(1, operation, &empty);
    assert!(
        !ledger.can_wait(&commit(Operation::Next), now),
        "it is the first"
    );
    take(&mut ledger, 1, false);
    assert_eq!(lines(&folder), 3);
    assert!(ledger.can_wait(&commit(Operation::Next), now));
    assert!(!ledger.can_wait(&commit(Operation::Resend), now));
    assert!(!ledger.can_wait(&commit(Operation::Next), now + LONGEST_REST * 2));
}

#[test]
fn a_part_is_closed_between_pages_and_has_one_at_least() {
    let folder = tempdir().unwrap();
    let mut ledger = open_with(&folder, 1);
    intend(&mut ledger, 1);
    assert_eq!(ledger.first_page(), 1, "it has no page yet");
    take(&mut ledger, 1, true);
    for (sequence, first) in [(2, 2), (3, 2), (4, 2)] {
        take(&mut ledger, sequence, false);
        assert_eq!(ledger.first_page(), first, "one open intent stands for all");
    }
    take(&mut ledger, 5, true);
    intend(&mut ledger, 6);
    assert_eq!(ledger.first_page(), 6);
    let history = History::read(folder.path()).unwrap().unwrap();
    assert_eq!((history.first, history.progress.sequence()), (6, 5));
    assert_eq!(history.progress.totals.pages, 5);
}

#[test]
fn a_part_is_not_closed_while_a_page_is_in_doubt() {
    let folder = tempdir().unwrap();
    let mut ledger = open(&folder);
    take(&mut ledger, 1, true);
    intend(&mut ledger, 2);
    let length = ledger.writer.length();
    drop(ledger);
    let mut ledger = open_with(&folder, length);
    // Whoever begins otherwise now does not know what became of the first.
    let operation = Operation::Epoch(1);
    ledger
        .intend(&Intent {
            sequence: 2,
            operation,
        })
        .unwrap();
    assert_eq!(
        (ledger.first_page(), ledger.writer.length() > length),
        (1, true)
    );
}
