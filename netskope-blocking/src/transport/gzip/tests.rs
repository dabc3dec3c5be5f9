use super::*;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

fn gzip(text: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// Into room that is full of something else.
fn decompressed(gzip: &[u8], most: usize) -> io::Result<Option<Vec<u8>>> {
    super::decompressed(gzip, most, vec![0x55; 15_000])
}

fn fast(text: &[u8]) -> Vec<u8> {
    gzip(text, Compression::fast())
}

/// A text that does not become nothing.
fn text(length: u32) -> Vec<u8> {
    let number = |place: u32| place.wrapping_mul(2_654_435_761).to_be_bytes()[0];
    (0..length).map(number).collect()
}

#[test]
fn an_answer_is_decompressed_in_one_go() {
    for length in [0, 1, 10_000, 300_000] {
        let text = text(length);
        let compressed = fast(&text);
        assert!(is_one_member(&compressed));
        assert!(in_one_go(&compressed, text.len(), Vec::new()).is_some());
        let again = decompressed(&compressed, text.len()).unwrap();
        assert_eq!(again, Some(text));
    }
    assert_eq!(decompressed(b"", 0).unwrap(), Some(Vec::new()));
}

#[test]
fn members_are_put_together() {
    let (one, two) = (text(1_000), text(20_000));
    for members in [[&one, &two], [&two, &one], [&one, &one]] {
        let compressed = members.map(|member| fast(member)).concat();
        let text = members.map(|member| &**member).concat();
        assert_eq!(decompressed(&compressed, 21_000).unwrap(), Some(text));
        assert_eq!(decompressed(&compressed, 1_999).unwrap(), None);
    }
}

#[test]
fn what_looks_like_a_member_does_no_harm() {
    let text = [MAGIC, b"\x00", MAGIC, b"\xff"].concat().repeat(9);
    let compressed = gzip(&text, Compression::none());
    assert!(!is_one_member(&compressed));
    assert_eq!(decompressed(&compressed, 1_000).unwrap(), Some(text));
}

#[test]
fn a_size_is_not_believed() {
    let mut compressed = fast(&text(1_000));
    let place = compressed.len() - 4;
    for size in [0, 999, 1_001, 1 << 20, u32::MAX] {
        compressed[place..].copy_from_slice(&size.to_le_bytes());
        assert!(decompressed(&compressed, 1 << 29).is_err(), "{size}");
    }
}

#[test]
fn what_is_too_large_is_refused_whatever_its_last_member_says() {
    let zeros = fast(&vec![0; 1 << 20]);
    for (members, most) in [(1, (1 << 20) - 1), (9, 1 << 20), (9, (9 << 20) - 1)] {
        assert_eq!(decompressed(&zeros.repeat(members), most).unwrap(), None);
    }
    assert!(decompressed(&zeros.repeat(9), 9 << 20).unwrap().is_some());
}

#[test]
fn every_cut_and_every_wrong_byte_is_seen() {
    let whole = fast(&text(500));
    for end in 1..whole.len() {
        let error = decompressed(&whole[..end], 1 << 20).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "{end}");
    }
    // The time and what follows it up to the data mean nothing.
    for place in (0..4).chain(10..whole.len()) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x55;
        assert!(decompressed(&damaged, 1 << 20).is_err(), "{place}");
    }
}
