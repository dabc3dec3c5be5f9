//! The documented limit of each endpoint: 4 requests a second, with headers that tell how many are left.

use http::{HeaderMap, HeaderName, HeaderValue, header};
use netskope_model::flow::Tick;
use std::collections::VecDeque;

const WINDOW: u64 = 1000;
const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// The requests of the last second on one endpoint.
#[derive(Default)]
pub(crate) struct Limiter(VecDeque<u64>);

/// What the limit says to a request.
#[derive(Clone, Copy)]
pub(crate) struct Admission {
    pub(crate) admitted: bool,
    limit: u64,
    remaining: u64,
    reset: u64,
}

impl Limiter {
    /// Counts a request, or refuses it; a refused one does not count.
    pub(crate) fn admit(&mut self, now: Tick, permits: u64) -> Admission {
        let latest = self.0.back().copied().unwrap_or_default();
        let now = now.as_millis().max(latest);
        while self.0.front().is_some_and(|past| now - past >= WINDOW) {
            self.0.pop_front();
        }
        let used = |times: &VecDeque<u64>| u64::try_from(times.len()).unwrap_or(u64::MAX);
        let admitted = used(&self.0) < permits;
        if admitted {
            self.0.push_back(now);
        }
        let oldest = self.0.front().copied().unwrap_or(now);
        Admission {
            admitted,
            limit: permits,
            remaining: permits.saturating_sub(used(&self.0)),
            reset: (WINDOW - (now - oldest)).div_ceil(1000),
        }
    }
}

impl Admission {
    /// The same, as though none remained.
    pub(crate) fn exhausted(self) -> Self {
        Self {
            remaining: 0,
            ..self
        }
    }

    pub(crate) fn dress(&self, headers: &mut HeaderMap) {
        headers.insert(LIMIT, HeaderValue::from(self.limit));
        headers.insert(REMAINING, HeaderValue::from(self.remaining));
        headers.insert(RESET, HeaderValue::from(self.reset));
        if !self.admitted {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(self.reset));
        }
    }
}
