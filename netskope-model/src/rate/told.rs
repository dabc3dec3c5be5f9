//! What a tenant's answers say of its rate limit.

use crate::{answer, flow::HttpResponse};
use std::time::Duration;

/// The headers `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (Using the REST API v2 dataexport Iterator
/// Endpoints).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// How many requests pass in a second.
    pub(super) limit: Option<usize>,
    /// How many of them are left.
    pub(super) remaining: Option<usize>,
    /// When all of them are again.
    pub(super) reset: Duration,
}

/// The most requests a second that are believed.
const MOST: u64 = 1_000;
/// The longest time that is waited before a tenant says that a request is one too many.
const LONGEST: u64 = 60;

impl Told {
    pub(super) fn by(answer: &HttpResponse) -> Self {
        let number = |name| answer::number(answer, name).map(|number| number.min(MOST));
        let as_count = |number: u64| usize::try_from(number).ok();
        Self {
            limit: number("ratelimit-limit")
                .filter(|&limit| limit > 0)
                .and_then(as_count),
            remaining: number("ratelimit-remaining").and_then(as_count),
            reset: Duration::from_secs(answer::reset(answer).unwrap_or(1).min(LONGEST)),
        }
    }
}
