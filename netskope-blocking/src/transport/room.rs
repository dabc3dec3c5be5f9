//! Memory for answers, used again.
//!
//! Memory that is taken from the system anew comes page by page as it is first written to. For 23 MB that takes two thirds of
//! the time in which they are decompressed.

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
    use std::mem;

    fn page(room: &mut Room, compressed: usize, size: usize) -> Vec<u8> {
        room.compressed = sized(mem::take(&mut room.compressed), compressed);
        let body = sized(mem::take(&mut room.body), size);
        assert_eq!((room.compressed.len(), body.len()), (compressed, size));
        body
    }

    #[test]
    fn a_page_takes_the_place_of_the_one_before() {
        let mut room = Room::default();
        let mut places = Vec::new();
        for size in [2 * LARGE, 3 * LARGE, 2 * LARGE, 3 * LARGE] {
            let body = page(&mut room, size, size);
            places.push((room.compressed.as_ptr(), body.as_ptr()));
            room.take_back(body);
        }
        assert!(places.iter().all(|place| *place == places[0]));
    }

    #[test]
    fn a_stream_that_rests_keeps_no_memory() {
        let mut room = Room::default();
        let body = page(&mut room, LARGE, 2 * LARGE);
        room.take_back(body);
        assert!(room.body.capacity() > 0 && room.compressed.capacity() > 0);
        let body = page(&mut room, 30, 300);
        room.take_back(body);
        assert_eq!((room.body.capacity(), room.compressed.capacity()), (0, 0));
    }

    #[test]
    fn one_huge_page_is_not_paid_for_ever_after() {
        let mut room = Room::default();
        let huge = page(&mut room, 100 << 20, 200 << 20);
        room.take_back(huge);
        // An answer of unknown length takes what room there is for it as it travels.
        let body = sized(mem::take(&mut room.body), 2 * LARGE);
        room.take_back(body);
        assert!((LARGE..=2 * MAPPED).contains(&room.body.capacity()));
        assert!(room.compressed.capacity() <= 2 * MAPPED);
    }
}
