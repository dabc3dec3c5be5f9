//! `cargo xtask bench NAME`: ours and its peers in one run, as a table and as `target/bench/NAME.json`.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::command::cargo;
use crate::{console, paths};
use figures::Figures;
use goals::Row;

mod callgrind;
mod drain;
mod figures;
mod goals;
mod query;
mod table;
mod verdict;

const PROFILE: &str = "measure";

/// Runs the benches named.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    match arguments {
        [name] if name == "query" => query::run(),
        [name] if name == "drain" => drain::run(),
        _ => bail!("usage: cargo xtask bench query|drain"),
    }
}

/// Builds a package with the profile that measures, by itself, so that it has the features it asks for and no more.
fn build(package: &str) -> Result<PathBuf> {
    cargo()
        .args(["build", "--package", package, "--profile", PROFILE])
        .run()?;
    Ok(paths::target().join(PROFILE).join(package))
}

/// Prints all figures and what they came to, and saves the latter.
fn report(name: &str, figures: &Figures, rows: &[Row]) -> Result<()> {
    for part in table::parts(figures) {
        console::result(&part);
    }
    console::result(&verdict::table(rows));
    save(name, rows)
}

fn save(name: &str, rows: &[Row]) -> Result<()> {
    let dir = paths::target().join("bench");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let file = dir.join(format!("{name}.json"));
    let json: Vec<_> = rows.iter().map(Row::json).collect();
    fs::write(&file, serde_json::to_string_pretty(&json)? + "\n")
        .with_context(|| format!("cannot write {}", file.display()))?;
    console::result(&format!("target/bench/{name}.json has all of it"));
    Ok(())
}
