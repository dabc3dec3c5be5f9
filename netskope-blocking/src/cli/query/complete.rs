//! `nskope query complete`: what may be written at a place in a query.

use super::json;
use crate::cli::{
    args::query::Complete,
    failure::{Exit, Failure},
    print,
};
use netskope_query::{Completion, complete};
use std::io::{self, IsTerminal};

pub(super) fn run(args: &Complete) -> Result<Exit, Failure> {
    let source = args.source.text()?;
    let mut text = source.content;
    let cursor = args.cursor.unwrap_or(text.len());
    // In an editor the cursor may stand on the empty line that ends a file.
    text.push_str(&source.line_end);
    let found = complete(&text, cursor, args.about.schema());
    if args.output.is_json() {
        print::json(&json::completions(&text, &found))?;
    } else {
        print::text(&list(&found.items, io::stdout().is_terminal()))?;
    }
    Ok(if found.items.is_empty() {
        Exit::NothingMatched
    } else {
        Exit::Found
    })
}

/// One item a line, with what it means behind a tab, or in a column of its own for people.
fn list(items: &[Completion], in_columns: bool) -> String {
    let widths = items.iter().map(|item| item.insert.chars().count());
    let widest = widths.max().unwrap_or_default().min(40);
    let line = |item: &Completion| {
        let (insert, doc) = (&item.insert, &item.doc);
        if in_columns {
            format!("{insert:widest$}  {doc}")
        } else {
            format!("{insert}\t{doc}")
        }
    };
    let lines = items.iter().map(|item| line(item).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use netskope_query::Schema;

    #[test]
    fn people_see_columns_and_programs_a_tab() {
        let items = complete("a eq 1 ", 7, &Schema::EMPTY).items;
        for (in_columns, lines) in [
            (true, "and  both must hold\nor   one of them must hold"),
            (false, "and\tboth must hold\nor\tone of them must hold"),
        ] {
            assert_eq!(list(&items, in_columns), lines);
        }
    }
}
