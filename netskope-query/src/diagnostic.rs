//! What is wrong with a query, as data that a terminal and a page each draw in their own way.

use crate::Span;
use alloc::{format, string::String, vec::Vec};
use core::cmp::Reverse;
use core::{error, fmt};

/// One finding about a query text.
///
/// Programs that find something themselves can tell of it in the same way:
///
/// ```
/// use netskope_query::{Diagnostic, Report, Severity, Span};
///
/// let mut found = Diagnostic::new(Severity::Note, Span::new(0, 8), "this field is slow to ask for");
/// found.help = Some("ask for host_info.os first".into());
/// assert!(Report::new("username like kim", &found).to_string().starts_with("note at 1:1: this field is slow"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// What is wrong, in lower case, without a full stop.
    pub message: String,
    /// What the parser waited for at the place, in words, such as "an operator"; `None` where the text is a query.
    pub expected: Option<&'static str>,
    /// What stands there instead, cut where it is long, or "the end of the query"; `None` where the text is a query.
    pub found: Option<String>,
    /// What to do about it, in a few words; what it quotes of the query may be cut, with a sign that it was.
    pub help: Option<String>,
    /// The change that mends it, where there is just one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding without help and without a fix.
    pub fn new(severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity,
            span,
            message: message.into(),
            expected: None,
            found: None,
            help: None,
            fix: None,
        }
    }

    pub(crate) fn error(span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, span, message)
    }

    /// Help that quotes the query can be as long as the query, and is cut.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(cut(help.into()));
        self
    }

    /// What was expected, and what was found instead.
    pub(crate) fn instead(self, expected: &'static str, found: String) -> Self {
        Self {
            expected: Some(expected),
            found: Some(found),
            ..self
        }
    }

    pub(crate) fn fix(self, span: Span, replacement: impl Into<String>) -> Self {
        let replacement = replacement.into();
        Self {
            fix: Some(Fix { span, replacement }),
            ..self
        }
    }
}

fn cut(mut help: String) -> String {
    const LONGEST: usize = 200;
    if let Some((end, _)) = help.char_indices().nth(LONGEST) {
        help.truncate(end);
        help.push('…');
    }
    help
}

/// How bad a [`Diagnostic`] is; the worst is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Severity {
    /// The text is no query.
    Error,
    /// The text is a query that probably does not do what was meant.
    Warning,
    /// The text is a query that does what it says; something about it is worth knowing.
    Note,
}

/// A change of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Fix {
    /// What to replace.
    pub span: Span,
    /// With what.
    pub replacement: String,
}

impl Fix {
    /// The text with the change made; unchanged where the span does not fit it.
    pub fn apply(&self, text: &str) -> String {
        let mut changed = String::from(text);
        if text.get(self.span.range()).is_some() {
            changed.replace_range(self.span.range(), &self.replacement);
        }
        changed
    }
}

/// Why a text is not a query: one [`Diagnostic`] of severity [`Severity::Error`] for each mistake.
///
/// As text it is the message of the first, and how many more there are; a [`Report`](crate::Report) shows all of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    diagnostics: Vec<Diagnostic>,
}

impl ParseError {
    /// Never empty.
    pub(crate) fn new(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics }
    }

    /// All mistakes of the text, in its order.
    ///
    /// What only follows from another mistake is not among them. Past the tenth there is one more, which says that there
    /// are more.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The text with all mistakes mended, which parses; `None` where one of them has no [`Fix`].
    pub fn fixed(&self, text: &str) -> Option<String> {
        let fixes = self.diagnostics.iter().map(|found| found.fix.as_ref());
        let mut fixes: Vec<&Fix> = fixes.collect::<Option<_>>()?;
        // From behind, so that places stay what they are. Of two pieces put in at one place the later mistake's comes
        // first, as in `(a in [1`, which is closed by `])`.
        fixes.sort_by_key(|fix| Reverse((fix.span.start(), fix.span.end())));
        Some((fixes.iter()).fold(text.into(), |text: String, fix| fix.apply(&text)))
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.diagnostics.split_first() else {
            return f.write_str("not a query");
        };
        f.write_str(&first.message)?;
        if others.is_empty() {
            return Ok(());
        }
        write!(f, " (and {} more)", others.len())
    }
}

impl error::Error for ParseError {}

/// Text from the query inside a message: short, on one line and in backticks.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String = text.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    format!("`{short}`")
}

/// One column for each character, and nothing that a terminal would obey.
pub(crate) fn visible(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        c if c.is_control() || is_invisible(c) => '\u{fffd}',
        c => c,
    }
}

/// Characters of no width, some of which turn the direction of what follows.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
