#![doc = include_str!("../README.md")]

mod languages;
mod measure;
mod parsing;
mod queries;

use measure::{Case, Pick};
use std::env;
use std::process::ExitCode;

const USAGE: &str = "usage: netskope-query-bench times|once [TASK|QUERY|ENGINE]...";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let (mode, words) = words
        .split_first()
        .map_or(("", &[][..]), |(mode, words)| (mode.as_str(), words));
    let measure: fn(&Pick<'_>, &mut Case) = match mode {
        "times" => measure::times,
        "once" => measure::once,
        _ => {
            measure::complain(USAGE);
            return ExitCode::FAILURE;
        }
    };
    let pick = Pick::new(words);
    for mut case in parsing::cases() {
        measure(&pick, &mut case);
    }
    ExitCode::SUCCESS
}
