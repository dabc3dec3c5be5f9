use super::*;
use crate::drain::{
    Status, StoreErrorKind, scratch,
    scratch::{Log, origin, page},
    verify,
};
use std::{cell::RefCell, fs::File, io};
use tempfile::tempdir;

/// What came out at the other end.
#[derive(Default)]
struct Reader(RefCell<Vec<u8>>);

impl Write for &Reader {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Reader {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

#[test]
fn a_run_goes_on_where_the_one_before_ended() {
    let (state, reader, mut log) = (tempdir().unwrap(), Reader::default(), Log::default());
    for pages in [3, 3, 18] {
        let mut sink = PipeSink::open(|| &reader, state.path(), &origin()).unwrap();
        log.drain(&mut sink, pages).unwrap();
        assert_eq!(reader.text(), scratch::records(pages));
    }
    let folder = state.path().join("acme.goskope.com/siem-1/events-page");
    assert_eq!(Status::read(&folder).unwrap().totals.records, 48);
    assert!(verify(&folder).unwrap().is_sound());
    PipeSink::set_aside(state.path(), &origin())
        .unwrap()
        .unwrap();
    assert!(!folder.exists());
}

#[test]
fn only_what_is_to_be_kept_is_written() {
    let (state, reader) = (tempdir().unwrap(), Reader::default());
    let sink = PipeSink::open(|| &reader, state.path(), &origin()).unwrap();
    let mut sink = sink.keep(|record| record.text().contains("\"n\":3"));
    Log::default().drain(&mut sink, 9).unwrap();
    assert_eq!(reader.text().lines().count(), 6);
    let totals = Status::read(sink.folder()).unwrap().totals;
    assert_eq!((totals.records, totals.kept), (45, 6));
}

#[test]
fn a_page_that_was_not_committed_is_written_again() {
    let (state, reader) = (tempdir().unwrap(), Reader::default());
    let mut log = Log::default();
    let open = || PipeSink::open(|| &reader, state.path(), &origin()).unwrap();
    log.drain(&mut open(), 2).unwrap();
    let mut sink = open();
    sink.intend(&Intent {
        sequence: 3,
        operation: netskope_model::v2::Operation::Next,
    })
    .unwrap();
    log.served = 3;
    sink.append(&page(3)).unwrap();
    drop(sink);
    log.drain(&mut open(), 4).unwrap();
    let twice = scratch::records(3) + &scratch::lines(&page(3)) + &scratch::lines(&page(4));
    assert_eq!(reader.text(), twice);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_that_takes_nothing_is_an_error_and_the_page_is_not_committed() {
    let state = tempdir().unwrap();
    let mut log = Log::default();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let mut sink = PipeSink::open(full, state.path(), &origin()).unwrap();
    let error = log.drain(&mut sink, 3).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Full);
    assert!(
        error
            .to_string()
            .starts_with("cannot write 'the pipe': No space left"),
        "{error}"
    );
    assert_eq!(
        sink.append(&page(1)).unwrap_err().kind(),
        StoreErrorKind::Broken
    );
    drop(sink);

    let (reader, writer) = io::pipe().unwrap();
    let mut sink = PipeSink::open(|| &writer, state.path(), &origin()).unwrap();
    drop(reader);
    assert_eq!(
        log.drain(&mut sink, 3).unwrap_err().kind(),
        StoreErrorKind::Closed
    );
    drop(sink);

    let reader = Reader::default();
    let mut sink = PipeSink::open(|| &reader, state.path(), &origin()).unwrap();
    log.drain(&mut sink, 3).unwrap();
    assert_eq!(reader.text(), scratch::records(3));
}
