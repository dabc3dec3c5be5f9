//! Our evaluator beside that of the official command line, a Python package.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::command::{Run, cargo, require};
use crate::paths;
use crate::toolchain::install_debian_packages;

const REQUIREMENTS: &str = "tests/peers/requirements.txt";
const PAIRS: &str = "20000";
const SEED: &str = "1";

/// Runs both over generated pairs of a query and a record.
pub(crate) fn jql() -> Result<()> {
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

/// The Python of a virtual environment that holds the peer, in the version of the requirements.
pub(crate) fn python() -> Result<PathBuf> {
    let environment = paths::target().join("tools/peers");
    let python = environment.join("bin/python");
    let (wanted, installed) = (
        paths::root().join(REQUIREMENTS),
        environment.join("requirements.txt"),
    );
    if python.exists() && fs::read(&installed).ok() == fs::read(&wanted).ok() {
        return Ok(python);
    }
    require("python3", "install Python 3 with its module venv")?;
    let make = || {
        Run::new("python3")
            .args(["-m", "venv", "--clear"])
            .args([&environment])
    };
    if !Run::new("python3")
        .args(["-c", "import ensurepip, venv"])
        .succeeds()
    {
        install_debian_packages(&["python3-venv"], "install Python's module venv")?;
    }
    make().run()?;
    // The evaluator needs nothing but Python, and the rest of the command line is not run.
    Run::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ])
        .args(["--requirement", REQUIREMENTS])
        .remedy("PyPI must be reachable for the first run of this step")
        .run()?;
    if !Run::new(&python)
        .args(["-c", "import netskope_cli.core.filtering"])
        .succeeds()
    {
        bail!("{REQUIREMENTS} was installed, yet Python does not find the evaluator in it");
    }
    fs::copy(wanted, installed)?;
    Ok(python)
}
