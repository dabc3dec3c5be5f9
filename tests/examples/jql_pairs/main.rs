//! Pairs of a query and a record, with what our JQL dialect says of each, for a comparison with the official command line.
//!
//! `cargo run -p netskope-tests --example jql_pairs -- COUNT SEED` writes one JSON object a line: `query` as we read it, `peer`
//! in the words of the command line, which has fewer spellings, the `record`, and `ours`: true, false, or null for "no query".

use std::error::Error;
use std::io::{self, BufWriter, Write};

use netskope_query::{Dialect, Expr, Filter, Schema, parse};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

mod query;
mod record;

use query::Query;

fn main() -> Result<(), Box<dyn Error>> {
    let numbers: Vec<u64> = (std::env::args().skip(1))
        .map(|word| word.parse())
        .collect::<Result<_, _>>()?;
    let [count, seed] = numbers[..] else {
        return Err("two numbers are needed: how many pairs, and a seed".into());
    };
    let mut runner = runner(seed);
    let pairs = record::record().prop_flat_map(|record| {
        let query = query::query(&record);
        (query, proptest::strategy::Just(record))
    });
    let mut out = BufWriter::new(io::stdout().lock());
    for _ in 0..count {
        let tree = (pairs.new_tree(&mut runner)).map_err(|reason| reason.message().to_owned())?;
        let (query, record) = tree.current();
        writeln!(out, "{}", pair(&query, &record)?)?;
    }
    Ok(out.flush()?)
}

/// A generator that gives the same for the same seed.
fn runner(seed: u64) -> TestRunner {
    let mut bytes = [1; 16];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(RngAlgorithm::XorShift, &bytes),
    )
}

fn pair(query: &Query, record: &Value) -> Result<Value, Box<dyn Error>> {
    let verdict = match parse(&query.ours) {
        Ok(expr) => Some(verdict(&expr, record)?),
        Err(_) => None,
    };
    Ok(json!({ "query": query.ours, "peer": query.peer, "record": record, "ours": verdict }))
}

/// What both ways to run a filter say.
fn verdict(expr: &Expr, record: &Value) -> Result<bool, Box<dyn Error>> {
    let filter = Filter::compile(expr, Dialect::Jql, &Schema::EMPTY)?;
    let (of_value, of_text) = (
        filter.matches(record),
        filter.matches_text(&record.to_string())?,
    );
    if of_value != of_text {
        return Err(
            format!("`{expr}` on {record}: {of_value} as a value, {of_text} as text").into(),
        );
    }
    Ok(of_value)
}
