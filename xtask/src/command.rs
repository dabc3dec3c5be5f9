//! Running other programs: each one is shown before it starts, and a failure says how to mend it.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};

use crate::{console, paths};

/// A program to run in the repository's root.
#[derive(Debug)]
pub(crate) struct Run {
    command: Command,
    settings: Vec<String>,
    remedy: Option<String>,
}

impl Run {
    /// Prepares `program` to run in the repository's root.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        command.current_dir(paths::root()).stdin(Stdio::null());
        Self {
            command,
            settings: Vec::new(),
            remedy: None,
        }
    }

    pub(crate) fn args<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(mut self, args: I) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.settings
            .push(format!("{name}={}", quoted(value.as_ref())));
        self.secret_env(name, value)
    }

    /// Sets a variable without showing its value.
    pub(crate) fn secret_env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn env_remove(mut self, name: impl AsRef<OsStr>) -> Self {
        self.command.env_remove(name);
        self
    }

    pub(crate) fn dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Writes what it says on stderr into a file instead of on the terminal.
    pub(crate) fn stderr_to(mut self, file: &Path) -> Result<Self> {
        let file =
            File::create(file).with_context(|| format!("cannot write {}", file.display()))?;
        self.command.stderr(file);
        Ok(self)
    }

    /// Says what the reader can do should this fail.
    pub(crate) fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// Runs it with its output on the terminal.
    pub(crate) fn run(self) -> Result<()> {
        let mut shown = self.shown();
        let status = shown
            .command
            .status()
            .map_err(|error| shown.not_started(&error))?;
        if status.success() {
            return Ok(());
        }
        Err(shown.failed(&format!("ended with {status}")))
    }

    /// Says on the terminal what is about to run, for what takes its time.
    pub(crate) fn shown(self) -> Self {
        console::progress(&format!("$ {}", self.line()));
        self
    }

    /// Runs it and returns what it wrote on stdout; its stderr goes to the terminal.
    pub(crate) fn read(mut self) -> Result<String> {
        self.command.stderr(Stdio::inherit());
        let output = self
            .command
            .output()
            .map_err(|error| self.not_started(&error))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stdout);
            return Err(self.failed(&format!("ended with {}\n{said}", output.status)));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Whether it starts and succeeds, in silence.
    pub(crate) fn succeeds(mut self) -> bool {
        let status = self
            .command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    }

    /// The prepared command itself, for those who start it in a way of their own.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }

    fn line(&self) -> String {
        let program = short_name(self.command.get_program());
        let args = self.command.get_args().map(quoted);
        let words = self.settings.iter().cloned().chain([program]).chain(args);
        words.collect::<Vec<_>>().join(" ")
    }

    fn not_started(&self, error: &std::io::Error) -> anyhow::Error {
        let program = self.command.get_program().to_string_lossy();
        match error.kind() {
            ErrorKind::NotFound => {
                self.failed(&format!("`{program}` is not installed or not on PATH"))
            }
            _ => self.failed(&format!("could not be started: {error}")),
        }
    }

    fn failed(&self, reason: &str) -> anyhow::Error {
        let remedy = self
            .remedy
            .as_ref()
            .map(|remedy| format!("\nhint: {remedy}"));
        anyhow!("`{}`: {reason}{}", self.line(), remedy.unwrap_or_default())
    }
}

/// The cargo that runs this very program, as a fresh shell would start it.
///
/// `cargo run` sets variables for its child; build scripts that watch one of them would be run again in vain.
pub(crate) fn cargo() -> Run {
    without_cargo_run(Run::new(
        env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
    ))
}

/// Takes away what `cargo run` has put into the environment.
pub(crate) fn without_cargo_run(mut run: Run) -> Run {
    for (name, _) in env::vars_os() {
        if set_by_cargo_run(&name.to_string_lossy()) {
            run = run.env_remove(name);
        }
    }
    match env::var_os("LD_LIBRARY_PATH") {
        Some(value) => match without_build_dirs(&value) {
            Some(kept) => run.secret_env("LD_LIBRARY_PATH", kept),
            None => run.env_remove("LD_LIBRARY_PATH"),
        },
        None => run,
    }
}

fn set_by_cargo_run(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "CARGO",
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_PRIMARY_PACKAGE",
        "OUT_DIR",
    ];
    NAMES.contains(&name) || name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_BIN_")
}

fn without_build_dirs(value: &OsStr) -> Option<OsString> {
    let kept: Vec<_> = env::split_paths(value)
        .filter(|dir| {
            !dir.starts_with(paths::target())
                && !dir
                    .components()
                    .any(|part| part.as_os_str() == "rustlib" || part.as_os_str() == "toolchains")
        })
        .collect();
    if kept.is_empty() {
        None
    } else {
        env::join_paths(kept).ok()
    }
}

/// Fails with both remedies when a program of another project is missing.
pub(crate) fn require(program: &str, remedy: &str) -> Result<()> {
    if Run::new(program).args(["--version"]).succeeds() {
        return Ok(());
    }
    bail!("`{program}` is not installed or not on PATH\nhint: {remedy}")
}

/// What one would type for it: without the folders below the home or target directory that it was found in.
fn short_name(program: &OsStr) -> String {
    let path = Path::new(program);
    match path.strip_prefix(paths::root()) {
        Ok(inside) => quoted(inside.as_os_str()),
        Err(_) if env::var_os("CARGO").as_deref() == Some(program) => "cargo".to_owned(),
        Err(_) => quoted(program),
    }
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_shows_the_command_and_the_remedy_but_no_secret() {
        let run = Run::new("no-such-program-here")
            .args(["two words"])
            .env("SHOWN", "a b");
        let error = run
            .secret_env("HIDDEN", "token")
            .remedy("install it")
            .run()
            .unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("SHOWN='a b' no-such-program-here 'two words'"),
            "{text}"
        );
        assert!(
            text.contains("not installed") && text.ends_with("hint: install it"),
            "{text}"
        );
        assert!(!text.contains("token"), "{text}");
    }

    #[test]
    fn the_folders_that_cargo_run_adds_are_taken_away() {
        let added = paths::target().join("debug/deps");
        let path = |dirs: &[&Path]| env::join_paths(dirs).unwrap();
        assert_eq!(
            without_build_dirs(&path(&[&added, Path::new("/opt/lib")])),
            Some("/opt/lib".into())
        );
        assert_eq!(without_build_dirs(&path(&[&added])), None);
    }

    #[test]
    fn settings_of_the_user_stay() {
        assert!(set_by_cargo_run("CARGO_PKG_NAME") && set_by_cargo_run("CARGO_MANIFEST_DIR"));
        assert!(
            !set_by_cargo_run("CARGO_HOME")
                && !set_by_cargo_run("CARGO_TARGET_DIR")
                && !set_by_cargo_run("CARGO_NET_OFFLINE")
        );
    }
}
