//! The one place that writes to the terminal: results on stdout, progress on stderr.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer tool talks to its terminal, and does it here only"
)]

/// Writes one line of a command's result.
pub(crate) fn result(line: &str) {
    println!("{line}");
}

/// Writes one line about what is going on.
pub(crate) fn progress(line: &str) {
    eprintln!("{line}");
}
