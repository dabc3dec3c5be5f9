//! A ledger in several parts, some of which are not as they were.

use super::*;
use crate::drain::{ledger::History, scratch::closed};
use netskope_model::v2::Page;

/// A folder with 40 pages, whose ledger has several parts.
fn parted() -> (TempDir, PathBuf) {
    let out = tempdir().unwrap();
    let builder = FileSink::builder(out.path()).rotate_at(400);
    let mut sink = builder.ledger_part(1_000).open(&origin()).unwrap();
    Log::default().drain(&mut sink, 40).unwrap();
    let folder = sink.folder().to_owned();
    assert!(closed(&folder).len() > 4);
    assert_eq!(verify(&folder).unwrap().findings, []);
    (out, folder)
}

/// Takes away the segments that begin with one of these pages.
fn remove_segments(folder: &Path, pages: std::ops::Range<u64>) {
    for name in segments(folder).unwrap().into_keys() {
        let begun = SegmentName::parse(&name).unwrap().sequence;
        if pages.contains(&begun) {
            fs::remove_file(folder.join(name)).unwrap();
        }
    }
}

/// The names of what is found.
fn kinds(folder: &Path) -> Vec<&'static str> {
    let verified = verify(folder).unwrap();
    let is_fault = verified.findings.iter().any(Finding::is_fault);
    assert_eq!(verified.is_sound(), !is_fault);
    verified.findings.iter().map(Finding::as_str).collect()
}

#[test]
fn the_oldest_parts_may_be_moved_away_with_their_records() {
    let (out, folder) = parted();
    let parts = closed(&folder);
    let whole = verify(&folder).unwrap().totals;
    let newest = History::read(&folder).unwrap().unwrap().first;
    for gone in 0..parts.len() {
        let (first, end) = (
            parts[gone].0,
            parts.get(gone + 1).map_or(newest, |part| part.0),
        );
        fs::remove_file(&parts[gone].1).unwrap();
        let pages = end - 1;
        let verified = verify(&folder).unwrap();
        let (earlier, kept) = verified.findings.split_first().unwrap();
        assert_eq!(earlier, &Finding::Earlier { pages });
        assert!(!kept.is_empty() && verified.is_sound());
        for kept in kept {
            let Finding::Unchecked { segment, .. } = kept else {
                panic!("{kept:?}")
            };
            assert_eq!(kept.as_str(), "file-unchecked");
            let said = format!(
                "'{segment}' is not checked: the part of the ledger that spoke of it was moved away"
            );
            assert_eq!(kept.to_string(), said);
        }
        remove_segments(&folder, first..end);
        let verified = verify(&folder).unwrap();
        assert_eq!(verified.findings, [Finding::Earlier { pages }]);
        assert!(verified.is_sound());
        assert_eq!(verified.totals.pages, 40 - pages);
        assert_eq!(
            verified.findings[0].to_string(),
            format!(
                "the ledger begins behind page {pages}: its earlier parts were moved away, and of their records nothing is known"
            )
        );
    }
    // Such a name is of no page.
    fs::write(folder.join("20260102T030405Z-0.ndjson"), "").unwrap();
    assert_eq!(kinds(&folder), ["ledger-moved", "unknown-bytes"]);
    fs::remove_file(folder.join("20260102T030405Z-0.ndjson")).unwrap();
    // What it all adds up to is known all the same, and a run goes on.
    assert_eq!(Status::read(&folder).unwrap().totals, whole);
    let mut sink = sink(&out, Format::Ndjson);
    Log { served: 40 }.drain(&mut sink, 41).unwrap();
}

#[test]
fn a_part_from_between_two_others_is_missed() {
    let (_out, folder) = parted();
    let parts = closed(&folder);
    for pair in parts.windows(2).skip(1) {
        let ([(from, path), (next, _)], aside) = (pair, folder.join("aside")) else {
            unreachable!()
        };
        fs::rename(path, &aside).unwrap();
        let (from, to) = (*from, next - 1);
        let verified = verify(&folder).unwrap();
        assert_eq!(verified.findings, [Finding::PagesGone { from, to }]);
        assert!(!verified.is_sound());
        assert_eq!(
            verified.findings[0].to_string(),
            format!(
                "the ledger says nothing of pages {from} to {to}, and does of earlier and later ones: a part of it is gone or was cut"
            )
        );
        fs::rename(&aside, path).unwrap();
    }
    let last = &parts[parts.len() - 1].1;
    fs::remove_file(last).unwrap();
    assert_eq!(kinds(&folder), ["ledger-gone"]);
}

#[test]
fn every_byte_of_every_part_counts() {
    let (_out, folder) = parted();
    for (_, path) in closed(&folder) {
        let bytes = fs::read(&path).unwrap();
        for at in (0..bytes.len()).step_by(7) {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            fs::write(&path, &changed).unwrap();
            // Another version or something else altogether is an error, and not a finding.
            let is_sound = verify(&folder).is_ok_and(|verified| verified.is_sound());
            assert!(!is_sound, "byte {at} of '{}'", path.display());
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert_eq!(kinds(&folder), [""; 0]);
}

#[test]
fn a_part_that_was_shortened_or_lengthened_is_missed() {
    let (_out, folder) = parted();
    for (_, path) in closed(&folder) {
        let text = fs::read_to_string(&path).unwrap();
        let ends: Vec<_> = text.match_indices('\n').map(|(end, _)| end + 1).collect();
        let mut changed: Vec<_> = ends
            .iter()
            .rev()
            .skip(1)
            .map(|end| text.split_at(*end).0.to_owned())
            .collect();
        changed.push(String::new());
        changed.push(text.split_at(text.len() - 1).0.to_owned());
        changed.push(format!("{text}{{"));
        changed.push(format!("{text}\n"));
        for changed in changed {
            fs::write(&path, &changed).unwrap();
            match (&*kinds(&folder), &*found(&folder)) {
                (["ledger-damaged"], [_]) => {}
                // Its file is there.
                (["ledger-gone"], [said]) => {
                    assert!(said.ends_with("is gone or was cut"), "{said}");
                }
                found => panic!("{found:?} of {changed}"),
            }
        }
        fs::write(&path, text).unwrap();
    }
}

#[test]
fn what_a_part_begins_with_is_what_those_before_add_up_to() {
    let (_out, folder) = parted();
    let newest = folder.join("ledger.ndjson");
    let whole = fs::read_to_string(&newest).unwrap();
    assert_eq!(scratch::reseal(&whole), whole);
    let (header, lines) = whole.split_once('\n').unwrap();
    let number = |name: &str| {
        let (_, rest) = header.rsplit_once(&format!("\"{name}\":")).unwrap();
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        rest.split_at(digits).0
    };
    let names = ["pages", "records", "kept", "bytes", "segments", "to"];
    for gone in [0, 2] {
        for (_, path) in closed(&folder).iter().take(gone) {
            fs::remove_file(path).unwrap();
        }
        fs::write(&newest, &whole).unwrap();
        let before = verify(&folder).unwrap().findings;
        assert_eq!(before.is_empty(), gone == 0);
        for name in names {
            let old = format!("\"{name}\":{}", number(name));
            let header = header.replace(&old, &format!("{old}0"));
            fs::write(&newest, scratch::reseal(&format!("{header}\n{lines}"))).unwrap();
            let mut expected = before.clone();
            expected.insert(
                usize::from(gone > 0),
                Finding::Carried {
                    part: "ledger.ndjson".to_owned(),
                },
            );
            let verified = verify(&folder).unwrap();
            assert_eq!(verified.findings, expected, "{name}");
            assert!(!verified.is_sound());
        }
    }
    // Of the part before it nothing is known.
    for (_, path) in closed(&folder) {
        fs::remove_file(path).unwrap();
    }
    let header = header.replace("\"records\":", "\"records\":1");
    fs::write(&newest, scratch::reseal(&format!("{header}\n{lines}"))).unwrap();
    assert!(!kinds(&folder).contains(&"ledger-damaged"));
}

/// Keeps a page, whatever brought it.
fn keep(sink: &mut FileSink, sequence: u64, page: &Page) {
    let operation = Operation::Next;
    let intent = Intent {
        sequence,
        operation,
    };
    sink.intend(&intent).unwrap();
    sink.append(page).unwrap();
    sink.commit(&scratch::commit(sequence, operation, page))
        .unwrap();
}

#[test]
fn a_part_of_another_ledger_does_not_fit() {
    let (_out, folder) = parted();
    let other = tempdir().unwrap();
    // Of the same pages, one of which was asked for otherwise.
    let builder = FileSink::builder(other.path()).rotate_at(400);
    let mut sink = builder.ledger_part(1_000).open(&origin()).unwrap();
    for sequence in 1..=40 {
        keep(&mut sink, sequence, &page(sequence));
    }
    let (ours, theirs) = (closed(&folder), closed(sink.folder()));
    assert_eq!(ours[1].0, theirs[1].0);
    fs::copy(&theirs[1].1, &ours[1].1).unwrap();
    let verified = verify(&folder).unwrap();
    let seams = verified
        .findings
        .iter()
        .filter(|finding| matches!(finding, Finding::Seam { .. }));
    // It does not go on from the one before, nor the next from it.
    assert_eq!(seams.count(), 2, "{:?}", verified.findings);
}

#[test]
fn a_first_part_goes_on_from_nothing() {
    let (_out, folder) = parted();
    let first = &closed(&folder)[0].1;
    let text = fs::read_to_string(first).unwrap();
    fs::write(folder.join("ledger-2.ndjson"), &text).unwrap();
    // Neither is there a checksum to go on from, nor one that is gone on from.
    fs::write(first, text + "{").unwrap();
    let part = "ledger-2.ndjson".to_owned();
    assert_eq!(verify(&folder).unwrap().findings[0], Finding::Seam { part });
}

#[test]
fn damage_in_a_part_does_not_hide_those_behind() {
    let (_out, folder) = parted();
    let parts = closed(&folder);
    edit(&parts[1].1, |text| {
        text.replacen("\"operation\":\"next\"", "\"operation\":\"tail\"", 1)
    })
    .unwrap();
    let last = segments(&folder)
        .unwrap()
        .into_keys()
        .max_by_key(|name| SegmentName::parse(name).unwrap().sequence);
    edit(&folder.join(last.unwrap()), |text| {
        text.replacen("\"n\":0", "\"n\":8", 1)
    })
    .unwrap();
    assert_eq!(kinds(&folder), ["ledger-damaged", "page-changed"]);
}

#[test]
fn a_record_that_is_there_twice_is_named_across_parts() {
    let out = tempdir().unwrap();
    let builder = FileSink::builder(out.path()).ledger_part(1);
    let mut sink = builder.open(&origin()).unwrap();
    for (sequence, number) in [(1, 3), (2, 5), (3, 3)] {
        keep(&mut sink, sequence, &page(number));
    }
    assert_eq!(closed(sink.folder()).len(), 2);
    let found = found(sink.folder());
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(
        found[0],
        "record 1 of page 3 is the same as record 1 of page 1"
    );
}
