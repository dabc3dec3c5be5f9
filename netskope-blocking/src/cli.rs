//! The command line: what was typed, what it means, and what is said about it.

mod args;
mod clients;
mod console;
mod drain;
mod failure;
mod fields;
mod harmless;
mod output;
mod print;
mod query;
mod report;
mod settings;
mod text;

use args::{Args, Command};
use clap::{Parser, error::ErrorKind};
use console::Console;
use failure::{Exit, Failure};
use harmless::harmless;
use std::process::ExitCode;

/// Runs the command that the arguments name, and says how it went.
pub(crate) fn run() -> ExitCode {
    let exit = Args::try_parse().map_or_else(|error| refused(&error), |args| dispatch(&args));
    ExitCode::from(exit)
}

fn dispatch(args: &Args) -> Exit {
    let verbose = match &args.command {
        Command::Clients(clients) => clients.connection.verbose,
        Command::Drain(drain) => drain.connection.verbose,
        Command::Query(_) => false,
    };
    let console = Console::new(verbose);
    let exit = match &args.command {
        Command::Clients(arguments) => clients::run(arguments, console),
        Command::Drain(arguments) => drain::run(arguments, console),
        Command::Query(arguments) => query::run(arguments, console),
    };
    exit.unwrap_or_else(|failure| console.report(&failure))
}

/// What is wrong with the arguments where none of them steers the terminal that it is shown on, such as the name of a file
/// that starts with a hyphen.
fn harmless_arguments() -> Option<clap::Error> {
    let arguments = std::env::args_os();
    Args::try_parse_from(
        arguments.map(|argument| harmless(&argument.to_string_lossy()).into_owned()),
    )
    .err()
}

/// Arguments that are no command: help and version are answers, the rest is a usage error.
fn refused(error: &clap::Error) -> Exit {
    let console = Console::new(false);
    if error.kind() == ErrorKind::InvalidUtf8 {
        return console.report(&args::not_utf8(std::env::args_os()));
    }
    if let Some(failure) = args::token_typed(error).or_else(|| args::words_typed(error)) {
        return console.report(&failure);
    }
    match harmless_arguments().as_ref().unwrap_or(error).print() {
        Ok(()) if error.use_stderr() => Exit::Usage,
        Ok(()) => Exit::Found,
        Err(error) => console.report(&Failure::writing(&error)),
    }
}
