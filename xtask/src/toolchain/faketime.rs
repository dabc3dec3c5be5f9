//! libfaketime, which gives a process a time of day of its own, as Debian packages it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::install_debian_packages;

/// Where the library is, installed unless it is there. The form for programs with threads.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(library) = installed() {
        return Ok(library);
    }
    install_debian_packages(&["libfaketime"], "run this step on a Debian system")?;
    installed().context("libfaketime was installed, yet it is in none of the folders of /usr/lib")
}

/// Each architecture has a folder of its own.
fn installed() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.flatten();
    let mut libraries = folders.map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"));
    libraries.find(|library| library.exists())
}
