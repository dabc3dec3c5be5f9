//! The content coding that every browser takes.

use axum::{
    body::Bytes,
    http::{HeaderMap, header},
};
use flate2::{Compression, write::GzEncoder};
use std::io::{self, Write};

/// The bytes compressed, unless that makes them no smaller.
pub(crate) fn compress(bytes: &[u8]) -> io::Result<Option<Bytes>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    let gzipped = encoder.finish()?;
    Ok((gzipped.len() < bytes.len()).then(|| gzipped.into()))
}

/// Whether the sender of these headers takes gzip.
pub(crate) fn is_accepted(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|codings| codings.split(','))
        .any(is_gzip)
}

/// Whether an item such as `gzip;q=0.5` is gzip with a weight above zero.
fn is_gzip(coding: &str) -> bool {
    let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
    let weight = weight.trim().trim_start_matches(['q', 'Q', '=']);
    name.trim().eq_ignore_ascii_case("gzip") && weight.parse() != Ok(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_taken_where_it_is_named() {
        for (codings, accepted) in [
            ("gzip", true),
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, GZIP ; q=0.5", true),
            ("", false),
            ("br, identity", false),
            ("gzip;q=0", false),
            ("gzip; q=0.000, br", false),
            ("x-gzipped", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, codings.parse().unwrap());
            assert_eq!(is_accepted(&headers), accepted, "{codings}");
        }
        assert!(!is_accepted(&HeaderMap::new()));
    }

    #[test]
    fn only_what_becomes_smaller_is_compressed() {
        assert!(compress(&[b'a'; 1_000]).unwrap().is_some());
        assert!(compress(b"export {}").unwrap().is_none());
    }
}
