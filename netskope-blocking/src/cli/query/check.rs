//! `nskope query check`: what is wrong with a query, or worth a word.

use super::json;
use crate::cli::{
    args::query::Check,
    failure::{Exit, Failure},
    print,
    text::Text,
};
use netskope_query::{Diagnostic, Schema, Severity, check, parse_with};

pub(super) fn run(args: &Check) -> Result<Exit, Failure> {
    let text = args.source.text()?;
    let found = findings(&text, args.about.schema());
    if args.output.is_json() {
        print::json(&json::findings(&text.content, &found))?;
    } else {
        print::findings(&text, &found)?;
    }
    let is_query = found
        .iter()
        .all(|finding| finding.severity != Severity::Error);
    Ok(if is_query { Exit::Found } else { Exit::Usage })
}

fn findings(text: &Text, schema: &Schema<'_>) -> Vec<Diagnostic> {
    match parse_with(&text.content, schema) {
        Ok(query) => check(&query, schema),
        Err(error) => error.diagnostics().to_vec(),
    }
}
