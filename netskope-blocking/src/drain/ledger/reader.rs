//! A ledger read line by line.

use super::{
    entry::{AnyHeader, Header, Line, VERSION},
    seal::Seal,
};
use crate::drain::{
    disk::told,
    error::{StoreError, StoreErrorKind},
};
use serde::de::DeserializeOwned;
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::PathBuf,
};

/// The longest line that is taken for one.
const LONGEST: u64 = 1 << 20;

/// Reads a ledger, and knows which line a crash cut.
#[derive(Debug)]
pub(in crate::drain) struct Reader {
    path: PathBuf,
    file: BufReader<File>,
    seal: Seal,
    number: u64,
    length: u64,
    line: Vec<u8>,
    cut: bool,
}

impl Reader {
    /// A part of a ledger, before its first line; none where there is no such file.
    pub(super) fn open(path: PathBuf) -> Result<Option<Self>, StoreError> {
        let file = match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(told("open", &path))?,
        };
        Ok(Some(Self {
            path,
            file: BufReader::with_capacity(64 << 10, file),
            seal: Seal::default(),
            number: 0,
            length: 0,
            line: Vec::new(),
            cut: false,
        }))
    }

    /// The file's name.
    pub(in crate::drain) fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Its first line; none where there is only what a crash left of it.
    pub(super) fn header(&mut self) -> Result<Option<Header>, StoreError> {
        if !self.read_line()? || self.is_cut()? {
            return Ok(None);
        }
        // Before the checksum, which a newer version may make in another way.
        let version = self.parse::<AnyHeader>()?.format;
        if version > VERSION {
            return Err(StoreError::new(
                StoreErrorKind::Newer,
                format!(
                    "'{}' has format {version}, and this version knows {VERSION}",
                    self.path.display()
                ),
            ));
        }
        self.accept()?;
        self.parse().map(Some)
    }

    /// The next line; none at the end, whether it is clean or cut.
    pub(in crate::drain) fn next(&mut self) -> Result<Option<Line>, StoreError> {
        if !self.advance()? {
            return Ok(None);
        }
        let line: Line = self.parse()?;
        if line.intent.is_some() == line.commit.is_some() {
            return Err(self.damaged("is neither an intent nor a commit"));
        }
        Ok(Some(line))
    }

    /// Where the line read last ends.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Whether it ends with a line that was not written whole.
    pub(in crate::drain) const fn ends_cut(&self) -> bool {
        self.cut
    }

    pub(in crate::drain) const fn seal(&self) -> Seal {
        self.seal
    }

    pub(in crate::drain) fn damaged(&self, what: &str) -> StoreError {
        StoreError::new(
            StoreErrorKind::LedgerDamaged,
            format!("line {} of '{}' {what}", self.number, self.path.display()),
        )
    }

    fn advance(&mut self) -> Result<bool, StoreError> {
        if !self.read_line()? {
            return Ok(false);
        }
        self.cut = self.is_cut()?;
        if self.cut {
            return Ok(false);
        }
        self.accept()?;
        Ok(true)
    }

    /// Reads a line, with its end if it has one.
    fn read_line(&mut self) -> Result<bool, StoreError> {
        self.line.clear();
        let mut limited = self.file.by_ref().take(LONGEST);
        let read = limited.read_until(b'\n', &mut self.line);
        self.number += 1;
        Ok(read.map_err(told("read", &self.path))? > 0)
    }

    /// Whether it is a last line that was not written whole.
    ///
    /// Such a line has no end, or, where a disk kept the later block of it and lost the earlier one, zeros. Anything else that
    /// is wrong was changed afterwards.
    fn is_cut(&mut self) -> Result<bool, StoreError> {
        if !self.line.ends_with(b"\n") {
            // There was no more then; another process may be writing the rest just now.
            return Ok((self.line.len() as u64) < LONGEST);
        }
        let rest = self.file.fill_buf().map_err(told("read", &self.path))?;
        Ok(self.line.contains(&0) && rest.is_empty())
    }

    /// Takes the line for one that comes after the line before.
    fn accept(&mut self) -> Result<(), StoreError> {
        let line = self.text();
        let Some(seal) = line.and_then(|line| self.seal.check(line)) else {
            return Err(self.damaged(
                "does not fit the line before: one of the two was changed, or a line between them taken out",
            ));
        };
        self.seal = seal;
        self.length += self.line.len() as u64;
        Ok(())
    }

    fn text(&self) -> Option<&str> {
        str::from_utf8(self.line.strip_suffix(b"\n")?).ok()
    }

    fn parse<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        let text = self.text().unwrap_or_default();
        serde_json::from_str(text)
            .map_err(|error| self.damaged(&format!("is none of a ledger: {error}")))
    }
}
