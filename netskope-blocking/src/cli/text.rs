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
    /// The last line end of the file, which is no part of the query.
    pub(super) line_end: String,
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
            line_end: String::new(),
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
                format!("the query is too long: it has at most {MAX_LENGTH} bytes"),
            )
            .hint("ask in several queries"));
        }
        if let Some(reason) = no_text(&bytes) {
            let message = format!("cannot read the query in '{name}': {reason}");
            return Err(Failure::new(Exit::Usage, message));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let reason = format!("it is not valid UTF-8 at byte {at}");
            let message = format!("cannot read the query in '{name}': {reason}");
            Failure::new(Exit::Usage, message).hint("save it as UTF-8, or pipe it through `iconv`")
        })?;
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text);
        let content = text.strip_suffix('\n').unwrap_or(text);
        let content = content.strip_suffix('\r').unwrap_or(content);
        let line_end = text.strip_prefix(content).unwrap_or_default();
        Ok(Self {
            content: content.to_owned(),
            name: Some(name),
            line_end: line_end.to_owned(),
        })
    }
}

/// The last line of a text, and how many stand above it. A line ends as editors have it, with `\n`, `\r\n` or `\r`.
pub(super) fn last_line(text: &str) -> (usize, &str) {
    let ends = ['\n', '\r'];
    let above = text.matches(ends).count() - text.matches("\r\n").count();
    (above, text.rsplit(ends).next().unwrap_or_default())
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

/// Why a file is no text in UTF-8, told by its first bytes, and what to do about it.
pub(super) fn no_text(bytes: &[u8]) -> Option<&'static str> {
    const UTF_16: &str = "it is UTF-16; pipe it through `iconv -f UTF-16 -t UTF-8`";
    const KINDS: [(&[u8], &str); 4] = [
        (b"\x1f\x8b", "it is compressed; pipe it through `zcat`"),
        (
            b"\x28\xb5\x2f\xfd",
            "it is compressed; pipe it through `zstdcat`",
        ),
        (b"\xff\xfe", UTF_16),
        (b"\xfe\xff", UTF_16),
    ];
    KINDS
        .iter()
        .find_map(|(start, reason)| bytes.starts_with(start).then_some(*reason))
}

/// What some editors put in front of a text.
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The longest query, with a mark in front and a line end behind.
const MOST: usize = BYTE_ORDER_MARK.len() + MAX_LENGTH + "\r\n".len();

/// The bytes of a file, or so many that they are too many.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(MOST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
