//! `nskope query complete`: what may be written at a place in a query.

use super::{json, print};
use crate::cli::{
    args::query::Complete,
    failure::{Exit, Failure},
};
use netskope_query::complete;
use std::fmt::Write;

pub(super) fn run(args: &Complete) -> Result<Exit, Failure> {
    let text = args.source.text()?.content;
    let found = complete(
        &text,
        args.cursor.unwrap_or(text.len()),
        args.about.schema(),
    );
    if args.output.is_json() {
        print::json(&json::completions(&text, &found))?;
    } else {
        let mut list = String::new();
        for item in &found.items {
            let line = format!("{}\t{}", item.insert, item.doc);
            let _ = writeln!(list, "{}", line.trim_end());
        }
        print::text(&list)?;
    }
    Ok(if found.items.is_empty() {
        Exit::NothingMatched
    } else {
        Exit::Found
    })
}
