//! Developer commands of this repository: `cargo xtask COMMAND`.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Result, bail};

mod command;
mod console;
mod metadata;
mod page;
mod paths;
mod rust;
mod service;
mod steps;
mod toolchain;
mod wasm;

/// A command's name, what it does, and the function that does it.
type Command = (&'static str, &'static str, fn(&[OsString]) -> Result<()>);

const COMMANDS: &[Command] = &[
    (
        "test",
        "run every check, or the steps named; --list names them",
        steps::run,
    ),
    ("wasm", "build the npm package netskope-wasm/pkg", |_| {
        wasm::package()
    }),
];

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console::progress(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[OsString]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        bail!(usage());
    };
    if name == "guard" {
        return service::guard(rest);
    }
    match COMMANDS.iter().find(|(known, ..)| name == known) {
        Some((.., execute)) => execute(rest),
        None => bail!("there is no command `{}`\n{}", name.display(), usage()),
    }
}

fn usage() -> String {
    let lines = COMMANDS
        .iter()
        .map(|(name, about, _)| format!("  {name:<8} {about}"));
    format!(
        "usage: cargo xtask COMMAND\n{}",
        lines.collect::<Vec<_>>().join("\n")
    )
}
