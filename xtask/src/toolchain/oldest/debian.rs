//! An older Rust from Debian's packages, fetched without root and without a change to the system.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::command::Run;
use crate::toolchain::apt_get;
use crate::{console, paths};

/// What Debian builds from one source, and so in one version.
const COMPILER: &[&str] = &["rustc-web", "cargo-web", "libstd-rust-web-dev"];

/// What these need, which a machine may lack.
const LIBRARIES: &[&str] = &["libllvm19", "libpcre3", "libhttp-parser2.9", "libssh2-1"];

/// Where it is unpacked, as if that were the root of a system.
pub(super) fn root(version: &str) -> PathBuf {
    paths::target().join(format!("tools/rust-{version}"))
}

/// What to do where there is none.
pub(super) fn remedy(version: &str) -> String {
    format!("run `rustup toolchain install {version}`")
}

/// Unpacks the compiler and what it needs below [`root`].
pub(super) fn unpack(version: &str) -> Result<()> {
    if !Run::new("apt-get").args(["--version"]).succeeds() {
        bail!(
            "this is not a Debian system, so Rust {version} was not fetched\nhint: {}",
            remedy(version)
        );
    }
    let packages = packages(version)?;
    console::progress(&format!("fetching Debian's Rust {version}"));
    let root = root(version);
    let downloads = paths::target().join(format!("tools/rust-{version}-packages"));
    paths::replace_dir(&root)?;
    paths::replace_dir(&downloads)?;
    apt_get(&["download", "-o", "APT::Sandbox::User=root"])
        .args(&packages)
        .dir(&downloads)
        .remedy(remedy(version))
        .run()?;
    for package in fs::read_dir(&downloads)? {
        Run::new("dpkg-deb")
            .args([
                "--extract".as_ref(),
                package?.path().as_os_str(),
                root.as_os_str(),
            ])
            .run()?;
    }
    Ok(fs::remove_dir_all(downloads)?)
}

/// The packages to fetch, those of the compiler in the version wanted.
fn packages(version: &str) -> Result<Vec<String>> {
    let offered = || Run::new("apt-cache").args(["madison", COMPILER[0]]).read();
    let mut full = full_version(&offered()?, version);
    if full.is_none() {
        apt_get(&["update"]).remedy(remedy(version)).run()?;
        full = full_version(&offered()?, version);
    }
    let Some(full) = full else {
        bail!(
            "this Debian offers no Rust {version}\nhint: {}",
            remedy(version)
        );
    };
    let compiler = COMPILER.iter().map(|name| format!("{name}={full}"));
    let std = format!("libstd-rust-web-{version}={full}");
    let libraries = LIBRARIES.iter().map(|&name| name.to_owned());
    Ok(compiler.chain([std]).chain(libraries).collect())
}

/// From the lines `package | version | source` of `apt-cache madison`.
fn full_version(offered: &str, version: &str) -> Option<String> {
    let mut versions = offered.lines().filter_map(|line| line.split('|').nth(1));
    let start = format!("{version}.");
    versions
        .find(|full| full.trim().starts_with(&start))
        .map(|full| full.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::full_version;

    #[test]
    fn takes_the_version_wanted_of_those_offered() {
        let offered = "rustc-web | 1.96.0+dfsg1-1 | http://a\nrustc-web | 1.85.0+dfsg3-1~deb12u3 | http://b\n";
        assert_eq!(
            full_version(offered, "1.85").as_deref(),
            Some("1.85.0+dfsg3-1~deb12u3")
        );
        assert_eq!(full_version(offered, "1.8"), None);
    }
}
