//! Keeping below a documented rate, so that no 429 is earned.

use crate::flow::Tick;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// A gate that lets a number of requests pass in any window of time, shared by all flows of one token.
#[derive(Clone, Debug)]
pub(crate) struct RateGate(Arc<Mutex<Window>>);

#[derive(Debug)]
struct Window {
    permits: usize,
    length: Duration,
    passed: VecDeque<Tick>,
    closed_until: Tick,
}

impl RateGate {
    /// The gate of REST API v1: "no more than 24 requests every 5 seconds" (REST API v1 overview).
    pub(crate) fn v1() -> Self {
        Self::new(24, Duration::from_secs(5))
    }

    fn new(permits: usize, length: Duration) -> Self {
        Self(Arc::new(Mutex::new(Window {
            permits,
            length,
            passed: VecDeque::new(),
            closed_until: Tick::default(),
        })))
    }

    /// Passes one request, or says how long to wait before asking again.
    pub(crate) fn admit(&self, now: Tick) -> Result<(), Duration> {
        let mut window = self.lock();
        while window
            .passed
            .front()
            .is_some_and(|&passed| passed + window.length <= now)
        {
            window.passed.pop_front();
        }
        if now < window.closed_until {
            return Err(window.closed_until.since(now));
        }
        match window.passed.front() {
            Some(&oldest) if window.passed.len() >= window.permits => {
                Err((oldest + window.length).since(now))
            }
            _ => {
                window.passed.push_back(now);
                Ok(())
            }
        }
    }

    /// Closes the gate for every flow, because the server said so to one of them.
    pub(crate) fn close_until(&self, moment: Tick) {
        let mut window = self.lock();
        window.closed_until = window.closed_until.max(moment);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Window> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_window_holds_more_than_its_permits() {
        let gate = RateGate::new(3, Duration::from_secs(1));
        let (mut now, mut passed) = (Tick::default(), Vec::new());
        while passed.len() < 20 {
            match gate.admit(now) {
                Ok(()) => passed.push(now),
                Err(wait) => now = now + wait,
            }
        }
        for window in passed.windows(4) {
            assert!(
                window[3].since(window[0]) >= Duration::from_secs(1),
                "{window:?}"
            );
        }
    }

    #[test]
    fn a_closed_gate_holds_every_clone() {
        let gate = RateGate::v1();
        let other = gate.clone();
        other.close_until(Tick::from_millis(700));
        assert_eq!(
            gate.admit(Tick::from_millis(200)),
            Err(Duration::from_millis(500))
        );
        assert_eq!(other.admit(Tick::from_millis(700)), Ok(()));
    }
}
