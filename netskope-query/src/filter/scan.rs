//! JSON text, read once: what a query may look at is noted, all else only checked.

use super::notes::{Content, Note, Notes};
use super::wanted::Wanted;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::{error, fmt};

/// Lists and objects in each other, at most; what `serde_json` takes too.
const DEEPEST: usize = 127;

/// What is expected of JSON that nests more of them.
const FEWER_LEVELS: &str = "fewer levels";

/// So many values at a time get room to be noted.
const NOTES: usize = 16;

/// A text that is no JSON, or nested more than 127 levels deep; needs the feature `eval`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    at: usize,
    expected: &'static str,
}

impl JsonError {
    /// Where it stops being JSON, or where the level begins that is one too many, in bytes.
    pub fn at(&self) -> usize {
        self.at
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, expected } = self;
        match *expected {
            FEWER_LEVELS => write!(f, "nested more than {DEEPEST} levels deep at byte {at}"),
            expected => write!(f, "no JSON at byte {at}: expected {expected}"),
        }
    }
}

impl error::Error for JsonError {}

/// Reads a text; `paths` are in order.
pub(super) fn scan<'t>(text: &'t str, paths: &[String]) -> Result<Notes<'t>, JsonError> {
    let mut scanner = Scanner {
        text,
        at: 0,
        depth: 0,
        notes: Vec::with_capacity(NOTES),
    };
    match scanner.whole(Wanted::all(paths)) {
        Ok(()) => Ok(Notes(scanner.notes)),
        Err(expected) => Err(JsonError {
            at: scanner.at,
            expected,
        }),
    }
}

/// What is read, or what was expected where the scanner stands.
type Read<T> = Result<T, &'static str>;

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    notes: Vec<Note<'t>>,
}

impl<'t> Scanner<'t> {
    fn whole(&mut self, wanted: Wanted<'_>) -> Read<()> {
        self.space();
        self.value(wanted, Cow::Borrowed(""))?;
        self.space();
        if self.at < self.text.len() {
            return Err("the end");
        }
        Ok(())
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    #[inline]
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Reads a value and notes it.
    fn value(&mut self, wanted: Wanted<'_>, key: Cow<'t, str>) -> Read<()> {
        let note = self.notes.len();
        self.notes.push(Note {
            key,
            content: Content::Null,
            end: 0,
        });
        let content = match self.peek() {
            Some(b'{') => self.object(wanted)?,
            Some(b'[') => self.list(wanted)?,
            Some(b'"') => Content::Text(self.string()?),
            _ => {
                let start = self.at;
                self.pass_bare()?;
                Content::bare(self.text.get(start..self.at).unwrap_or_default())
            }
        };
        let end = self.notes.len();
        if let Some(note) = self.notes.get_mut(note) {
            note.content = content;
            note.end = end;
        }
        Ok(())
    }

    fn object(&mut self, wanted: Wanted<'_>) -> Read<Content<'t>> {
        let mut goes_on = self.enter(b'}')?;
        while goes_on {
            let member = if self.may_lead(wanted) {
                self.begin_key()?;
                let key = self.string()?;
                self.end_key()?;
                wanted.member(&key).map(|inner| (inner, key))
            } else {
                self.pass_key()?;
                None
            };
            match member {
                Some((inner, key)) => self.value(inner, key)?,
                None => self.pass()?,
            }
            goes_on = self.go_on(b'}')?;
        }
        Ok(Content::Object)
    }

    fn list(&mut self, wanted: Wanted<'_>) -> Read<Content<'t>> {
        let mut goes_on = self.enter(b']')?;
        while goes_on {
            self.value(wanted, Cow::Borrowed(""))?;
            goes_on = self.go_on(b']')?;
        }
        Ok(Content::List)
    }

    /// Reads a value of which nothing is wanted.
    fn pass(&mut self) -> Read<()> {
        let outside = self.depth;
        // Which of the lists and objects around are objects, the innermost one as the lowest bit.
        let mut objects = 0_u128;
        loop {
            let next = self.peek();
            let mut goes_on = false;
            match next {
                Some(b'{' | b'[') => {
                    let is_object = next == Some(b'{');
                    goes_on = self.enter(close(is_object))?;
                    objects = objects << u32::from(goes_on) | u128::from(goes_on & is_object);
                }
                Some(b'"') => self.pass_string()?,
                _ => self.pass_bare()?,
            }
            while !goes_on {
                if self.depth == outside {
                    return Ok(());
                }
                goes_on = self.go_on(close(objects & 1 != 0))?;
                objects >>= u32::from(!goes_on);
            }
            if objects & 1 != 0 {
                self.pass_key()?;
            }
        }
    }

    /// Enters a list or an object; whether there is anything in it.
    fn enter(&mut self, close: u8) -> Read<bool> {
        if self.depth == DEEPEST {
            return Err(FEWER_LEVELS);
        }
        self.at += 1;
        self.space();
        let is_empty = self.take(close);
        self.depth += usize::from(!is_empty);
        Ok(!is_empty)
    }

    /// Whether another value follows in a list or an object, which else ends.
    #[inline]
    fn go_on(&mut self, close: u8) -> Read<bool> {
        self.space();
        if self.take(b',') {
            self.space();
            return Ok(true);
        }
        if !self.take(close) {
            return Err(if close == b'}' {
                "`,` or `}`"
            } else {
                "`,` or `]`"
            });
        }
        self.depth -= 1;
        Ok(false)
    }

    /// Whether the key that begins here may be wanted, as far as its first byte tells.
    #[inline]
    fn may_lead(&self, wanted: Wanted<'_>) -> bool {
        match self.text.as_bytes().get(self.at + 1) {
            Some(b'"' | b'\\') | None => true,
            Some(first) => wanted.may_begin(*first),
        }
    }

    fn pass_key(&mut self) -> Read<()> {
        self.begin_key()?;
        self.pass_string()?;
        self.end_key()
    }

    #[inline]
    fn begin_key(&self) -> Read<()> {
        if self.peek() == Some(b'"') {
            Ok(())
        } else {
            Err("a key")
        }
    }

    #[inline]
    fn end_key(&mut self) -> Read<()> {
        self.space();
        if !self.take(b':') {
            return Err("`:`");
        }
        self.space();
        Ok(())
    }

    /// Reads a number or a word.
    fn pass_bare(&mut self) -> Read<()> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            _ => Err("a value"),
        }
    }

    fn word(&mut self, word: &'static str) -> Read<()> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(word);
        }
        self.at += word.len();
        Ok(())
    }

    fn number(&mut self) -> Read<()> {
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
        Ok(())
    }

    #[inline]
    fn digits(&mut self) -> Read<()> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return Err("a digit");
        }
        self.at += count;
        Ok(())
    }

    fn string(&mut self) -> Read<Cow<'t, str>> {
        self.at += 1;
        let mut text = Cow::Borrowed(self.run()?);
        while !self.take(b'"') {
            let c = self.escape()?;
            let run = self.run()?;
            text.to_mut().push(c);
            text.to_mut().push_str(run);
        }
        Ok(text)
    }

    #[inline]
    fn pass_string(&mut self) -> Read<()> {
        self.at += 1;
        self.run()?;
        while !self.take(b'"') {
            self.escape()?;
            self.run()?;
        }
        Ok(())
    }

    /// Reads what stands for itself in a string, up to its end or to an escape.
    #[inline]
    fn run(&mut self) -> Read<&'t str> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        self.at += plain(rest);
        match self.peek() {
            Some(b'"' | b'\\') => Ok(self.text.get(start..self.at).unwrap_or_default()),
            Some(_) => Err("an escape of the control character"),
            None => Err("`\"`"),
        }
    }

    fn escape(&mut self) -> Read<char> {
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
            _ => return Err("an escape"),
        };
        self.at += 1;
        Ok(c)
    }

    /// A character by its number, or by two where UTF-16 needs two.
    fn unicode(&mut self) -> Read<char> {
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
            return Err("the second half of a character");
        }
        let second = self.unit()?;
        pair(first, second).ok_or("two halves of a character")
    }

    fn unit(&mut self) -> Read<u32> {
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
            None => Err("four hexadecimal digits"),
        }
    }
}

/// What ends an object or a list.
fn close(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}

/// How many bytes of a string come before its end, an escape or a control character.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    let mut passed = 0;
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk() {
        let special = special(u64::from_le_bytes(*eight));
        if special != 0 {
            return passed + special.trailing_zeros() as usize / 8;
        }
        (passed, rest) = (passed + 8, after);
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    passed + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// The highest bit of each of eight bytes that is a quote, a backslash or below a space; those after the first may have it
/// without being one.
fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word;
    let quote = eight ^ (ONES * 0x22);
    let backslash = eight ^ (ONES * 0x5c);
    (below(eight, 0x20) | below(quote, 1) | below(backslash, 1)) & HIGH
}
