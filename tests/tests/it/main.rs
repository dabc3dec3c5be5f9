//! More than one crate at a time.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod drains;
mod json_lines;
mod logs;
mod lookups;
mod simulation;
mod sql;
