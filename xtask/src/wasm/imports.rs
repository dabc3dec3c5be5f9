//! The imports of compiled modules: one named `env` means that something native has leaked into code without I/O.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::Run;
use crate::toolchain::wasm::{TARGET, Toolchain};

/// A library without std is no module: through this one it has an allocator, and an end for panics.
const STD: &str = "serde_json/std";

const PURE_CRATES: &[&str] = &["netskope-query", "netskope-model"];

/// Compiles each crate without I/O as a module of its own, keeping even what nobody calls, and checks that.
pub(crate) fn check_pure_crates(toolchain: Toolchain) -> Result<()> {
    for name in PURE_CRATES {
        toolchain
            .cargo("rustc")
            .args([
                "--package",
                name,
                "--crate-type",
                "cdylib",
                "--features",
                STD,
                "--",
                "-Clink-dead-code",
                "-Clink-arg=--no-gc-sections",
            ])
            .run()?;
        let built = toolchain.target_dir().join(TARGET).join("debug");
        check_module(&built.join(name.replace('-', "_")).with_extension("wasm"))?;
    }
    Ok(())
}

/// Fails when the module imports anything from `env`.
pub(crate) fn check_module(module: &Path) -> Result<()> {
    const SCRIPT: &str = "const module = new WebAssembly.Module(require('fs').readFileSync(process.argv[1])); \
        console.log(JSON.stringify(WebAssembly.Module.imports(module)))";
    let listed = Run::new("node")
        .args(["-e", SCRIPT])
        .args([module])
        .read()?;
    let leaked = native_imports(&listed).context("node printed no list of imports")?;
    if !leaked.is_empty() {
        bail!(
            "{} imports {} from `env`, so something native has leaked in",
            module.display(),
            leaked.join(", ")
        );
    }
    Ok(())
}

fn native_imports(listed: &str) -> Result<Vec<String>> {
    let imports: Vec<serde_json::Value> = serde_json::from_str(listed)?;
    let native = imports.iter().filter(|import| import["module"] == "env");
    Ok(native.map(|import| import["name"].to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_comes_from_the_environment() {
        let listed = r#"[{"module":"./x.js","name":"now","kind":"function"},{"module":"env","name":"time","kind":"function"}]"#;
        assert_eq!(native_imports(listed).unwrap(), [r#""time""#]);
        assert!(native_imports("[]").unwrap().is_empty());
    }
}
