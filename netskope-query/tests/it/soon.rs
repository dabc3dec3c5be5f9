//! A bound that tells a hang, and is no measure of speed.

use std::time::{Duration, Instant};

/// What the work gives. It fails where it takes long enough to have grown with the square of the longest text.
pub(crate) fn soon<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    let took = began.elapsed();
    let what: String = what.chars().take(60).collect();
    assert!(took < Duration::from_secs(5), "{what}: {took:?}");
    done
}
