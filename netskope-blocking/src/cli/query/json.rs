//! What editors are told: places in each of the ways that they count.

use crate::cli::text::last_line;
use netskope_query::{Completion, Completions, Diagnostic, Severity, Span};
use serde::Serialize;

/// A finding with its place.
#[derive(Debug, Serialize)]
pub(super) struct Finding<'d> {
    severity: Severity,
    message: &'d str,
    expected: Option<&'d str>,
    found: Option<&'d str>,
    help: Option<&'d str>,
    #[serde(flatten)]
    place: Place,
    fix: Option<Edit<'d>>,
}

/// A change of the text.
#[derive(Debug, Serialize)]
struct Edit<'d> {
    #[serde(flatten)]
    place: Place,
    replacement: &'d str,
}

/// What may be written, and what it would replace.
#[derive(Debug, Serialize)]
pub(super) struct Offer<'c> {
    replace: Place,
    items: &'c [Completion],
}

/// A place in the text, from 0 and with its end left out.
#[derive(Debug, Serialize)]
pub(super) struct Place {
    bytes: Span,
    chars: Span,
    utf16: Span,
    /// As the Language Server Protocol has it.
    range: Range,
}

#[derive(Debug, Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Debug, Serialize)]
struct Position {
    line: usize,
    /// In UTF-16 units of the line.
    character: usize,
}

pub(super) fn findings<'d>(text: &str, found: &'d [Diagnostic]) -> Vec<Finding<'d>> {
    let finding = |diagnostic: &'d Diagnostic| Finding {
        severity: diagnostic.severity,
        message: &diagnostic.message,
        expected: diagnostic.expected,
        found: diagnostic.found.as_deref(),
        help: diagnostic.help.as_deref(),
        place: Place::of(text, diagnostic.span),
        fix: diagnostic.fix.as_ref().map(|fix| Edit {
            place: Place::of(text, fix.span),
            replacement: &fix.replacement,
        }),
    };
    found.iter().map(finding).collect()
}

pub(super) fn completions<'c>(text: &str, found: &'c Completions) -> Offer<'c> {
    Offer {
        replace: Place::of(text, found.replace),
        items: &found.items,
    }
}

impl Place {
    pub(super) fn of(text: &str, span: Span) -> Self {
        let position = |at: usize| {
            let (line, before) = last_line(text.get(..at).unwrap_or(text));
            Position {
                line,
                character: before.encode_utf16().count(),
            }
        };
        Self {
            bytes: span,
            chars: span.chars(text),
            utf16: span.utf16(text),
            range: Range {
                start: position(span.start()),
                end: position(span.end()),
            },
        }
    }
}
