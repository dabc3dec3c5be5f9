//! A diagnostic as plain text.

use crate::diagnostic::visible;
use crate::{Diagnostic, Severity};
use alloc::{format, string::String};
use core::fmt::{self, Display, Formatter, Write};

/// Shows a [`Diagnostic`] with the line it is about and a mark under the place.
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
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    text: &'a str,
    diagnostic: &'a Diagnostic,
}

/// Most characters shown before the place.
const BEFORE: usize = 50;

/// Most characters shown of a line.
const WIDTH: usize = 100;

impl<'a> Report<'a> {
    /// A report on `diagnostic`, which came from `text`.
    pub fn new(text: &'a str, diagnostic: &'a Diagnostic) -> Self {
        Self { text, diagnostic }
    }

    /// The text before the place, on its line and on those above; and the rest of its line.
    fn around(&self) -> (&'a str, &'a str) {
        let start = self.text.floor_char_boundary(self.diagnostic.span.start);
        let (above, from) = self.text.split_at_checked(start).unwrap_or((self.text, ""));
        (above, from.split(['\n', '\r']).next().unwrap_or_default())
    }
}

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (above, from) = self.around();
        let before = above.rsplit('\n').next().unwrap_or_default();
        let line = above.matches('\n').count() + 1;
        let column = before.chars().count() + 1;
        let severity = match self.diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        write!(f, "{severity} at {line}:{column}: ")?;
        plainly(f, &self.diagnostic.message)?;

        let lead = last_chars(before, BEFORE);
        let lead_width = lead.chars().count();
        let tail = first_chars(from, WIDTH - lead_width);
        let end = self.diagnostic.span.end.saturating_sub(above.len());
        let covered = from.get(..end).unwrap_or(from).chars().count();
        let marks = covered.clamp(1, tail.chars().count().max(1));
        writeln!(f, "\n{}", format!("  {lead}{tail}").trim_end())?;
        write!(f, "  {:lead_width$}{:^<marks$}", "", "")?;
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

/// The end of a line, cut to `most` characters with a sign that it was.
fn last_chars(line: &str, most: usize) -> String {
    let from = line.char_indices().rev().nth(most);
    match from {
        Some((at, c)) => {
            let kept = line.get(at + c.len_utf8()..).unwrap_or_default();
            "…"
                .chars()
                .chain(kept.chars().skip(1))
                .map(visible)
                .collect()
        }
        None => line.chars().map(visible).collect(),
    }
}

/// The start of a line, cut to `most` characters with a sign that it was.
fn first_chars(line: &str, most: usize) -> String {
    if line.chars().nth(most).is_some() {
        let kept = line.chars().take(most.saturating_sub(1)).map(visible);
        kept.chain("…".chars()).collect()
    } else {
        line.chars().map(visible).collect()
    }
}
