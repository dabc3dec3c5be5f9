//! Keeping below a documented rate, so that no 429 is earned.

mod told;

use crate::flow::{HttpResponse, Tick};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use told::Told;

/// A gate that lets a number of requests pass in any window of time, shared by all flows that count as one for a tenant.
#[derive(Clone, Debug)]
pub struct RateGate(Arc<Mutex<Window>>);

/// Leave to send one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Permit {
    at: Tick,
    /// How many more could have passed.
    left: usize,
}

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

    /// The gate of one log stream: "4 requests per second per iterator endpoint" (Using the REST API v2 dataexport Iterator
    /// Endpoints), and 20 ms of grace, since requests that leave a second apart may arrive a little closer.
    pub(crate) fn v2() -> Self {
        Self::new(4, Duration::from_millis(1_020))
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
    pub(crate) fn admit(&self, now: Tick) -> Result<Permit, Duration> {
        self.lock().admit(now)
    }

    /// Closes the gate for every flow, because the server said so to one of them.
    pub(crate) fn close_until(&self, moment: Tick) {
        let mut window = self.lock();
        window.closed_until = window.closed_until.max(moment);
    }

    /// Takes what an answer says of the limit.
    pub(crate) fn learn(&self, permit: Permit, now: Tick, answer: &HttpResponse) {
        self.lock().learn(permit, now, Told::by(answer));
    }

    /// How long it takes until all requests that have passed are forgotten.
    pub(crate) fn window(&self) -> Duration {
        self.lock().length
    }

    fn lock(&self) -> MutexGuard<'_, Window> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Window {
    fn admit(&mut self, now: Tick) -> Result<Permit, Duration> {
        while self
            .passed
            .front()
            .is_some_and(|&passed| passed + self.length <= now)
        {
            self.passed.pop_front();
        }
        if now < self.closed_until {
            return Err(self.closed_until.since(now));
        }
        // After a limit has sunk there can be more of them than permits.
        let over = (self.passed.len() + 1).saturating_sub(self.permits);
        let in_the_way = over.checked_sub(1).and_then(|last| self.passed.get(last));
        if let Some(&last) = in_the_way {
            return Err((last + self.length).since(now));
        }
        self.passed.push_back(now);
        let left = self.permits.saturating_sub(self.passed.len());
        Ok(Permit { at: now, left })
    }

    /// Where a tenant counts more requests than passed here, someone else uses the token, whose requests count as ours.
    fn learn(&mut self, permit: Permit, now: Tick, told: Told) {
        if let Some(limit) = told.limit {
            self.permits = limit;
        }
        let is_stale = now.since(permit.at) >= self.length;
        let Some(remaining) = told.remaining.filter(|_| !is_stale) else {
            return;
        };
        let later = self.passed.iter().filter(|&&passed| passed > permit.at);
        let left = permit.left.saturating_sub(later.count());
        let others = left.saturating_sub(remaining);
        self.passed.extend(std::iter::repeat_n(now, others));
        if others > 0 && remaining == 0 {
            self.closed_until = self.closed_until.max(now + told.reset);
        }
    }
}

#[cfg(test)]
mod tests;
