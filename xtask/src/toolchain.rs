//! What has to be on the machine, and how it gets there: each tool is looked for, then installed, then explained.

use anyhow::{Result, bail};

use crate::command::{self, Run};
use crate::console;

pub(crate) mod chromium;
pub(crate) mod deny;
pub(crate) mod faketime;
pub(crate) mod oldest;
pub(crate) mod valgrind;
pub(crate) mod wasm;

/// Fails unless Node and npm are there; they are the one thing a developer brings along.
pub(crate) fn require_node() -> Result<()> {
    let remedy = "install Node 20 or newer with npm: https://nodejs.org or your system's packages";
    command::require("node", remedy)?;
    command::require("npm", remedy)
}

/// Installs Debian packages when that can be done without asking anybody; `other` is the remedy where it cannot.
pub(crate) fn install_debian_packages(packages: &[&str], other: &str) -> Result<()> {
    let by_hand = format!("apt-get install {}", packages.join(" "));
    if !Run::new("apt-get").args(["--version"]).succeeds() {
        bail!("this is not a Debian system, so nothing was installed\nhint: {other}");
    }
    if Run::new("id").args(["-u"]).read()?.trim() != "0" {
        bail!("installing needs root\nhint: either run `{by_hand}` as root, or {other}");
    }
    console::progress(&format!("installing {}", packages.join(" ")));
    apt_get(&["update"]).run()?;
    apt_get(&["install", "--yes", "--no-install-recommends"])
        .args(packages)
        .remedy(format!("either run `{by_hand}` as root, or {other}"))
        .run()
}

fn apt_get(args: &[&str]) -> Run {
    Run::new("apt-get")
        .args(["--quiet"])
        .args(args)
        .env("DEBIAN_FRONTEND", "noninteractive")
}
