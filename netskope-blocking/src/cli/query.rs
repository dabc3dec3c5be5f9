//! The query: read, checked, and reported on with its place underlined.

use super::{
    args::Clients,
    console::Console,
    failure::{Exit, Failure},
};
use netskope_blocking::model::v1::clients::Query;
use netskope_query::{Diagnostic, MAX_LENGTH, ParseError, Report};
use std::{
    borrow::Cow,
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The query that was asked for; none means all devices.
pub(super) fn query(args: &Clients, console: Console) -> Result<Option<Query>, Failure> {
    let text = match (&args.query, &args.query_file) {
        (Some(text), _) => Cow::from(text),
        (None, Some(path)) => Cow::from(read(path)?),
        (None, None) => return Ok(None),
    };
    let query = Query::parse(&text).map_err(|error| not_a_query(&text, &error))?;
    for warning in query.warnings() {
        console.say(report(&text, &warning));
    }
    Ok(Some(query))
}

fn not_a_query(text: &str, error: &ParseError) -> Failure {
    let reports: Vec<String> = error
        .diagnostics()
        .iter()
        .map(|found| report(text, found))
        .collect();
    Failure::Query(reports.join("\n"))
}

fn report(text: &str, found: &Diagnostic) -> String {
    Report::new(text, found).to_string()
}

/// What some editors put in front of a text.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text of a query file, without its last line end.
fn read(path: &Path) -> Result<String, Failure> {
    let unreadable = |error| {
        Failure::new(
            Exit::Local,
            format!("cannot read '{}': {error}", path.display()),
        )
    };
    let bytes = read_bounded(path).map_err(unreadable)?;
    if bytes.len() > MOST {
        return Err(Failure::new(
            Exit::Usage,
            format!("the query file is too long: a query has at most {MAX_LENGTH} bytes"),
        )
        .hint("ask in several queries"));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new(Exit::Usage, "the query file is not valid UTF-8"))?;
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text);
    let text = text.strip_suffix('\n').unwrap_or(text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}

/// The longest query, with a mark in front and a line end behind.
const MOST: usize = BYTE_ORDER_MARK.len_utf8() + MAX_LENGTH + "\r\n".len();

/// The bytes of a file, or so many that they are too many.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let file: Box<dyn Read> = match path.to_str() {
        Some("-") => Box::new(io::stdin().lock()),
        _ => Box::new(File::open(path)?),
    };
    let mut bytes = Vec::new();
    file.take(MOST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
