//! Our own servers as child processes that never outlive this one.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::Run;
use crate::{paths, rust};

const START_LIMIT: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(50);

/// A running server. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Service {
    name: &'static str,
    guard: Child,
    /// What it printed when it was ready.
    pub(crate) ready: Value,
}

impl Service {
    /// Starts one of the workspace's servers and waits until it says, in one line of JSON, that it is ready.
    ///
    /// Between us and the server stands `guard`: it ends the server once our end of its pipe is closed, and the
    /// system closes that however we end.
    pub(crate) fn start(
        name: &'static str,
        args: &[&str],
        settings: &[(&str, &str)],
    ) -> Result<Self> {
        Self::start_program(name, &paths::binary(name), args, settings)
    }

    /// The same with a program built in another way.
    pub(crate) fn start_program(
        name: &'static str,
        program: &Path,
        args: &[&str],
        settings: &[(&str, &str)],
    ) -> Result<Self> {
        let mut command = Run::new(std::env::current_exe()?)
            .args(["guard"])
            .args([program])
            .args(args)
            .into_command();
        command
            .envs(settings.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        out_of_reach_of_the_terminal(&mut command);
        let mut guard = command
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let stdout = guard.stdout.take().context("the child has no stdout")?;
        let mut service = Self {
            name,
            guard,
            ready: Value::Null,
        };
        service.ready = first_line(stdout).with_context(|| format!("{name} did not get ready"))?;
        Ok(service)
    }

    /// A text member of what the server printed.
    pub(crate) fn told(&self, member: &str) -> Result<String> {
        let told = self.ready[member].as_str();
        Ok(told
            .with_context(|| format!("{} did not print its {member}", self.name))?
            .to_owned())
    }

    /// How the server ended, if it has.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.guard.try_wait()?)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // A guard that cannot be waited for has ended already.
        let _ = self.guard.wait();
    }
}

/// The stand-in for a tenant.
#[derive(Debug)]
pub(crate) struct StandIn {
    pub(crate) service: Service,
    pub(crate) url: String,
    pub(crate) v1_token: String,
    pub(crate) v2_token: String,
}

impl StandIn {
    /// Builds and starts it on a free port.
    pub(crate) fn start(args: &[&str]) -> Result<Self> {
        rust::build_programs()?;
        let service = Service::start(
            "netskope-stand-in",
            &[&["--listen", "127.0.0.1:0"], args].concat(),
            &[],
        )?;
        Ok(Self {
            url: service.told("url")?,
            v1_token: service.told("v1_token")?,
            v2_token: service.told("v2_token")?,
            service,
        })
    }
}

/// `xtask guard PROGRAM ARGUMENTS...`: runs a program until it ends or stdin is closed, whichever comes first.
pub(crate) fn guard(arguments: &[OsString]) -> Result<()> {
    let (program, arguments) = arguments
        .split_first()
        .context("usage: cargo xtask guard PROGRAM ARGUMENTS...")?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .spawn()?;
    let (sender, closed) = mpsc::channel::<()>();
    thread::spawn(move || {
        // Closed or broken, it is the end.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        drop(sender);
    });
    loop {
        if let Some(status) = child.try_wait()? {
            bail!("{} ended with {status}", program.display());
        }
        if closed.recv_timeout(POLL) == Err(RecvTimeoutError::Disconnected) {
            child.kill()?;
            child.wait()?;
            return Ok(());
        }
    }
}

#[cfg(unix)]
fn out_of_reach_of_the_terminal(command: &mut Command) {
    // Ctrl-C would end the guard before it could end the server.
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn out_of_reach_of_the_terminal(_: &mut Command) {}

fn first_line(stdout: impl Read + Send + 'static) -> Result<Value> {
    let (sender, line) = mpsc::channel();
    thread::spawn(move || {
        let mut lines = BufReader::new(stdout);
        let mut first = String::new();
        let read = lines.read_line(&mut first);
        // Whoever waited may have given up; reading on keeps the server from blocking on a full pipe.
        let _ = sender.send(read.map(|_| first));
        let _ = std::io::copy(&mut lines, &mut std::io::sink());
    });
    let started = Instant::now();
    let line = match line.recv_timeout(START_LIMIT) {
        Ok(line) => line?,
        Err(_) => bail!("it printed nothing for {} s", started.elapsed().as_secs()),
    };
    serde_json::from_str(&line)
        .with_context(|| format!("its first line is no JSON: {:?}", line.trim()))
}
