//! The stand-in from outside.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

mod asking;
mod faults;
mod fixtures;
mod listener;
mod program;
mod tls;
mod v1;
mod v2;
