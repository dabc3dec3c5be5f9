//! `nskope drain`: log streams to files.

mod board;
mod dry_run;
mod event;
mod frame;
mod keep;
mod metrics;
mod moment;
mod name;
mod numbers;
mod plan;
mod run;
mod signals;
mod status;
mod stream;
mod stuck;
mod summary;
mod table;
mod tally;
mod verify;
mod voice;

use super::{
    args::drain::{Command, Drain},
    console::Console,
    failure::{Exit, Failure},
};

pub(super) fn run(args: &Drain, console: Console) -> Result<Exit, Failure> {
    match (&args.command, &args.asked) {
        (Some(Command::Status(folder)), _) => status::run(folder, console),
        (Some(Command::Verify(folder)), _) => verify::run(folder, console),
        (None, Some(asked)) => run::run(args, asked, console),
        (None, None) => Err(Failure::new(
            Exit::Usage,
            "nothing is said of what to drain",
        )),
    }
}
