//! A diagnostic as plain text.

use crate::diagnostic::visible;
use crate::width::width;
use crate::{Diagnostic, Severity};
use alloc::string::String;
use core::fmt::{self, Display, Formatter, Write};

/// Shows a [`Diagnostic`] with the line it is about and marks under the place.
///
/// ```
/// use netskope_query::{Report, parse};
///
/// let text = "status eq Access Denied";
/// let error = parse(text).unwrap_err();
/// assert_eq!(
///     Report::new(text, &error.diagnostics()[0]).to_string(),
///     "error at 1:11: a value of several words needs quotes
///   status eq Access Denied
///             ^^^^^^^^^^^^^
/// help: write 'Access Denied'"
/// );
/// ```
///
/// Line and column are counted from 1, columns in characters; a line ends as editors have it. The marks stand right on terminals of fixed columns, also under wide
/// and combining characters: a tab is shown as four spaces, a character that a terminal would obey or not draw as `�`, and
/// variation selectors and skin tones, which each terminal takes in its own way, are left out.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    text: &'a str,
    diagnostic: &'a Diagnostic,
}

/// Shows several diagnostics of one text, with an empty line between them: what [`Report::all`] gives.
#[derive(Clone, Copy, Debug)]
pub struct Reports<'a> {
    text: &'a str,
    diagnostics: &'a [Diagnostic],
}

/// Most columns shown before the place.
const BEFORE: usize = 50;

/// Most columns shown of a line.
const WIDTH: usize = 100;

/// Columns shown for a tab, wherever it stands.
const TAB: usize = 4;

/// What ends a line, together or alone.
const ENDS: [char; 2] = ['\r', '\n'];

impl<'a> Report<'a> {
    /// A report on `diagnostic`, which came from `text`.
    pub fn new(text: &'a str, diagnostic: &'a Diagnostic) -> Self {
        Self { text, diagnostic }
    }

    /// Reports on all of `diagnostics`, which came from `text`.
    pub fn all(text: &'a str, diagnostics: &'a [Diagnostic]) -> Reports<'a> {
        Reports { text, diagnostics }
    }

    /// The text before the place, on its line and on those above; and the rest of its line.
    fn around(&self) -> (&'a str, &'a str) {
        let start = self.diagnostic.span.start().min(self.text.len());
        let boundary = (0..=start)
            .rev()
            .find_map(|at| self.text.split_at_checked(at));
        let (above, from) = boundary.unwrap_or(("", self.text));
        (above, from.split(ENDS).next().unwrap_or_default())
    }
}

impl Display for Reports<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            Report::new(self.text, diagnostic).fmt(f)?;
        }
        Ok(())
    }
}

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (above, from) = self.around();
        let before = above.rsplit(ENDS).next().unwrap_or_default();
        let line = above.matches(ENDS).count() - above.matches("\r\n").count() + 1;
        let column = before.chars().count() + 1;
        let severity = match self.diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        write!(f, "{severity} at {line}:{column}: ")?;
        plainly(f, &self.diagnostic.message)?;

        let mut shown = Line(String::from("  "));
        let cut = before.len() - fitting(before.chars().rev(), before, BEFORE);
        let mut lead = shown.ellipsis(cut > 0);
        lead += shown.draw(before.get(cut..).unwrap_or_default());
        let (tail, rest) = split_at(from, fitting(from.chars(), from, WIDTH - lead));
        let covered = self.diagnostic.span.end().saturating_sub(above.len());
        let (marked, unmarked) = split_at(tail, covered);
        let mut marks = shown.draw(marked);
        shown.draw(unmarked);
        let ellipsis = shown.ellipsis(!rest.is_empty());
        if covered > tail.len() {
            marks += ellipsis;
        }
        writeln!(f, "\n{}", shown.0.trim_end())?;
        write!(f, "  {:lead$}{:^<2$}", "", "", marks.max(1))?;
        match &self.diagnostic.help {
            Some(help) => {
                f.write_str("\nhelp: ")?;
                plainly(f, help)
            }
            None => Ok(()),
        }
    }
}

fn plainly(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    text.chars().try_for_each(|c| f.write_char(visible(c)))
}

/// A line as it is shown; each part drawn gives its columns.
struct Line(String);

impl Line {
    fn draw(&mut self, text: &str) -> usize {
        let mut columns = 0;
        for c in text.chars() {
            let (drawn, times) = drawn(c);
            self.0.extend(core::iter::repeat_n(drawn, times));
            columns += times * width(drawn);
        }
        columns
    }

    fn ellipsis(&mut self, cut: bool) -> usize {
        if cut { self.draw("…") } else { 0 }
    }
}

/// What is drawn for a character, and how often.
fn drawn(c: char) -> (char, usize) {
    match c {
        '\t' => (' ', TAB),
        '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => (c, 0),
        c => (visible(c), 1),
    }
}

/// How many bytes of `text` fit, of which `chars` are the characters; one column stays free where not all do.
fn fitting(chars: impl Iterator<Item = char>, text: &str, most: usize) -> usize {
    let (mut bytes, mut columns, mut fits) = (0, 0, 0);
    // Marks take no column, and a line of nothing but marks is long as well.
    for c in chars.take(2 * most) {
        let (drawn, times) = drawn(c);
        columns += times * width(drawn);
        if columns > most {
            return fits;
        }
        bytes += c.len_utf8();
        if columns < most {
            fits = bytes;
        }
    }
    if bytes == text.len() { bytes } else { fits }
}

/// Splits at this byte, at the next character where it is inside one, or at the end.
fn split_at(text: &str, at: usize) -> (&str, &str) {
    let mut places = at..text.len();
    let split = places.find_map(|at| text.split_at_checked(at));
    split.unwrap_or((text, ""))
}
