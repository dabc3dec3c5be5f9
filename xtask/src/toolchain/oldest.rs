//! The oldest Rust that a crate promises to build with: rustup's where it is installed, else Debian's, unpacked without
//! being installed, so that it stands beside a newer one.

use std::env::consts::ARCH;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::command::{Run, without_cargo_run};
use crate::paths;

mod debian;

/// All of std that a crate without std may use, with what the two are made of.
const WITHOUT_STD: &[&str] = &[
    "libcore-",
    "liballoc-",
    "libcompiler_builtins-",
    "librustc_std_workspace_core-",
];

/// A compiler with its cargo.
#[derive(Debug)]
pub(crate) struct Toolchain {
    sysroot: PathBuf,
    /// Where its shared libraries are, if not where it looks for them by itself.
    libraries: Option<OsString>,
}

impl Toolchain {
    /// Finds Rust of the version, such as `1.85`, or fetches Debian's.
    pub(crate) fn ensure(version: &str) -> Result<Self> {
        if let Some(found) = Self::of_rustup(version)? {
            return Ok(found);
        }
        let debian = Self::of_debian(version);
        if !debian.works(version) {
            debian::unpack(version)?;
        }
        if !debian.works(version) {
            bail!(
                "Debian's Rust {version} does not start\nhint: {}",
                debian::remedy(version)
            );
        }
        Ok(debian)
    }

    fn of_rustup(version: &str) -> Result<Option<Self>> {
        let rustc = |question: &[&str]| {
            Run::new("rustup")
                .env("RUSTUP_AUTO_INSTALL", "0")
                .args(["run", version, "rustc"])
                .args(question)
        };
        if !rustc(&["--version"]).succeeds() {
            return Ok(None);
        }
        let sysroot = rustc(&["--print", "sysroot"]).read()?;
        Ok(Some(Self {
            sysroot: sysroot.trim().into(),
            libraries: None,
        }))
    }

    fn of_debian(version: &str) -> Self {
        let root = debian::root(version);
        let libraries =
            ["usr/lib", "lib"].map(|dir| root.join(dir).join(format!("{ARCH}-linux-gnu")));
        Self {
            sysroot: root.join("usr"),
            libraries: std::env::join_paths(libraries).ok(),
        }
    }

    fn works(&self, version: &str) -> bool {
        let says = |program: &str| {
            let answer = self.program(program).args(["--version"]).read();
            answer.is_ok_and(|answer| answer.starts_with(&format!("{program} {version}.")))
        };
        self.sysroot.is_dir() && says("rustc") && says("cargo")
    }

    fn program(&self, name: &str) -> Run {
        let run = without_cargo_run(Run::new(self.sysroot.join("bin").join(name)));
        match &self.libraries {
            Some(dirs) => run.secret_env("LD_LIBRARY_PATH", dirs),
            None => run,
        }
    }

    /// Checks a package in each choice of features, with a std for what runs while compiling and none for the package.
    pub(crate) fn check_without_std(&self, package: &str, choices: &[&str]) -> Result<()> {
        let host = self.host()?;
        let flags = format!("--sysroot={}", self.without_std(&host)?.display());
        let flags_of_host = format!(
            "CARGO_TARGET_{}_RUSTFLAGS",
            host.to_uppercase().replace('-', "_")
        );
        for features in choices {
            self.program("cargo")
                .env("RUSTC", self.sysroot.join("bin/rustc"))
                .env(&flags_of_host, &flags)
                .env_remove("RUSTFLAGS")
                .env_remove("CARGO_ENCODED_RUSTFLAGS")
                .args([
                    "check",
                    "--quiet",
                    "--locked",
                    "--target",
                    &host,
                    "--target-dir",
                ])
                .args([paths::target().join("oldest")])
                .args([
                    "--package",
                    package,
                    "--no-default-features",
                    "--features",
                    features,
                ])
                .run()?;
        }
        Ok(())
    }

    fn host(&self) -> Result<String> {
        let about = self.program("rustc").args(["-vV"]).read()?;
        let host = about.lines().find_map(|line| line.strip_prefix("host: "));
        Ok(host.context("rustc names no host")?.to_owned())
    }

    /// A place for libraries that holds core and alloc alone: who names std is told that there is no such crate.
    fn without_std(&self, host: &str) -> Result<PathBuf> {
        let whole = self.sysroot.join("lib/rustlib").join(host).join("lib");
        let bare = paths::target().join("tools/without-std");
        let libraries = bare.join("lib/rustlib").join(host).join("lib");
        paths::replace_dir(&libraries)?;
        for entry in
            fs::read_dir(&whole).with_context(|| format!("cannot read {}", whole.display()))?
        {
            let name = entry?.file_name();
            let text = name.to_string_lossy();
            if WITHOUT_STD.iter().any(|start| text.starts_with(start)) && text.ends_with(".rlib") {
                fs::copy(whole.join(&name), libraries.join(&name))?;
            }
        }
        Ok(bare)
    }
}
