//! `nskope`, the command line of this project.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
