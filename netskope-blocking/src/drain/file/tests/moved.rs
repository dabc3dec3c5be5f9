//! A folder that is moved away while it is written.

use super::*;
use crate::drain::verify;

/// Each page begins a file: a part of the ledger in the one, a segment in the other.
const LIMITS: [(u64, u64); 2] = [(1, 1 << 30), (1 << 30, 1)];

#[test]
fn a_folder_in_the_place_of_one_that_was_moved_is_left_alone() {
    for (part, segment) in LIMITS {
        let (root, mut ours, mut theirs) = (tempdir().unwrap(), Log::default(), Log::default());
        let (out, aside) = (root.path().join("out"), root.path().join("aside"));
        let open = |out: &Path| {
            let builder = FileSink::builder(out).rotate_at(segment).ledger_part(part);
            builder.open(&origin())
        };
        let mut first = open(&out).unwrap();
        ours.drain(&mut first, 3).unwrap();
        fs::rename(&out, &aside).unwrap();
        let mut second = open(&out).unwrap();
        theirs.drain(&mut second, 3).unwrap();
        let before = snapshot(second.folder());

        let error = ours.drain(&mut first, 9).unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Moved);
        let ledger = second.folder().join("ledger.ndjson");
        let said = format!(
            "'{}' is gone or another file by now: its folder was moved while it was written",
            ledger.display()
        );
        assert_eq!(error.to_string(), said);
        assert_eq!(snapshot(second.folder()), before);

        drop(first);
        for (out, sink, tenant) in [
            (&out, second, theirs),
            (&aside, open(&aside).unwrap(), ours),
        ] {
            let (mut sink, mut tenant) = (sink, tenant);
            tenant.drain(&mut sink, 9).unwrap();
            let folder = out.join("events-page");
            assert_eq!(records(&folder), scratch::records(9));
            assert!(verify(&folder).unwrap().is_sound());
        }
    }
}

#[test]
fn a_folder_that_is_gone_is_not_made_anew() {
    for (part, segment) in LIMITS {
        let (root, mut tenant) = (tempdir().unwrap(), Log::default());
        let (out, aside) = (root.path().join("out"), root.path().join("aside"));
        let builder = FileSink::builder(&out).rotate_at(segment).ledger_part(part);
        let mut sink = builder.open(&origin()).unwrap();
        tenant.drain(&mut sink, 3).unwrap();
        fs::rename(&out, &aside).unwrap();
        let error = tenant.drain(&mut sink, 9).unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Moved);
        assert!(!out.exists());
    }
}
