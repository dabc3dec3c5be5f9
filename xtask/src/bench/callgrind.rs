//! Instructions, counted by valgrind's callgrind: the same on a busy machine as on an idle one.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::figures::Figures;
use crate::command::Run;
use crate::paths;

/// The function of the bench in which every piece of work is done: callgrind collects there and nowhere else, and writes
/// a file each time it ends.
const MEASURED: &str = "netskope_query_bench::measure::measured";

/// Runs the program under callgrind, which is about 50 times slower than without.
pub(super) fn count(program: &Path) -> Result<Figures> {
    let dir = paths::target().join("bench").join("callgrind");
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let out = dir.join("out");
    let lines = Run::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--collect-atstart=no"])
        .args([format!("--toggle-collect={MEASURED}")])
        .args([format!("--dump-after={MEASURED}")])
        .args([format!("--callgrind-out-file={}", out.display())])
        .args([program, Path::new("once")])
        .shown()
        .read()?;
    let mut dumps = 1..;
    let mut next = || total(&out.with_extension(dumps.next().unwrap_or(0).to_string()));
    Figures::of_counts(&lines, &mut next)
}

/// What one call of the function took.
fn total(dump: &Path) -> Result<f64> {
    let text = fs::read_to_string(dump)
        .with_context(|| format!("callgrind did not write {}", dump.display()))?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    let total = total.context("a file of callgrind without a total")?;
    Ok(total.trim().parse()?)
}
