//! The stand-in on the command line.

mod arguments;

use arguments::Arguments;
use clap::Parser;
use netskope_stand_in::StandIn;
use netskope_stand_in::server::{self, Running};
use serde::Serialize;
use std::io::{self, Write};
use std::process::ExitCode;

/// What went wrong, by the exit code it gets.
enum Failure {
    Usage(String),
    Io(String),
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => report(&failure),
    }
}

fn report(failure: &Failure) -> ExitCode {
    let (message, code) = match failure {
        Failure::Usage(message) => (message, 2),
        Failure::Io(message) => (message, 5),
    };
    // Where even stderr is gone there is nobody to tell.
    let _ = writeln!(io::stderr(), "error: {message}");
    ExitCode::from(code)
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let serve = arguments.serve_options();
    let options = arguments.options()?;
    let ready = Ready {
        url: String::new(),
        v1_token: options.v1_token.clone(),
        v2_token: options.v2_token.clone(),
    };
    let running = server::spawn(StandIn::new(options), &serve)
        .map_err(|error| Failure::Io(error.to_string()))?;
    let unawaited = |error| Failure::Io(format!("cannot wait for signals: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(unawaited)?;
    runtime.block_on(async {
        // Before anybody knows that it runs, so that nobody can end it otherwise than cleanly.
        let told_to_end = told_to_end().map_err(unawaited)?;
        announce(&running, ready)?;
        told_to_end.await.map_err(unawaited)
    })
}

/// The one line on stdout.
#[derive(Serialize)]
struct Ready {
    url: String,
    v1_token: String,
    v2_token: String,
}

fn announce(running: &Running, mut ready: Ready) -> Result<(), Failure> {
    running.url().clone_into(&mut ready.url);
    serde_json::to_string(&ready)
        .map_err(io::Error::from)
        .and_then(|line| {
            let mut stdout = io::stdout().lock();
            writeln!(stdout, "{line}")?;
            stdout.flush()
        })
        .map_err(|error| Failure::Io(format!("cannot say on stdout where it listens: {error}")))
}

#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    })
}

#[cfg(not(unix))]
fn told_to_end() -> io::Result<impl Future<Output = io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
