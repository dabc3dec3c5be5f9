//! Ending a drain from outside.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Ends drains, from another thread or from a signal. Clones are one.
///
/// A drain that waits sees it within a tenth of a second. A request that is under way is awaited, and its page is taken.
///
/// ```
/// use netskope_blocking::drain::Stop;
///
/// let stop = Stop::new();
/// stop.clone().raise();
/// assert!(stop.is_raised());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

/// How long a wait goes on unseen.
const SLICE: Duration = Duration::from_millis(100);

impl Stop {
    /// One that is not raised.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends all drains that were told of it, for good.
    pub fn raise(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it was raised.
    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// What a handler of signals sets, in place of [`raise`](Self::raise).
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }

    /// Sleeps for so long, or until it is raised.
    pub(super) fn sleep(&self, duration: Duration) {
        let began = Instant::now();
        while !self.is_raised() {
            let rest = duration.saturating_sub(began.elapsed());
            if rest.is_zero() {
                return;
            }
            thread::sleep(rest.min(SLICE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sleep_ends_soon_once_it_is_raised() {
        let (stop, began) = (Stop::new(), Instant::now());
        stop.sleep(Duration::from_millis(5));
        assert!(began.elapsed() >= Duration::from_millis(5));
        let flag = stop.flag();
        let sleeper = thread::spawn(move || stop.sleep(Duration::from_hours(1)));
        flag.store(true, Ordering::Release);
        sleeper.join().unwrap();
    }
}
