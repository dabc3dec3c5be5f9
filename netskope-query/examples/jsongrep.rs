//! The lines of JSON that match a query, byte for byte as they came:
//!
//! ```text
//! cargo run -p netskope-query --example jsongrep -- "app like drop and bytes gte 1000000" < events.ndjson
//! ```
//!
//! It ends as grep does: with 0 where a line matched, 1 where none did, and 2 where the query or a line could not be read.

use netskope_query::{Dialect, Filter, Report, Schema, parse};
use serde_json::Value;
use std::io::{BufRead, Write, stdin, stdout};
use std::{env, error::Error, process::ExitCode};

#[expect(clippy::print_stderr, reason = "a program says what failed")]
fn main() -> ExitCode {
    let text = env::args().nth(1).unwrap_or_default();
    match grep(&text, stdin().lock(), stdout().lock()) {
        Ok(matched) => ExitCode::from(u8::from(!matched)),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Whether a line matched. It ends at the first that is no JSON.
pub(crate) fn grep(
    text: &str,
    mut input: impl BufRead,
    mut output: impl Write,
) -> Result<bool, Box<dyn Error>> {
    let query = parse(text).map_err(|error| Report::all(text, error.diagnostics()).to_string())?;
    let filter = Filter::<Value>::compile(&query, Dialect::SkopeIt, &Schema::EMPTY)?;
    let (mut line, mut number, mut matched) = (String::new(), 0, false);
    while input.read_line(&mut line)? > 0 {
        number += 1;
        let read = filter.matches_text(&line);
        if read.map_err(|error| format!("line {number}: {error}"))? {
            output.write_all(line.as_bytes())?;
            matched = true;
        }
        line.clear();
    }
    Ok(matched)
}
