//! What the system refuses.

use super::*;
use crate::drain::{
    disk::watch::{self, Failure},
    verify,
};
use std::io::ErrorKind;

/// Drains as far as it gets.
fn run(out: &Path, tenant: &mut Log) -> Outcome<()> {
    let builder = FileSink::builder(out).rotate_at(300).ledger_part(900);
    builder
        .open(&origin())
        .and_then(|mut sink| tenant.drain(&mut sink, 18))
}

#[test]
fn whatever_is_refused_whenever_the_same_run_goes_on_later() {
    let kinds = [
        (ErrorKind::StorageFull, StoreErrorKind::Full),
        (ErrorKind::PermissionDenied, StoreErrorKind::Denied),
        (ErrorKind::ReadOnlyFilesystem, StoreErrorKind::Denied),
        (ErrorKind::Other, StoreErrorKind::Io),
    ];
    for written in [0, 1, 40] {
        for lasts in [false, true] {
            for after in 0.. {
                let (system, ours) = kinds[after % kinds.len()];
                let (out, mut tenant) = (tempdir().unwrap(), Log::default());
                watch::begin(Some(Failure {
                    after,
                    kind: system,
                    written,
                    lasts,
                }));
                let outcome = run(out.path(), &mut tenant);
                watch::begin(None);
                let Err(error) = outcome else { break };
                assert_eq!(error.kind(), ours, "{error}");
                assert!(error.to_string().starts_with("cannot "), "{error}");
                run(out.path(), &mut tenant).unwrap_or_else(|error| panic!("{after}: {error}"));
                let folder = out.path().join("events-page");
                assert_eq!(records(&folder), scratch::records(18), "{after}");
                let verified = verify(&folder).unwrap();
                assert!(verified.is_sound(), "{after}: {:?}", verified.findings);
            }
        }
    }
}

#[test]
fn a_sink_that_failed_takes_nothing_more() {
    let out = tempdir().unwrap();
    let mut sink = open(out.path()).unwrap();
    watch::begin(Some(Failure {
        after: 0,
        kind: ErrorKind::StorageFull,
        written: 0,
        lasts: false,
    }));
    assert_eq!(
        sink.append(&page(3)).unwrap_err().kind(),
        StoreErrorKind::Full
    );
    assert_eq!(
        sink.append(&page(3)).unwrap_err().kind(),
        StoreErrorKind::Broken
    );
    watch::begin(None);
}

#[test]
fn a_place_where_no_folder_can_be_made_is_named() {
    let out = tempdir().unwrap();
    fs::write(out.path().join("file"), "").unwrap();
    let error = open(&out.path().join("file")).unwrap_err();
    assert!(error.to_string().starts_with("cannot create '"), "{error}");
}
