use super::*;
use crate::drain::scratch::{commit, origin, page};
use std::fs;
use tempfile::{TempDir, tempdir};

const NOTHING: Taken = Taken {
    place: None,
    kept: None,
};

fn open(folder: &TempDir) -> Ledger {
    let history = History::read(folder.path()).unwrap();
    Ledger::open(folder.path(), &origin(), history).unwrap()
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
    let text = fs::read_to_string(folder.path().join(NAME)).unwrap();
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
    assert_eq!(
        (history.last.as_ref().unwrap().idle, history.next_sequence()),
        (8, 11)
    );
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
