//! Where things are in this repository and below its target directory.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let xtask =
        env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&xtask)
        .parent()
        .map(Path::to_owned)
        .unwrap_or_default()
}

/// Cargo's target directory, where everything built ends up.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program of the workspace, as built by the dev profile.
pub(crate) fn binary(name: &str) -> PathBuf {
    target()
        .join("debug")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The npm package built from `netskope-wasm`.
pub(crate) fn wasm_package() -> PathBuf {
    root().join("netskope-wasm/pkg")
}

/// The page's own npm project.
pub(crate) fn app() -> PathBuf {
    root().join("web-demo/app")
}

/// Recorded responses of a tenant, which are not part of the repository.
pub(crate) fn fixtures() -> PathBuf {
    env::var_os("NETSKOPE_FIXTURES")
        .map_or_else(|| root().join("../shared/fixtures"), PathBuf::from)
}

/// Makes the folder, empty.
pub(crate) fn replace_dir(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => fs::create_dir_all(dir),
    }
    .with_context(|| format!("cannot empty {}", dir.display()))
}
