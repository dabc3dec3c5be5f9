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
    /// How many have passed so far, with this one.
    number: usize,
    /// How many of them count still.
    used: usize,
}

#[derive(Debug)]
struct Window {
    permits: usize,
    length: Duration,
    /// By how much longer the window is than documented: at least, now, and since when.
    least_grace: Duration,
    grace: Duration,
    grace_since: Tick,
    /// How many have passed so far, and when those did that count still.
    number: usize,
    passed: VecDeque<Tick>,
    closed_until: Tick,
}

impl RateGate {
    /// The gate of REST API v1: "no more than 24 requests every 5 seconds" (REST API v1 overview).
    pub(crate) fn v1() -> Self {
        Self::new(24, Duration::from_secs(5), Duration::ZERO)
    }

    /// The gate of one log stream: "4 requests per second per iterator endpoint" (Using the REST API v2 dataexport Iterator
    /// Endpoints), with a little grace, since requests that leave a second apart may arrive closer.
    pub(crate) fn v2() -> Self {
        Self::new(4, Duration::from_secs(1), GRACE)
    }

    fn new(permits: usize, length: Duration, grace: Duration) -> Self {
        Self(Arc::new(Mutex::new(Window {
            permits,
            length,
            least_grace: grace,
            grace,
            grace_since: Tick::default(),
            number: 0,
            passed: VecDeque::new(),
            closed_until: Tick::default(),
        })))
    }

    /// Passes one request, or says how long to wait before asking again.
    pub(crate) fn admit(&self, now: Tick) -> Result<Permit, Duration> {
        self.lock().admit(now)
    }

    /// Closes the gate for every flow, because the server refused one of them. Where no one else uses the token, requests
    /// arrived closer than they left, so the gate lets them leave a little further apart, until [`EASE`] without a refusal.
    pub(crate) fn refused(&self, until: Tick) {
        let mut window = self.lock();
        window.closed_until = window.closed_until.max(until);
        window.grace = (window.grace + GRACE).min(MOST_GRACE);
        window.grace_since = until;
    }

    /// Takes what an answer says of the limit.
    pub(crate) fn learn(&self, permit: Permit, now: Tick, answer: &HttpResponse) {
        self.lock().learn(permit, now, Told::by(answer));
    }

    /// How long it takes until all requests that have passed are forgotten.
    pub(crate) fn window(&self) -> Duration {
        self.lock().span()
    }

    fn lock(&self) -> MutexGuard<'_, Window> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const GRACE: Duration = Duration::from_millis(20);
const MOST_GRACE: Duration = Duration::from_millis(200);
/// After so long without a refusal, requests leave closer again, by as much as one refusal moved them apart. So a stream that
/// many refusals made slower, by 15 % at most, is back at its rate in three quarters of an hour; and where requests do
/// arrive closer than they left, to try it costs one refusal in some 1,200 requests.
const EASE: Duration = Duration::from_mins(5);

impl Window {
    fn span(&self) -> Duration {
        self.length + self.grace
    }

    fn ease(&mut self, now: Tick) {
        while self.grace > self.least_grace && now.since(self.grace_since) >= EASE {
            self.grace = self.grace.saturating_sub(GRACE).max(self.least_grace);
            self.grace_since = self.grace_since + EASE;
        }
    }

    fn admit(&mut self, now: Tick) -> Result<Permit, Duration> {
        self.ease(now);
        let span = self.span();
        while self
            .passed
            .front()
            .is_some_and(|&passed| passed + span <= now)
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
            return Err((last + span).since(now));
        }
        self.passed.push_back(now);
        self.number = self.number.wrapping_add(1);
        Ok(Permit {
            at: now,
            number: self.number,
            used: self.passed.len(),
        })
    }

    /// Where a tenant counts more requests than passed here, someone else uses the token, whose requests count as ours.
    fn learn(&mut self, permit: Permit, now: Tick, told: Told) {
        if let Some(limit) = told.limit {
            self.permits = limit;
        }
        let is_stale = now.since(permit.at) >= self.span();
        let Some(remaining) = told.remaining.filter(|_| !is_stale) else {
            return;
        };
        let later = self.number.wrapping_sub(permit.number);
        let left = self.permits.saturating_sub(permit.used + later);
        let others = left.saturating_sub(remaining);
        self.passed.extend(std::iter::repeat_n(now, others));
        if others > 0 && remaining == 0 {
            self.closed_until = self.closed_until.max(now + told.reset);
        }
    }
}

#[cfg(test)]
mod tests;
