//! Our evaluator beside that of the official command line.

use std::fs;

use anyhow::{Context, Result};

use super::python;
use crate::command::{Run, cargo};
use crate::paths;

const PAIRS: &str = "20000";
const SEED: &str = "1";

/// Runs both over generated pairs of a query and a record.
pub(crate) fn check() -> Result<()> {
    let python = python()?;
    cargo()
        .args([
            "build",
            "--quiet",
            "--package",
            "netskope-tests",
            "--example",
            "jql_pairs",
        ])
        .run()?;
    let pairs = Run::new(paths::binary("examples/jql_pairs"))
        .args([PAIRS, SEED])
        .read()?;
    let file = paths::target().join("jql-pairs.ndjson");
    fs::write(&file, pairs).with_context(|| format!("cannot write {}", file.display()))?;
    Run::new(python)
        .args(["tests/peers/jql.py", "netskope-query/SEMANTICS.md"])
        .args([file])
        .remedy("either mend our evaluator, or make the difference a rule in tests/peers/jql.py and a line of SEMANTICS.md")
        .run()
}
