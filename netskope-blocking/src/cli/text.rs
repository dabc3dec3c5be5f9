//! The text of a query, from where it was given.

use super::failure::{Exit, Failure};
use netskope_query::MAX_LENGTH;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The text of a query, and what to call the place it came from.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) content: String,
    /// The file's name; `None` for a text that was typed.
    pub(super) name: Option<String>,
}

impl Text {
    /// The text that was asked for, typed or in a file; `-` is standard input in the place of either.
    pub(super) fn of(typed: Option<&str>, file: Option<&Path>) -> Result<Option<Self>, Failure> {
        match (typed, file) {
            (Some(STANDARD_INPUT), _) => Self::read(Path::new(STANDARD_INPUT)).map(Some),
            (Some(text), _) => Ok(Some(Self::typed(text))),
            (None, Some(path)) => Self::read(path).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// A text that was typed as an argument.
    pub(super) fn typed(text: &str) -> Self {
        Self {
            content: text.to_owned(),
            name: None,
        }
    }

    /// The text of a file, without its last line end.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let name = name(path);
        let bytes = read_bounded(path)
            .map_err(|error| Failure::new(Exit::Local, format!("cannot read '{name}': {error}")))?;
        if bytes.len() > MOST {
            return Err(Failure::new(
                Exit::Usage,
                format!("the query file is too long: a query has at most {MAX_LENGTH} bytes"),
            )
            .hint("ask in several queries"));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| Failure::new(Exit::Usage, "the query file is not valid UTF-8"))?;
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text);
        let text = text.strip_suffix('\n').unwrap_or(text);
        Ok(Self {
            content: text.strip_suffix('\r').unwrap_or(text).to_owned(),
            name: Some(name),
        })
    }
}

/// What stands for standard input in the place of a file.
pub(super) const STANDARD_INPUT: &str = "-";

pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// What to call a file.
pub(super) fn name(path: &Path) -> String {
    if is_standard_input(path) {
        return "standard input".to_owned();
    }
    path.display().to_string()
}

/// The file, or standard input.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    if is_standard_input(path) {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(File::open(path)?))
}

/// What some editors put in front of a text.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// The longest query, with a mark in front and a line end behind.
const MOST: usize = BYTE_ORDER_MARK.len_utf8() + MAX_LENGTH + "\r\n".len();

/// The bytes of a file, or so many that they are too many.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(MOST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
