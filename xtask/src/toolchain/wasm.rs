//! A compiler for wasm32: rustup's target where there is one, else Debian's compiler, which builds std itself.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::install_debian_packages;
use crate::command::{Run, cargo, without_cargo_run};
use crate::{console, paths};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_PACKAGES: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "lld-22",
];
const DEBIAN_FILES: &[&str] = &[
    "/usr/bin/rustc",
    "/usr/bin/cargo",
    "/usr/bin/rust-lld",
    "/usr/lib/rustlib/src/rust/library/Cargo.lock",
];

/// A way to compile for wasm32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The compiler at hand has the target.
    Target,
    /// Debian's compiler, which comes with the sources of std instead of a built one.
    Debian,
}

impl Toolchain {
    /// Finds a way to compile for wasm32, installing one if need be.
    pub(crate) fn ensure() -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        let rustup = || Run::new("rustup").args(["target", "add", TARGET]);
        if Run::new("rustup").args(["--version"]).succeeds()
            && rustup().run().is_ok()
            && target_is_there()
        {
            return Ok(Self::Target);
        }
        install_debian_packages(
            DEBIAN_PACKAGES,
            &format!("run `rustup target add {TARGET}`"),
        )?;
        match Self::find() {
            Some(found) => Ok(found),
            None => bail!(
                "{} were installed, yet not all of {} are there",
                DEBIAN_PACKAGES.join(" "),
                DEBIAN_FILES.join(" ")
            ),
        }
    }

    fn find() -> Option<Self> {
        if target_is_there() {
            return Some(Self::Target);
        }
        DEBIAN_FILES
            .iter()
            .all(|file| Path::new(file).exists())
            .then_some(Self::Debian)
    }

    /// A cargo command that compiles for wasm32, with `command` as its first word.
    pub(crate) fn cargo(self, command: &str) -> Run {
        let target = ["--target", TARGET];
        match self {
            Self::Target => cargo().args([command]).args(target),
            Self::Debian => debian_cargo()
                .args([command])
                .args(target)
                .args(["-Zbuild-std=std,panic_abort", "--target-dir"])
                .args([self.target_dir()]),
        }
    }

    /// Where its results are. Debian's has a directory of its own, since two compilers in one would undo each other's work.
    pub(crate) fn target_dir(self) -> PathBuf {
        match self {
            Self::Target => paths::target(),
            Self::Debian => paths::target().join("wasm-debian"),
        }
    }

    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Target => "the compiler's own wasm32 target",
            Self::Debian => "Debian's rustc-web with a std built from source",
        }
    }
}

/// Says which way is taken, and takes it.
pub(crate) fn ensure() -> Result<Toolchain> {
    let toolchain = Toolchain::ensure()?;
    console::progress(&format!(
        "compiling for wasm32 with {}",
        toolchain.describe()
    ));
    Ok(toolchain)
}

fn target_is_there() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let libdir = Run::new(rustc)
        .args(["--print", "target-libdir", "--target", TARGET])
        .read();
    libdir
        .ok()
        .and_then(|dir| fs::read_dir(dir.trim()).ok())
        .is_some_and(|mut entries| entries.next().is_some())
}

fn debian_cargo() -> Run {
    let mut run = without_cargo_run(Run::new("/usr/bin/cargo"));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let foreign = [
            "RUSTC",
            "RUSTDOC",
            "RUSTUP",
            "RUSTFLAGS",
            "CARGO_ENCODED",
            "CARGO_BUILD_",
        ];
        if foreign.iter().any(|prefix| text.starts_with(prefix)) {
            run = run.env_remove(name);
        }
    }
    run.env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
}
