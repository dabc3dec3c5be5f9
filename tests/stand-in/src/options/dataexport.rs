//! How the v2 interface behaves.

use crate::{GivenEvents, RandomFaults};
use std::collections::BTreeMap;

/// What the `dataexport` iterators hold and how they behave.
///
/// The default holds no events and behaves as documented.
#[derive(Clone, Debug)]
pub struct DataExport {
    /// The epoch second of tick 0.
    pub origin: i64,
    /// The made-up events of each stream that has no given ones.
    pub events: Events,
    /// Given events by the name of their stream, such as `events/page`; all are there from the start.
    pub given: BTreeMap<String, GivenEvents>,
    /// The most records a page holds; 10,000 as documented.
    pub page_size: u64,
    /// The `wait_time` of every page. Inferred; [`None`] goes from 1 second after a full page to 30 after an empty one.
    pub wait_time: Option<u64>,
    /// Requests a second on each endpoint; 4 as documented. [`RateLimit::Off`](crate::RateLimit::Off) lifts it and sends
    /// no `RateLimit` headers.
    pub permits: u64,
    /// Names of streams that the token has no scope for.
    pub forbidden: Vec<String>,
    /// Whether pages go through time in batches of an hour, as newer documents say.
    pub hour_windows: bool,
    /// Where `next` starts on an index never used. Inferred.
    pub fresh_next: FreshNext,
    /// What `resend` has before any page. Inferred.
    pub early_resend: EarlyResend,
    /// Whether pages are sent in chunks, without announcing their length.
    pub chunked: bool,
    /// Whether a record is kept of every page, for `GET /_stand-in/served`; off by default.
    pub served: bool,
    /// What goes wrong at random, beside [`Options::faults`](crate::Options::faults); nothing by default.
    pub random_faults: Option<RandomFaults>,
    /// Bytes of rendered full pages to keep, so that rendering does not count where others are measured; none by default.
    pub page_cache: usize,
}

/// Made-up events: the same values give the same ones.
///
/// Each stream has this many of its own, by their position from 0, oldest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Events {
    /// What sets them apart from others.
    pub seed: u64,
    /// How many each stream has at the origin.
    pub backlog: u64,
    /// The seconds before the origin over which those are spread.
    pub span: u64,
    /// How many arrive every second from then on.
    pub per_second: u64,
}

impl Events {
    /// So many events in the day before the origin, and no more.
    pub const fn backlog(backlog: u64, seed: u64) -> Self {
        Self {
            seed,
            backlog,
            span: 86_400,
            per_second: 0,
        }
    }
}

/// Where `next` starts on an index that was never used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FreshNext {
    /// With the oldest event, as a published client says.
    #[default]
    Oldest,
    /// With the events after the request.
    Now,
}

/// What `resend` has on an index that never gave a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EarlyResend {
    /// HTTP 400.
    #[default]
    Refuse,
    /// A page without records.
    Empty,
}

impl Default for DataExport {
    fn default() -> Self {
        Self {
            origin: 1_700_000_000,
            events: Events::default(),
            given: BTreeMap::new(),
            page_size: 10_000,
            wait_time: None,
            permits: 4,
            forbidden: Vec::new(),
            hour_windows: false,
            fresh_next: FreshNext::default(),
            early_resend: EarlyResend::default(),
            chunked: false,
            served: false,
            random_faults: None,
            page_cache: 0,
        }
    }
}
