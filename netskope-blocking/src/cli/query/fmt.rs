//! `nskope query fmt`: a query in its canonical form.

use super::parsed;
use crate::cli::{
    args::query::Fmt,
    console::Console,
    failure::{Exit, Failure},
    print,
};
use netskope_blocking::model::v1::clients::SCHEMA;
use netskope_query::simplify;

pub(super) fn run(args: &Fmt, console: Console) -> Result<Exit, Failure> {
    let mut query = parsed(&args.source.text()?, &SCHEMA, console)?;
    if args.simplify {
        query = simplify(query);
    }
    match args.width {
        Some(width) => print::exactly(&query.wrapped(width).to_string())?,
        None => print::exactly(&query.to_string())?,
    }
    Ok(Exit::Found)
}
