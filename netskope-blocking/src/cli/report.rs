//! What is said about a query, with the place marked, in colours where they are wanted.

use super::{
    harmless::harmless_line,
    text::{Text, last_line},
};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use netskope_query::{Diagnostic, Severity};
use std::ops::Range;
use terminal_size::{Height, Width};

/// The width of lines where there is no terminal.
const WIDTH: usize = 100;

/// The findings with a blank line between them, and with escape sequences for colours that the stream is to take out where none are
/// wanted. Whatever else would steer a terminal is shown instead.
pub(super) fn painted(
    text: &Text,
    found: &[Diagnostic],
    terminal: Option<(Width, Height)>,
) -> String {
    let width = terminal.map_or(WIDTH, |(Width(columns), _)| columns.into());
    let mut out = String::new();
    for diagnostic in found {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&one(text, diagnostic, width));
        out.push('\n');
    }
    out
}

fn one(text: &Text, diagnostic: &Diagnostic, width: usize) -> String {
    let excerpt = Excerpt::new(&text.content, diagnostic, width);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(harmless_line(&diagnostic.message)));
    let snippet = Snippet::source(excerpt.shown)
        .line_start(excerpt.line)
        .path(text.name.as_deref().map(harmless_line))
        .annotation(AnnotationKind::Primary.span(excerpt.mark));
    group = group.element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(harmless_line(help)));
    }
    Renderer::styled().term_width(width).render(&[group])
}

/// The line of a text that is shown with a finding.
struct Excerpt {
    /// From 1.
    line: usize,
    shown: String,
    /// What is marked of it, in bytes.
    mark: Range<usize>,
}

impl Excerpt {
    /// The line up to the place, by which the renderer counts columns, and what may be shown of the rest, both of which
    /// it cuts to the width. A mark it never cuts, and a quote that is never closed can be 256 KiB long.
    fn new(text: &str, diagnostic: &Diagnostic, width: usize) -> Self {
        let start = text.floor_char_boundary(diagnostic.span.start());
        let (above, from) = text.split_at_checked(start).unwrap_or((text, ""));
        let (lines_above, before) = last_line(above);
        let after = from.split(['\n', '\r']).next().unwrap_or_default();
        let marked = diagnostic.span.end().saturating_sub(start).min(after.len());
        let marked = first_chars(after.get(..marked).unwrap_or(after), width / 2);

        let lead = harmless_line(before);
        let mark = lead.len()..lead.len() + harmless_line(marked).len();
        let mut shown = lead.into_owned() + &harmless_line(first_chars(after, 2 * width));
        shown.truncate(shown.trim_end().len().max(mark.end));
        Self {
            line: lines_above + 1,
            shown,
            mark,
        }
    }
}

fn first_chars(line: &str, most: usize) -> &str {
    let end = line
        .char_indices()
        .nth(most)
        .map_or(line.len(), |(at, _)| at);
    line.get(..end).unwrap_or(line)
}
