#![doc = include_str!("../README.md")]

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Result, bail};

mod alone;
mod bench;
mod command;
mod console;
mod demo;
mod fuzz;
mod metadata;
mod page;
mod paths;
mod peers;
mod rust;
mod service;
mod steps;
mod tidy;
mod toolchain;
mod wasm;

/// A command's name, what it does, and the function that does it.
type Command = (&'static str, &'static str, fn(&[OsString]) -> Result<()>);

const COMMANDS: &[Command] = &[
    (
        "demo",
        "show the page and the command line on synthetic devices; --check tries them and ends",
        demo::run,
    ),
    (
        "test",
        "run every check, or the steps named; --list names them",
        steps::run,
    ),
    (
        "fuzz",
        "try the query language and pages on random text: [TARGET [RUNS | FILE]]",
        fuzz::run,
    ),
    ("tidy", "check the rules of this repository", |_| {
        tidy::check()
    }),
    ("page", "build the page web-demo/app/dist", |_| {
        page::build()
    }),
    (
        "bench",
        "measure ours beside its peers: bench query, bench drain",
        bench::run,
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
        console::result(&usage());
        return Ok(());
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
