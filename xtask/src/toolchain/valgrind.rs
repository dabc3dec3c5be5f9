//! Valgrind, which counts instructions, as Debian packages it.

use anyhow::Result;

use super::install_debian_packages;
use crate::command::Run;

/// Installs valgrind unless it is there.
pub(crate) fn ensure() -> Result<()> {
    if Run::new("valgrind").args(["--version"]).succeeds() {
        return Ok(());
    }
    install_debian_packages(&["valgrind"], "put a `valgrind` on PATH")
}
