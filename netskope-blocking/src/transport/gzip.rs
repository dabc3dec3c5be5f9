//! Compressed answers.
//!
//! A whole answer is decompressed in one go: that takes a sixth less time than a stream, and how large it becomes is known before.
//! What cannot be done so (more than one member, a wrong size, whatever is damaged) is read as a stream, which says what is wrong.

use super::room;
use flate2::bufread::MultiGzDecoder;
use libdeflater::Decompressor;
use memchr::memmem;
use std::io::{self, Read};

/// What a member begins with.
const MAGIC: &[u8] = b"\x1f\x8b\x08";

/// The most that a byte can become.
const MOST_FROM_A_BYTE: usize = 1032;

/// What was compressed, of at most so many bytes; nothing where it is more. It takes the room of what is no longer needed.
///
/// # Errors
///
/// [`io::ErrorKind::UnexpectedEof`] where it ends too early, others where it is damaged.
pub(super) fn decompressed(
    gzip: &[u8],
    most: usize,
    spare: Vec<u8>,
) -> io::Result<Option<Vec<u8>>> {
    let Some(size) = last_size(gzip) else {
        return Ok(Some(Vec::new()));
    };
    let is_quick = size <= most && is_one_member(gzip);
    if let Some(bytes) = is_quick.then(|| in_one_go(gzip, size, spare)).flatten() {
        return Ok(Some(bytes));
    }
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut stream = MultiGzDecoder::new(gzip).take(limit);
    if size > most {
        // Only counted: if it is not damaged, it is too large.
        return io::copy(&mut stream, &mut io::sink()).map(|_| None);
    }
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Ok((bytes.len() <= most).then_some(bytes))
}

/// The size that the last member says it had, in 32 bits; nothing for an empty body.
fn last_size(gzip: &[u8]) -> Option<usize> {
    let size = gzip
        .last_chunk()
        .map_or(0, |size| u32::from_le_bytes(*size));
    (!gzip.is_empty()).then_some(usize::try_from(size).unwrap_or(usize::MAX))
}

/// Whether no other member can begin in it: the upper three flags of every member are zero.
fn is_one_member(gzip: &[u8]) -> bool {
    let mut headers = memmem::find_iter(gzip, MAGIC).filter(|at| {
        let flags = gzip.get(at + MAGIC.len());
        flags.is_none_or(|flags| flags & 0xe0 == 0)
    });
    headers.next() == Some(0) && headers.next().is_none()
}

fn in_one_go(gzip: &[u8], size: usize, spare: Vec<u8>) -> Option<Vec<u8>> {
    if size / MOST_FROM_A_BYTE > gzip.len() {
        return None;
    }
    let mut bytes = room::sized(spare, size);
    let length = Decompressor::new().gzip_decompress(gzip, &mut bytes).ok()?;
    (length == size).then_some(bytes)
}

#[cfg(test)]
mod tests;
