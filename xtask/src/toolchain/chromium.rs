//! A headless Chromium and its driver, as Debian packages them.

use std::path::Path;

use anyhow::Result;

use super::install_debian_packages;

pub(crate) const CHROMIUM: &str = "/usr/bin/chromium";
pub(crate) const CHROMEDRIVER: &str = "/usr/bin/chromedriver";

/// Installs Chromium and its driver unless both are there.
pub(crate) fn ensure() -> Result<()> {
    if Path::new(CHROMIUM).exists() && Path::new(CHROMEDRIVER).exists() {
        return Ok(());
    }
    install_debian_packages(
        &["chromium", "chromium-driver"],
        &format!("put a Chromium at {CHROMIUM} and its ChromeDriver at {CHROMEDRIVER}"),
    )
}
