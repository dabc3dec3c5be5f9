//! What a program used, from its start to its end.

use crate::print;
use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use serde_json::json;
use std::process::Command;
use std::time::Instant;

/// Runs the program, and then prints its time on the processor, how much of it was the system's, and by the clock, in
/// microseconds, and its memory at the most, in bytes.
///
/// The program is the only child that this process ever has, and this process is small: a child's memory counts from what
/// its parent had when it started.
pub(crate) fn usage(program: &str, arguments: &[&str]) -> Result<()> {
    let started = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .status()
        .with_context(|| format!("cannot start {program}"))?;
    let wall = started.elapsed();
    ensure!(status.success(), "{program} ended with {status}");
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let system = used.system_time().num_microseconds();
    print(&json!({
        "processor_us": used.user_time().num_microseconds() + system,
        "system_us": system,
        "wall_us": u64::try_from(wall.as_micros())?,
        "memory_bytes": used.max_rss() * 1024,
    }));
    Ok(())
}
