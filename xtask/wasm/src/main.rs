#![doc = include_str!("../README.md")]

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;
use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "usage: xtask-wasm bindgen MODULE.wasm OUT_DIR NAME\n       xtask-wasm test-runner ARGUMENTS...";

fn main() -> Result<()> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let Some((command, rest)) = arguments.split_first() else {
        bail!(USAGE);
    };
    match (command.to_str(), rest) {
        (Some("bindgen"), [module, out_dir, name]) => {
            bindgen(module.as_ref(), out_dir.as_ref(), &name.to_string_lossy())
        }
        (Some("test-runner"), _) => run_cli_with_args(arguments),
        _ => bail!(USAGE),
    }
}

fn bindgen(module: &Path, out_dir: &Path, name: &str) -> Result<()> {
    Bindgen::new()
        .input_path(module)
        .out_name(name)
        .web(true)?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // Bundlers find the module by the address that the JavaScript then holds.
        .omit_default_module_path(false)
        .generate(out_dir)
        .with_context(|| format!("cannot generate the JavaScript of {}", module.display()))
}
