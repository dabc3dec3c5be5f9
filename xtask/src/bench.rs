//! `cargo xtask bench NAME`: ours and its peers in one run, as a table and as `target/bench/NAME.json`.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::command::{Run, cargo};
use crate::{console, paths, toolchain};
use figures::Figures;

mod callgrind;
mod figures;
mod goals;
mod table;
mod verdict;

const PACKAGE: &str = "netskope-query-bench";
const PROFILE: &str = "measure";

/// Runs the benches named.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    match arguments {
        [name] if name == "query" => query(),
        _ => bail!("usage: cargo xtask bench query"),
    }
}

/// The query language beside its peers: times, all engines in one process, and instructions of the same program.
fn query() -> Result<()> {
    toolchain::valgrind::ensure()?;
    let program = build()?;
    let mut figures = Figures::of_times(&Run::new(&program).args(["times"]).shown().read()?)?;
    figures.extend(callgrind::count(&program)?);
    let names = peer_names()?;
    for part in table::parts(&figures) {
        console::result(&part);
    }
    let rows = goals::rows(&figures, &names);
    console::result(&verdict::table(&rows));
    save("query", &rows)
}

fn build() -> Result<PathBuf> {
    cargo()
        .args(["build", "--package", PACKAGE, "--profile", PROFILE])
        .run()?;
    Ok(paths::target().join(PROFILE).join(PACKAGE))
}

/// The crates that the bench uses, each with its version: `cel 0.15.0`.
fn peer_names() -> Result<Vec<String>> {
    let tree = cargo()
        .args(["tree", "--package", PACKAGE, "--depth", "1"])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .read()?;
    Ok(tree
        .lines()
        .map(|line| line.replacen(" v", " ", 1))
        .collect())
}

fn save(name: &str, rows: &[goals::Row]) -> Result<()> {
    let dir = paths::target().join("bench");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let file = dir.join(format!("{name}.json"));
    let json: Vec<_> = rows.iter().map(goals::Row::json).collect();
    fs::write(&file, serde_json::to_string_pretty(&json)? + "\n")
        .with_context(|| format!("cannot write {}", file.display()))?;
    console::result(&format!("target/bench/{name}.json has all of it"));
    Ok(())
}
