//! The documented limit: "no more than 24 requests every 5 seconds. Four requests are processed the first second, while 20
//! are queued and processed over the next four seconds", and beyond that 429.
//!
//! These are the words of nginx's `limit_req`, and this is its accounting: every request adds to a backlog that drains at
//! the permitted rate. A client that keeps to 24 requests in any 5 seconds is never refused.

use netskope_model::flow::Tick;
use std::time::Duration;

/// Requests permitted in a window.
const PERMITS: u64 = 24;
/// The window in milliseconds.
const WINDOW: u64 = 5000;
/// Requests of a full window that are answered at once; the others wait their turn.
const AT_ONCE: u64 = 4;
/// What one request adds to the backlog, which is kept in units of 1/`PERMITS` millisecond.
const COST: u64 = WINDOW;

/// The account of one limit.
#[derive(Default)]
pub(crate) struct Limiter {
    backlog: u64,
    last: u64,
}

impl Limiter {
    /// How long this request waits, or [`None`] when it is refused; a refused one does not count.
    pub(crate) fn admit(&mut self, now: Tick) -> Option<Duration> {
        let now = now.as_millis().max(self.last);
        let drained = (now - self.last).saturating_mul(PERMITS);
        let backlog = self.backlog.saturating_sub(drained) + COST;
        if backlog > PERMITS * COST {
            return None;
        }
        (self.backlog, self.last) = (backlog, now);
        let queued = backlog.saturating_sub(AT_ONCE * COST);
        Some(Duration::from_millis(queued / PERMITS))
    }
}
