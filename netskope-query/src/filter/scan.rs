//! JSON text, read once: what a query may look at is noted, all else only checked.

use super::notes::{Content, Note, Notes};
use super::wanted::Wanted;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::{error, fmt};

/// Lists and objects in each other, at most; what `serde_json` takes too.
const DEEPEST: usize = 127;

/// A text that is no JSON, or nested more than 127 levels deep; needs the feature `eval`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    at: usize,
    expected: &'static str,
}

impl JsonError {
    /// Where it stops being JSON, in bytes.
    pub fn at(&self) -> usize {
        self.at
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no JSON at byte {}: expected {}", self.at, self.expected)
    }
}

impl error::Error for JsonError {}

/// Reads a text; `paths` are in order.
pub(super) fn scan<'t>(text: &'t str, paths: &[String]) -> Result<Notes<'t>, JsonError> {
    let mut scanner = Scanner {
        text,
        at: 0,
        depth: 0,
        notes: Vec::new(),
    };
    scanner.space();
    scanner.value(Some(Wanted::all(paths)), Cow::Borrowed(""))?;
    scanner.space();
    if scanner.at < text.len() {
        return Err(scanner.expected("the end"));
    }
    Ok(Notes(scanner.notes))
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    notes: Vec<Note<'t>>,
}

impl<'t> Scanner<'t> {
    fn expected(&self, expected: &'static str) -> JsonError {
        JsonError {
            at: self.at,
            expected,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Reads a value, and notes it where something is wanted of it.
    fn value(&mut self, wanted: Option<Wanted<'_>>, key: Cow<'t, str>) -> Result<(), JsonError> {
        let note = wanted.map(|_| self.notes.len());
        if wanted.is_some() {
            self.notes.push(Note {
                key,
                content: Content::Null,
                end: 0,
            });
        }
        let content = match self.peek() {
            Some(b'{') => self.object(wanted)?,
            Some(b'[') => self.list(wanted)?,
            Some(b'"') => Content::Text(self.string(wanted.is_some())?),
            Some(b'-' | b'0'..=b'9') => Content::Digits(self.number()?),
            Some(b't') => self.word("true", Content::Bool(true))?,
            Some(b'f') => self.word("false", Content::Bool(false))?,
            Some(b'n') => self.word("null", Content::Null)?,
            _ => return Err(self.expected("a value")),
        };
        let end = self.notes.len();
        if let Some(note) = note.and_then(|note| self.notes.get_mut(note)) {
            note.content = content;
            note.end = end;
        }
        Ok(())
    }

    fn word(&mut self, word: &'static str, content: Content<'t>) -> Result<Content<'t>, JsonError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return Err(self.expected(word));
        }
        self.at += word.len();
        Ok(content)
    }

    fn enter(&mut self) -> Result<(), JsonError> {
        if self.depth == DEEPEST {
            return Err(self.expected("fewer levels"));
        }
        self.depth += 1;
        self.at += 1;
        self.space();
        Ok(())
    }

    fn object(&mut self, wanted: Option<Wanted<'_>>) -> Result<Content<'t>, JsonError> {
        self.enter()?;
        if !self.take(b'}') {
            loop {
                if self.peek() != Some(b'"') {
                    return Err(self.expected("a key"));
                }
                let key = self.string(wanted.is_some())?;
                self.space();
                if !self.take(b':') {
                    return Err(self.expected("`:`"));
                }
                self.space();
                self.value(wanted.and_then(|wanted| wanted.member(&key)), key)?;
                if self.ends(b'}', "`,` or `}`")? {
                    break;
                }
            }
        }
        self.depth -= 1;
        Ok(Content::Object)
    }

    fn list(&mut self, wanted: Option<Wanted<'_>>) -> Result<Content<'t>, JsonError> {
        self.enter()?;
        if !self.take(b']') {
            loop {
                self.value(wanted, Cow::Borrowed(""))?;
                if self.ends(b']', "`,` or `]`")? {
                    break;
                }
            }
        }
        self.depth -= 1;
        Ok(Content::List)
    }

    /// Whether the list or object ends after one of its values; else the next one follows.
    fn ends(&mut self, close: u8, expected: &'static str) -> Result<bool, JsonError> {
        self.space();
        if self.take(close) {
            return Ok(true);
        }
        if !self.take(b',') {
            return Err(self.expected(expected));
        }
        self.space();
        Ok(false)
    }

    fn number(&mut self) -> Result<&'t str, JsonError> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            Err(self.expected("a digit"))
        } else {
            Ok(())
        }
    }

    /// Reads a string; its text is made only where it is wanted.
    fn string(&mut self, is_wanted: bool) -> Result<Cow<'t, str>, JsonError> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let start = self.at;
            let rest = self.text.as_bytes().get(start..).unwrap_or_default();
            self.at += plain(rest);
            let run = self.text.get(start..self.at).unwrap_or_default();
            if is_wanted {
                if text.is_empty() {
                    text = Cow::Borrowed(run);
                } else {
                    text.to_mut().push_str(run);
                }
            }
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    let c = self.escape()?;
                    if is_wanted {
                        text.to_mut().push(c);
                    }
                }
                Some(_) => return Err(self.expected("an escape of the control character")),
                None => return Err(self.expected("`\"`")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        self.at += 1;
        let c = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.expected("an escape")),
        };
        self.at += 1;
        Ok(c)
    }

    /// A character by its number, or by two where UTF-16 needs two.
    fn unicode(&mut self) -> Result<char, JsonError> {
        let first = self.unit()?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        let pair = |first: u32, second: u32| {
            let second = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
            let first = first.checked_sub(0xd800).filter(|high| *high < 0x400)?;
            char::from_u32(0x1_0000 + (first << 10) + second)
        };
        if !self.take(b'\\') || self.peek() != Some(b'u') {
            return Err(self.expected("the second half of a character"));
        }
        let second = self.unit()?;
        pair(first, second).ok_or_else(|| self.expected("two halves of a character"))
    }

    fn unit(&mut self) -> Result<u32, JsonError> {
        self.at += 1;
        let digits = self
            .text
            .as_bytes()
            .get(self.at..self.at + 4)
            .unwrap_or_default();
        let unit = digits.iter().try_fold(0, |unit, digit| {
            Some(unit << 4 | char::from(*digit).to_digit(16)?)
        });
        match unit.filter(|_| digits.len() == 4) {
            Some(unit) => {
                self.at += 4;
                Ok(unit)
            }
            None => Err(self.expected("four hexadecimal digits")),
        }
    }
}

/// How many bytes of a string come before its end, an escape or a control character.
fn plain(bytes: &[u8]) -> usize {
    let mut passed = 0;
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk() {
        if holds_special(u64::from_le_bytes(*eight)) {
            break;
        }
        (passed, rest) = (passed + 8, after);
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    passed + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Whether one of eight bytes is a quote, a backslash or below a space; may say so of eight that have none of them, but
/// never the other way round.
fn holds_special(eight: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word & HIGH;
    let quote = eight ^ (ONES * 0x22);
    let backslash = eight ^ (ONES * 0x5c);
    below(eight, 0x20) | below(quote, 1) | below(backslash, 1) != 0
}
