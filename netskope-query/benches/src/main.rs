#![doc = include_str!("../README.md")]

mod devices;
mod evaluation;
mod languages;
mod measure;
mod parsing;
mod queries;
mod scheme;

use measure::{Case, Pick};
use std::env;
use std::process::ExitCode;

/// A way to measure: its name, the function that does it, and on how many devices.
type Mode = (&'static str, fn(&Case), usize);

/// Callgrind is slow, and exact on few devices already.
const MODES: &[Mode] = &[
    ("times", measure::times, 100_000),
    ("once", measure::once, 2_000),
];

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let mode = words
        .first()
        .and_then(|word| MODES.iter().find(|(mode, ..)| word == mode));
    let Some((_, measure, devices)) = mode else {
        return usage();
    };
    let pick = Pick::new(&words[1..]);
    let parsing = pick.task("parse").then(parsing::cases);
    let evaluation = pick.task("evaluate").then(|| evaluation::cases(*devices));
    for mut case in parsing
        .into_iter()
        .flatten()
        .chain(evaluation.into_iter().flatten())
    {
        pick.restrict(&mut case);
        measure(&case);
    }
    ExitCode::SUCCESS
}

#[expect(clippy::print_stderr, reason = "a program's word to who started it")]
fn usage() -> ExitCode {
    eprintln!("usage: netskope-query-bench times|once [TASK|QUERY|ENGINE]...");
    ExitCode::FAILURE
}
