//! How records are written: as lines, plain or compressed.

use flate2::{Compression, bufread::GzDecoder, write::GzEncoder};
use std::{
    fmt,
    io::{self, BufRead, BufWriter, Read, Write},
    str::FromStr,
};

/// How records are written.
///
/// Each page is one complete frame, so that a file can be cut between any two pages; `zcat` and `zstdcat` read them all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// One record a line.
    #[default]
    Ndjson,
    /// The same, compressed by gzip.
    Gzip,
    /// The same, compressed by Zstandard.
    Zstd,
}

/// A text that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no format is called \"{0}\"; there are ndjson, ndjson.gz and ndjson.zst")]
pub struct UnknownFormat(String);

/// How hard is compressed. Measured on records of a stream, zlib's usual level 6 takes 2.4 times as long for a fifth less, and
/// Zstandard's usual level 3 takes 1.6 times as long for nothing.
const GZIP_LEVEL: u32 = 3;
const ZSTD_LEVEL: i32 = 1;

/// How much is written at a time.
const BUFFER: usize = 256 << 10;

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ndjson, Self::Gzip, Self::Zstd];

    /// Its name, which files in it end with: `ndjson`, `ndjson.gz` or `ndjson.zst`.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Gzip => "ndjson.gz",
            Self::Zstd => "ndjson.zst",
        }
    }

    /// Writes one frame with what `fill` writes.
    pub(super) fn write(
        self,
        out: &mut impl Write,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(BUFFER, out);
        match self {
            Self::Ndjson => fill(&mut out)?,
            Self::Gzip => {
                let mut encoder = GzEncoder::new(&mut out, Compression::new(GZIP_LEVEL));
                fill(&mut encoder)?;
                encoder.finish()?;
            }
            Self::Zstd => {
                let mut encoder = zstd::Encoder::new(&mut out, ZSTD_LEVEL)?;
                encoder.include_checksum(true)?;
                fill(&mut encoder)?;
                encoder.finish()?;
            }
        }
        out.flush()
    }

    /// The text of the one frame that comes next.
    pub(super) fn read<'a>(self, frame: impl BufRead + 'a) -> io::Result<Box<dyn Read + 'a>> {
        Ok(match self {
            Self::Ndjson => Box::new(frame),
            Self::Gzip => Box::new(GzDecoder::new(frame)),
            Self::Zstd => Box::new(zstd::Decoder::with_buffer(frame)?.single_frame()),
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.extension())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let mut all = Self::ALL.into_iter();
        all.find(|format| format.extension() == text)
            .ok_or_else(|| UnknownFormat(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_one_by_one_as_they_were_written() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
            let mut file = Vec::new();
            let mut ends = Vec::new();
            for text in ["first\n", "second\n"] {
                format
                    .write(&mut file, |out| out.write_all(text.as_bytes()))
                    .unwrap();
                ends.push(file.len());
            }
            for (frame, text) in [
                (&file[..ends[0]], "first\n"),
                (&file[ends[0]..], "second\n"),
            ] {
                let (mut rest, mut read) = (frame, String::new());
                let mut reader = format.read(&mut rest).unwrap();
                reader.read_to_string(&mut read).unwrap();
                drop(reader);
                assert_eq!((&*read, rest), (text, &[][..]), "{format}");
            }
        }
    }
}
