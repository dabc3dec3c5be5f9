//! The checks that cargo and its tools make on the Rust code.

use anyhow::{Context, Result, bail};

use crate::command::{Run, cargo};
use crate::metadata::Metadata;
use crate::toolchain;
use crate::{console, paths};

/// Members outside the default ones which are linted and documented all the same.
const TOOLS: &[&str] = &["xtask", "xtask-wasm", "netskope-fuzz"];
const WASM: &[&str] = &["netskope-wasm"];
const PURE_CRATES: &[&str] = &["netskope-query", "netskope-model"];
const DENY_WARNINGS: &[&str] = &["--", "-D", "warnings"];

pub(crate) fn fmt() -> Result<()> {
    cargo()
        .args(["fmt", "--all", "--check"])
        .remedy("run `cargo fmt --all`")
        .run()
}

pub(crate) fn clippy() -> Result<()> {
    let metadata = Metadata::load()?;
    let everything: Vec<_> = metadata
        .default_members()
        .chain(TOOLS.iter().chain(WASM).copied())
        .collect();
    lint(&everything, &["--all-targets"])?;
    for (package, features) in metadata.feature_choices() {
        lint(
            &[package],
            &["--no-default-features", "--features", features],
        )?;
    }
    Ok(())
}

fn lint(names: &[&str], selection: &[&str]) -> Result<()> {
    cargo()
        .args(["clippy"])
        .args(packages(names))
        .args(selection)
        .args(DENY_WARNINGS)
        .run()
}

/// Lints the crates without I/O with a configuration that forbids it, in a directory of its own so that the two
/// configurations do not undo each other's work.
pub(crate) fn no_io() -> Result<()> {
    cargo()
        .args(["clippy"])
        .args(packages(PURE_CRATES))
        .args(["--lib", "--target-dir"])
        .args([paths::target().join("no-io")])
        .args(DENY_WARNINGS)
        .env("CLIPPY_CONF_DIR", ".clippy/no-io")
        .run()
}

/// The database of advisories is fetched by git and changes daily, so it is not part of a repeatable test.
pub(crate) fn deny() -> Result<()> {
    let program = toolchain::deny::ensure()?;
    Run::new(program)
        .args(["--all-features", "check", "bans", "licenses", "sources"])
        .run()
}

/// Builds `nskope` and both servers, in one form, since another would build their libraries anew.
pub(crate) fn build_programs() -> Result<()> {
    cargo().args(["build", "--bins"]).run()
}

pub(crate) fn test() -> Result<()> {
    cargo().args(["test", "--quiet"]).run()?;
    cargo()
        .args(["test", "--quiet", "--package", "xtask"])
        .run()
}

/// Runs the tests that need a time of day of their own, and makes sure that there are some.
pub(crate) fn clock() -> Result<()> {
    let library = toolchain::faketime::ensure()?;
    let said = cargo()
        .args(["test", "--quiet", "--package", "netskope-blocking"])
        .args(["--test", "it", "--", "--ignored", "drain::clock"])
        .env("NETSKOPE_FAKETIME", library)
        .shown()
        .read()?;
    console::result(&said);
    if said.contains("ok. 0 passed") {
        bail!("no test has to do with the clock\nhint: tell this step where they went");
    }
    Ok(())
}

pub(crate) fn doc() -> Result<()> {
    let metadata = Metadata::load().context("cannot list the crates to document")?;
    let documented: Vec<_> = metadata
        .default_members()
        .chain(WASM.iter().copied())
        .collect();
    cargo()
        .args(["doc", "--no-deps"])
        .args(packages(&documented))
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()
}

fn packages<'a>(names: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    names.iter().flat_map(|name| ["--package", name])
}
