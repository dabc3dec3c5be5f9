//! Memory for answers, used again.
//!
//! Memory that is taken from the system anew comes page by page as it is first written to. For 23 MB that takes two thirds of
//! the time in which they are decompressed.

use std::mem;

/// From here on an answer is a page of a log stream, at which memory counts.
const LARGE: usize = 1 << 20;

/// What glibc never takes from its heap; what is not written to costs nothing. On the heap, a page that is a little larger
/// than the one before does not fit into its place, and two stay in memory.
const MAPPED: usize = 33 << 20;

/// Memory for the answers of one stream: at most twice what the latest one took, or what is mapped.
#[derive(Debug, Default)]
pub(crate) struct Room {
    /// For an answer as it travels, compressed.
    pub(super) compressed: Vec<u8>,
    /// For what is delivered.
    pub(super) body: Vec<u8>,
}

impl Room {
    /// Takes back what was delivered. After a small answer all is given back to the system: a stream that rests needs none.
    #[cfg(feature = "drain")]
    pub(crate) fn take_back(&mut self, body: Vec<u8>) {
        if body.len() < LARGE {
            *self = Self::default();
            return;
        }
        if is_far_too_large(&self.compressed, body.len()) {
            self.compressed = Vec::new();
        }
        self.body = body;
    }
}

/// Nothing, with room for so many bytes, if it is known how many.
pub(super) fn emptied(spare: &mut Vec<u8>, size: Option<usize>) -> Vec<u8> {
    let mut bytes = mem::take(spare);
    if let Some(size) = size {
        bytes = fitting(bytes, size).unwrap_or_else(|| Vec::with_capacity(capacity(size)));
    }
    bytes.clear();
    bytes
}

/// So many bytes, which mean nothing.
pub(super) fn sized(spare: Vec<u8>, size: usize) -> Vec<u8> {
    let mut bytes = fitting(spare, size).unwrap_or_else(|| vec![0; capacity(size)]);
    bytes.resize(size, 0);
    bytes
}

/// What is spare, if it is neither too small nor far too large; else it goes back to the system before anything is taken from it.
fn fitting(spare: Vec<u8>, size: usize) -> Option<Vec<u8>> {
    (spare.capacity() >= size && !is_far_too_large(&spare, size)).then_some(spare)
}

fn is_far_too_large(spare: &Vec<u8>, size: usize) -> bool {
    spare.capacity() > 2 * capacity(size)
}

/// How much is taken from the system.
fn capacity(size: usize) -> usize {
    if size < LARGE { size } else { size.max(MAPPED) }
}

#[cfg(all(test, feature = "drain"))]
mod tests {
    use super::*;

    #[test]
    fn a_page_takes_the_place_of_the_one_before() {
        let mut room = Room::default();
        let mut places = Vec::new();
        for size in [2 * LARGE, 3 * LARGE, 2 * LARGE, 3 * LARGE] {
            let compressed = emptied(&mut room.compressed, Some(size));
            let body = sized(mem::take(&mut room.body), size);
            assert_eq!((compressed.len(), body.len()), (0, size));
            places.push((compressed.as_ptr(), body.as_ptr()));
            room.compressed = compressed;
            room.take_back(body);
        }
        assert!(places.iter().all(|place| *place == places[0]));
    }

    #[test]
    fn a_stream_that_rests_keeps_no_memory() {
        let mut room = Room::default();
        let page = sized(Vec::new(), 2 * LARGE);
        room.compressed = emptied(&mut Vec::new(), Some(LARGE));
        room.take_back(page);
        assert!(room.body.capacity() > 0 && room.compressed.capacity() > 0);
        let page = sized(mem::take(&mut room.body), 30);
        room.take_back(page);
        assert_eq!((room.body.capacity(), room.compressed.capacity()), (0, 0));
    }

    #[test]
    fn one_huge_page_is_not_paid_for_ever_after() {
        for is_announced in [true, false] {
            let mut room = Room::default();
            for size in [200 << 20, 2 * LARGE] {
                let announced = is_announced.then_some(size);
                room.compressed = emptied(&mut room.compressed, announced);
                room.compressed.reserve(size);
                let body = sized(mem::take(&mut room.body), size);
                room.take_back(body);
            }
            assert!((LARGE..=2 * MAPPED).contains(&room.body.capacity()));
            assert!(room.compressed.capacity() <= 2 * MAPPED);
        }
    }

    #[test]
    fn an_answer_of_unknown_length_takes_the_place_too() {
        let mut spare = Vec::with_capacity(2 * LARGE);
        let place = spare.as_ptr();
        let again = emptied(&mut spare, None);
        assert_eq!(again.as_ptr(), place);
    }

    #[test]
    fn there_is_room_for_a_page_larger_than_any_before() {
        for size in [0, 1, LARGE, MAPPED, MAPPED + 1] {
            assert!(emptied(&mut vec![1; 9], Some(size)).capacity() >= size);
            assert_eq!(sized(vec![1; 9], size).len(), size);
        }
    }
}
