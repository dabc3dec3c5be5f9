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

/// Memory for the answers of one stream.
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
        } else {
            self.body = body;
        }
    }
}

/// Nothing, with room for so many bytes.
pub(super) fn emptied(spare: &mut Vec<u8>, size: usize) -> Vec<u8> {
    let mut spare = mem::take(spare);
    if spare.capacity() < size {
        drop(spare);
        return Vec::with_capacity(capacity(size));
    }
    spare.clear();
    spare
}

/// So many bytes, which mean nothing.
pub(super) fn sized(mut spare: Vec<u8>, size: usize) -> Vec<u8> {
    if spare.capacity() < size {
        drop(spare);
        spare = vec![0; capacity(size)];
    }
    spare.resize(size, 0);
    spare
}

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
            let compressed = emptied(&mut room.compressed, size);
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
        room.compressed = emptied(&mut Vec::new(), LARGE);
        room.take_back(page);
        assert!(room.body.capacity() > 0 && room.compressed.capacity() > 0);
        let page = sized(mem::take(&mut room.body), 30);
        room.take_back(page);
        assert_eq!((room.body.capacity(), room.compressed.capacity()), (0, 0));
    }

    #[test]
    fn there_is_room_for_a_page_larger_than_any_before() {
        for size in [0, 1, LARGE, MAPPED, MAPPED + 1] {
            assert!(emptied(&mut vec![1; 9], size).capacity() >= size);
            assert_eq!(sized(vec![1; 9], size).len(), size);
        }
    }
}
