//! Standard output.

use super::{
    failure::Failure,
    harmless::{harmless_json, harmless_line},
    report,
    text::Text,
};
use anstream::AutoStream;
use netskope_query::Diagnostic;
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use terminal_size::{Width, terminal_size_of};

/// Lines for people: what would steer a terminal is shown instead.
pub(super) fn text(lines: &str) -> Result<(), Failure> {
    let mut shown = String::new();
    for line in lines.lines() {
        shown.push_str(&harmless_line(line));
        shown.push('\n');
    }
    write(io::stdout().lock(), &shown)
}

/// Text for programs, and for people where they are the ones who read it.
pub(super) fn exactly(lines: &str) -> Result<(), Failure> {
    let stdout = io::stdout().lock();
    if stdout.is_terminal() {
        return text(lines);
    }
    write(stdout, &format!("{lines}\n"))
}

/// One value, on one line for programs.
pub(super) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let stdout = io::stdout().lock();
    let json = if stdout.is_terminal() {
        serde_json::to_string_pretty(value)
    } else {
        serde_json::to_string(value)
    };
    let json = json.map_err(|error| Failure::writing(&error.into()))?;
    write(stdout, &format!("{}\n", harmless_json(&json)))
}

/// How wide standard output is, where that is known.
pub(super) fn width() -> Option<usize> {
    terminal_size_of(io::stdout()).map(|(Width(width), _)| width.into())
}

/// What there is to say about a query, with the places marked.
pub(super) fn findings(text: &Text, found: &[Diagnostic]) -> Result<(), Failure> {
    let stdout = io::stdout().lock();
    let painted = report::painted(text, found, terminal_size_of(&stdout));
    write(AutoStream::auto(stdout), &painted)
}

fn write(mut out: impl Write, text: &str) -> Result<(), Failure> {
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Failure::writing(&error))
}
