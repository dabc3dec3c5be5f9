//! The page in `web-demo/app`: its npm packages, its build, and its tests.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::command::Run;
use crate::toolchain::{self, chromium};
use crate::{paths, rust, wasm};

/// Builds the page, and checks its types and those of the npm package.
pub(crate) fn check() -> Result<()> {
    build()?;
    script("check")?.run()?;
    npm()
        .args([
            "exec",
            "--",
            "tsc",
            "--project",
            "../../netskope-wasm/tests/types",
        ])
        .run()
}

/// Builds the page into `web-demo/app/dist`, with the npm package that it uses.
pub(crate) fn build() -> Result<()> {
    wasm::build()?;
    install()?;
    script("build")?.run()
}

/// Drives the page in Chromium. The tests start the servers they need, from the programs built here.
pub(crate) fn e2e() -> Result<()> {
    chromium::ensure()?;
    rust::build_programs()?;
    build()?;
    script("e2e")?
        .env("CHROMIUM", chromium::CHROMIUM)
        .env("NETSKOPE_BIN_DIR", paths::target().join("debug"))
        .run()
}

/// Installs exactly what the lock file says, unless that has been done.
fn install() -> Result<()> {
    toolchain::require_node()?;
    let installed = paths::app().join("node_modules/.package-lock.json");
    if newer(&installed, &paths::app().join("package-lock.json")) {
        return Ok(());
    }
    npm()
        .args(["ci", "--no-audit", "--no-fund"])
        .remedy("the npm registry must be reachable for the first build of the page")
        .run()
}

fn newer(file: &Path, than: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified());
    matches!((time(file), time(than)), (Ok(file), Ok(than)) if file > than)
}

fn script(name: &str) -> Result<Run> {
    install()?;
    Ok(npm().args(["run", "--silent", name]))
}

fn npm() -> Run {
    Run::new("npm").dir(paths::app())
}
