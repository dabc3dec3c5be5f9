//! The npm package of `netskope-wasm`: compiled, given its JavaScript, described and weighed.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::command::{Run, cargo};
use crate::toolchain::{self, wasm::Toolchain};
use crate::{console, paths};

pub(crate) mod imports;
pub(crate) mod tests;

const PROFILE: &str = "wasm-release";
/// Of each module, gzipped.
const SIZE_LIMIT: u64 = 100_000;
/// The modules of the package by the feature that each is built of, so that a page loads only what it uses.
const MODULES: &[(&str, &str)] = &[
    ("client", "netskope_wasm"),
    ("filter", "netskope_wasm_filter"),
    ("drain", "netskope_wasm_drain"),
];
const COPIED: &[(&str, &str)] = &[
    ("netskope-wasm/README.md", "README.md"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
];

/// `cargo xtask wasm`: builds the package and fails when a module is too big.
pub(crate) fn package() -> Result<()> {
    build()?;
    weigh()
}

/// Builds the package into `netskope-wasm/pkg`.
pub(crate) fn build() -> Result<()> {
    toolchain::require_node()?;
    let toolchain = toolchain::wasm::ensure()?;
    let package = paths::wasm_package();
    paths::replace_dir(&package)?;
    for (feature, name) in MODULES {
        let module = compile(toolchain, feature)?;
        imports::check_module(&module)?;
        bindgen(&module, &package, name)?;
    }
    describe(&package)
}

/// The step of `cargo xtask test`: the package, the crates without I/O, the tests, and last, since it says least, the size.
pub(crate) fn check() -> Result<()> {
    build()?;
    let toolchain = toolchain::wasm::ensure()?;
    imports::check_pure_crates(toolchain)?;
    tests::in_node(toolchain)?;
    tests::in_chromium(toolchain)?;
    tests::over_real_connections()?;
    weigh()
}

fn compile(toolchain: Toolchain, feature: &str) -> Result<PathBuf> {
    toolchain
        .cargo("build")
        .args(["--package", "netskope-wasm", "--profile", PROFILE])
        .args(["--no-default-features", "--features", feature])
        .args(["--config", &without_home_paths()?])
        .run()?;
    let built = toolchain
        .target_dir()
        .join(toolchain::wasm::TARGET)
        .join(PROFILE);
    Ok(built.join("netskope_wasm.wasm"))
}

/// The places of panics name source files; a published module should not say where its builder lives.
fn without_home_paths() -> Result<String> {
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let cargo_home = cargo_home.context("there is no home directory")?;
    let flag = format!("--remap-path-prefix={}=cargo", cargo_home.display());
    Ok(format!(
        "target.{}.rustflags=[{}]",
        toolchain::wasm::TARGET,
        json!(flag)
    ))
}

/// Builds wasm-bindgen's tools and returns the path of the program.
fn glue_tool() -> Result<PathBuf> {
    cargo()
        .args(["build", "--quiet", "--package", "xtask-wasm"])
        .run()?;
    Ok(paths::binary("xtask-wasm"))
}

fn bindgen(module: &Path, package: &Path, name: &str) -> Result<()> {
    Run::new(glue_tool()?)
        .args(["bindgen".as_ref(), module, package, name.as_ref()])
        .run()
}

fn describe(package: &Path) -> Result<()> {
    let description = serde_json::to_string_pretty(&json!({
        "name": "netskope-wasm",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Netskope client and query parser for browsers",
        "license": env!("CARGO_PKG_LICENSE"),
        "type": "module",
        "exports": {
            // Types are found beside each; among conditions they would have to come first, and here keys are sorted.
            ".": "./netskope_wasm.js",
            "./filter": "./netskope_wasm_filter.js",
            "./drain": "./netskope_wasm_drain.js",
        },
        "types": "./netskope_wasm.d.ts",
        "files": ["netskope_wasm*", "snippets"],
        "sideEffects": ["./snippets/*"],
    }))?;
    fs::write(package.join("package.json"), description + "\n")?;
    for (from, to) in COPIED {
        fs::copy(paths::root().join(from), package.join(to))
            .with_context(|| format!("cannot copy {from}"))?;
    }
    Ok(())
}

fn weigh() -> Result<()> {
    MODULES.iter().try_for_each(|(_, name)| weigh_one(name))
}

fn weigh_one(name: &str) -> Result<()> {
    const SCRIPT: &str = "const bytes = require('fs').readFileSync(process.argv[1]); \
        console.log(bytes.length, require('zlib').gzipSync(bytes, { level: 9 }).length)";
    let module = paths::wasm_package().join(format!("{name}_bg.wasm"));
    let sizes = Run::new("node")
        .args(["-e", SCRIPT])
        .args([module])
        .read()?;
    let (raw, zipped) = sizes
        .trim()
        .split_once(' ')
        .context("node printed no sizes")?;
    console::result(&format!(
        "{name}_bg.wasm: {raw} bytes, {zipped} bytes gzipped"
    ));
    if zipped.parse::<u64>()? > SIZE_LIMIT {
        bail!(
            "the module is above its limit of {SIZE_LIMIT} bytes gzipped\nhint: look for a new dependency with `cargo tree -p netskope-wasm`"
        );
    }
    Ok(())
}
