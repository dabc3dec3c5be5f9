//! `nskope query`: what can be done with a query without a tenant.

mod check;
mod complete;
mod explain;
mod filter;
mod fmt;
mod json;

use super::{
    args::query::Query,
    console::Console,
    failure::{Exit, Failure},
    text::Text,
};
use netskope_query::{Expr, Schema, parse_with};

pub(super) fn run(args: &Query, console: Console) -> Result<Exit, Failure> {
    match args {
        Query::Check(args) => check::run(args),
        Query::Fmt(args) => fmt::run(args, console),
        Query::Explain(args) => explain::run(args, console),
        Query::Complete(args) => complete::run(args),
        Query::Filter(args) => filter::run(args, console),
    }
}

/// The query of a text; what is wrong with one that is none is said on standard error.
pub(super) fn parsed(text: &Text, schema: &Schema<'_>, console: Console) -> Result<Expr, Failure> {
    parse_with(&text.content, schema).map_err(|error| {
        console.findings(text, error.diagnostics());
        Failure::NoQuery
    })
}
