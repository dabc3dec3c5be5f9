//! Netskope's own Python packages, as second opinions on ours.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::command::{Run, require};
use crate::paths;
use crate::toolchain::install_debian_packages;

pub(crate) mod jql;
pub(crate) mod sdk;

const REQUIREMENTS: &str = "tests/peers/requirements.txt";

/// The Python of a virtual environment that holds the peers, in the versions of the requirements.
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
    // The requirements name all that is run. The official command line needs much more, but only its evaluator is used.
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
        .args([
            "-c",
            "import netskope_cli.core.filtering, netskope_api.iterator.netskope_iterator",
        ])
        .succeeds()
    {
        bail!("{REQUIREMENTS} was installed, yet Python does not find the peers in it");
    }
    fs::copy(wanted, installed)?;
    Ok(python)
}
