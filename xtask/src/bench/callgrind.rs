//! Instructions, counted by valgrind's callgrind: the same on a busy machine as on an idle one.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::figures::Figures;
use crate::command::Run;
use crate::paths;

/// Runs the program under callgrind, which collects inside this function and nowhere else, and writes a file each time it
/// ends; about 50 times slower than without.
pub(super) fn count(program: &Path, measured: &str) -> Result<Figures> {
    let out = out()?;
    let lines = Run::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--collect-atstart=no"])
        .args([format!("--toggle-collect={measured}")])
        .args([format!("--dump-after={measured}")])
        .args([format!("--callgrind-out-file={}", out.display())])
        .args([program, Path::new("once")])
        .shown()
        .read()?;
    let mut dumps = 1..;
    let mut next = || total(&out.with_extension(dumps.next().unwrap_or(0).to_string()));
    Figures::of_counts(&lines, &mut next)
}

/// Runs a program with its arguments, prepared so, and counts all that it does.
pub(super) fn count_whole(words: &[OsString], prepared: impl Fn(Run) -> Run) -> Result<f64> {
    let out = out()?;
    let run = Run::new("valgrind")
        .args(["--tool=callgrind", "--quiet"])
        .args([format!("--callgrind-out-file={}", out.display())])
        .args(words);
    prepared(run).shown().read()?;
    total(&out)
}

/// A file in a folder of its own.
fn out() -> Result<PathBuf> {
    let dir = paths::target().join("bench").join("callgrind");
    paths::replace_dir(&dir)?;
    Ok(dir.join("out"))
}

/// What was collected in a file.
fn total(dump: &Path) -> Result<f64> {
    let text = fs::read_to_string(dump)
        .with_context(|| format!("callgrind did not write {}", dump.display()))?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    let total = total.context("a file of callgrind without a total")?;
    Ok(total.trim().parse()?)
}
