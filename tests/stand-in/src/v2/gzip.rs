//! gzip, with long runs of spaces at next to no cost.

use flate2::{Compress, Compression, Crc, FlushCompress};

/// Deflate, no name, no time, system unknown.
const HEADER: [u8; 10] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
/// Spaces that are compressed once and repeated.
const BLOCK: usize = 1 << 16;

/// These bytes, so many spaces and those bytes, as one member.
pub(crate) fn gzip(before: &[u8], spaces: u64, after: &[u8]) -> Vec<u8> {
    let mut out = HEADER.to_vec();
    let mut crc = Crc::new();
    let block_size = u64::try_from(BLOCK).unwrap_or(u64::MAX);
    if spaces >= block_size {
        deflate(before, Compression::fast(), FlushCompress::Full, &mut out);
        crc.update(before);
        let block = vec![b' '; BLOCK];
        let (mut compressed, mut sum) = (Vec::new(), Crc::new());
        deflate(
            &block,
            Compression::best(),
            FlushCompress::Full,
            &mut compressed,
        );
        sum.update(&block);
        // A full flush ends at a byte and refers to nothing before it, so the pieces fit together.
        for _ in 0..spaces / block_size {
            out.extend_from_slice(&compressed);
            crc.combine(&sum);
        }
    }
    let mut last = Vec::new();
    if spaces < block_size {
        last.extend_from_slice(before);
    }
    let rest = usize::try_from(spaces % block_size).unwrap_or_default();
    last.resize(last.len() + rest, b' ');
    last.extend_from_slice(after);
    deflate(&last, Compression::fast(), FlushCompress::Finish, &mut out);
    crc.update(&last);
    out.extend_from_slice(&crc.sum().to_le_bytes());
    out.extend_from_slice(&crc.amount().to_le_bytes());
    out
}

fn deflate(bytes: &[u8], level: Compression, flush: FlushCompress, out: &mut Vec<u8>) {
    let mut compress = Compress::new(level, false);
    let mut rest = bytes;
    loop {
        out.reserve(rest.len() / 4 + 4096);
        let before = compress.total_in();
        // It fails only where it was told of a dictionary.
        let _ = compress.compress_vec(rest, out, flush);
        let taken = usize::try_from(compress.total_in() - before).unwrap_or_default();
        rest = rest.get(taken..).unwrap_or_default();
        if rest.is_empty() && out.len() < out.capacity() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read;

    #[test]
    fn it_reads_back_as_one_member() {
        let noise: Vec<u8> = (0..200_000_u32)
            .map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes()[0])
            .collect();
        for before in [&b""[..], b"before", &noise] {
            for spaces in [0, 1, BLOCK - 1, BLOCK, 3 * BLOCK + 17] {
                let packed = gzip(before, u64::try_from(spaces).unwrap(), b"after");
                let mut read = Vec::new();
                let mut decoder = GzDecoder::new(&packed[..]);
                decoder.read_to_end(&mut read).unwrap();
                assert!(decoder.into_inner().is_empty());
                assert_eq!(read.len(), before.len() + spaces + 5);
                assert!(read.starts_with(before) && read.ends_with(b"after"));
                assert!(
                    read[before.len()..read.len() - 5]
                        .iter()
                        .all(|byte| *byte == b' ')
                );
            }
        }
    }
}
