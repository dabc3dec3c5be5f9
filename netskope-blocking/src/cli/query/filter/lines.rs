//! Lines of a file, of any length up to a bound, with one piece of memory for all of them.

use crate::cli::text::BYTE_ORDER_MARK;
use std::io::{self, BufRead, BufReader, Read};

/// The longest line that is taken, its end included. A record of a tenant has some kilobytes.
pub(super) const LONGEST: u64 = 64 << 20;

const BUFFER: usize = 256 << 10;

/// The lines of a file, one after the other.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
}

/// One line.
pub(super) enum Line<'l> {
    /// Without its end, `\n`, but with a carriage return before it, and without the byte order mark that
    /// stands before any line where files are joined.
    Whole(&'l [u8]),
    /// It has more than [`LONGEST`] bytes, which are passed over.
    TooLong,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(file: R) -> Self {
        Self {
            reader: BufReader::with_capacity(BUFFER, file),
            line: Vec::new(),
        }
    }

    /// Whether the next line is there without waiting for the file.
    pub(super) fn is_ready(&self) -> bool {
        self.reader.buffer().contains(&b'\n')
    }

    /// The next line; the last one may lack its end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let mut bounded = self.reader.by_ref().take(LONGEST);
        if bounded.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        let is_cut = self.line.last() != Some(&b'\n') && self.line.len() as u64 == LONGEST;
        if is_cut {
            self.reader.skip_until(b'\n')?;
            return Ok(Some(Line::TooLong));
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let mark = BYTE_ORDER_MARK.as_bytes();
        Ok(Some(Line::Whole(line.strip_prefix(mark).unwrap_or(line))))
    }
}
