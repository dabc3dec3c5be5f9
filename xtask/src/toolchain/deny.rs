//! cargo-deny, built once into the target directory.

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;

use anyhow::Result;

use crate::command::{Run, cargo};
use crate::paths;

const VERSION: &str = "0.20.2";

/// The path of cargo-deny, built if this version of it is not there.
pub(crate) fn ensure() -> Result<PathBuf> {
    let root = paths::target().join("tools");
    let program = root.join("bin").join(format!("cargo-deny{EXE_SUFFIX}"));
    let version = Run::new(&program)
        .args(["--version"])
        .read()
        .unwrap_or_default();
    if version.trim().ends_with(VERSION) {
        return Ok(program);
    }
    cargo()
        .args([
            "install",
            "--locked",
            "cargo-deny",
            "--version",
            VERSION,
            "--root",
        ])
        .args([root])
        .remedy("crates.io must be reachable for the first run of this step")
        .run()?;
    Ok(program)
}
