//! The lines of JSON that match a query, byte for byte as they came:
//!
//! ```text
//! cargo run -p netskope-query --example jsongrep -- "app like drop and bytes gte 1000000" < events.ndjson
//! ```
//!
//! It ends as grep does: with 0 where a line matched, 1 where none did, and 2 where the query or a line could not be read.

use netskope_query::{Dialect, Filter, Report, Schema, parse};
use serde_json::Value;
use std::env;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

#[expect(clippy::print_stderr, reason = "a program says what failed")]
fn main() -> ExitCode {
    let argument = env::args_os()
        .nth(1)
        .and_then(|text| text.into_string().ok());
    let Some(text) = argument else {
        eprintln!("usage: jsongrep QUERY < LINES");
        return ExitCode::from(2);
    };
    let ended = compiled(&text).and_then(|filter| {
        let (input, output) = (io::stdin().lock(), io::stdout().lock());
        grep(&filter, input, output, io::stderr()).map_err(|error| format!("jsongrep: {error}"))
    });
    ended.map_or_else(
        |message| {
            eprintln!("{message}");
            ExitCode::from(2)
        },
        ExitCode::from,
    )
}

/// The query, ready to run; or what is wrong with it, for people.
pub(crate) fn compiled(text: &str) -> Result<Filter<'static, Value>, String> {
    let query = parse(text).map_err(|error| Report::all(text, error.diagnostics()).to_string())?;
    Filter::compile(&query, Dialect::SkopeIt, &Schema::EMPTY).map_err(|error| error.to_string())
}

/// Gives the exit code. Lines of white space are passed over, and lines that are no JSON are told of and left out.
pub(crate) fn grep(
    filter: &Filter<'_, Value>,
    mut input: impl BufRead,
    mut output: impl Write,
    mut errors: impl Write,
) -> io::Result<u8> {
    let (mut matched, mut failed) = (false, false);
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let text = std::str::from_utf8(&line).map_err(|error| error.to_string());
        match text.and_then(|text| filter.matches_text(text).map_err(|error| error.to_string())) {
            Ok(true) => {
                output.write_all(&line)?;
                matched = true;
            }
            Ok(false) => {}
            Err(error) => {
                writeln!(errors, "jsongrep: line {number}: {error}")?;
                failed = true;
            }
        }
    }
    Ok(if failed { 2 } else { u8::from(!matched) })
}
