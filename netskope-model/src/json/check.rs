//! Whether a text is JSON.
//!
//! By hand, because a third of the reader of `serde_json` comes along where it only checks, and 3 kB of it into the WASM
//! module.

use std::ops::Range;

/// Where a text stops being JSON; its length where it is cut off.
pub(super) fn first_fault(text: &[u8]) -> Option<usize> {
    let mut check = Check::new(text, 0);
    let whole = check.value().and_then(|()| check.end());
    whole.is_none().then_some(check.at)
}

/// Walks over a text as far as it is JSON; nothing means that it stopped.
pub(crate) struct Check<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Check<'a> {
    pub(crate) const fn new(text: &'a [u8], at: usize) -> Self {
        Self { text, at }
    }

    /// Where it is, or where it stopped.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    pub(crate) const fn text(&self) -> &'a [u8] {
        self.text
    }

    /// Goes on from here.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) const fn go_on(&mut self, at: usize) {
        self.at = at;
    }

    /// Nothing but white space.
    pub(crate) fn end(&mut self) -> Option<()> {
        self.space();
        (self.at == self.text.len()).then_some(())
    }

    /// One value. Lists in lists are no calls in calls, so that no text is too deep.
    pub(crate) fn value(&mut self) -> Option<()> {
        let mut open = Vec::new();
        loop {
            self.space();
            match self.next()? {
                b'{' if !self.closes(b'}') => {
                    open.push(b'}');
                    self.name()?;
                    continue;
                }
                b'[' if !self.closes(b']') => {
                    open.push(b']');
                    continue;
                }
                b'{' | b'[' => {}
                b'"' => self.string()?,
                b't' => self.word(b"rue")?,
                b'f' => self.word(b"alse")?,
                b'n' => self.word(b"ull")?,
                b'-' => {
                    let digit = self.next()?;
                    self.number(digit)?;
                }
                digit => self.number(digit)?,
            }
            while let Some(&close) = open.last() {
                if self.closes(close) {
                    open.pop();
                    continue;
                }
                self.expect(b',')?;
                if close == b'}' {
                    self.name()?;
                }
                break;
            }
            if open.is_empty() {
                return Some(());
            }
        }
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Stops at what was taken last.
    fn stop<T>(&mut self) -> Option<T> {
        self.at -= 1;
        None
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
    }

    /// White space, if there is any.
    pub(crate) fn space(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    }

    /// Whether this bracket comes next; takes it.
    pub(crate) fn closes(&mut self, bracket: u8) -> bool {
        self.space();
        let closes = self.peek() == Some(bracket);
        self.at += usize::from(closes);
        closes
    }

    pub(crate) fn expect(&mut self, wanted: u8) -> Option<()> {
        if self.next()? == wanted {
            Some(())
        } else {
            self.stop()
        }
    }

    fn word(&mut self, rest: &[u8]) -> Option<()> {
        rest.iter().try_for_each(|byte| self.expect(*byte))
    }

    /// The name of a member, with its colon; where it is, with its quotes.
    pub(crate) fn name(&mut self) -> Option<Range<usize>> {
        self.space();
        let begin = self.at;
        self.expect(b'"')?;
        self.string()?;
        let name = begin..self.at;
        self.space();
        self.expect(b':')?;
        Some(name)
    }

    /// What follows the quote that begins it.
    fn string(&mut self) -> Option<()> {
        loop {
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => match self.next()? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    b'u' => (0..4).try_for_each(|_| match self.next()? {
                        digit if digit.is_ascii_hexdigit() => Some(()),
                        _ => self.stop(),
                    })?,
                    _ => return self.stop(),
                },
                0..b' ' => return self.stop(),
                _ => {}
            }
        }
    }

    /// What follows the first digit.
    fn number(&mut self, first: u8) -> Option<()> {
        match first {
            b'0' => {}
            b'1'..=b'9' => self.skip(|byte| byte.is_ascii_digit()),
            _ => return self.stop(),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        if !self.next()?.is_ascii_digit() {
            return self.stop();
        }
        self.skip(|byte| byte.is_ascii_digit());
        Some(())
    }
}
