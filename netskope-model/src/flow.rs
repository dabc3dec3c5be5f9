//! The seam: an exchange with a server as a machine that is driven from outside.
//!
//! A driver asks [`Flow::poll`] what to do, does it, and reports with [`Flow::handle`]:
//!
//! ```text
//! loop { match flow.poll(clock.now())? {
//!     Transmit(request) => flow.handle(clock.now(), transport.round_trip(request)),
//!     Wait(wait)        => sleep(wait.duration),
//!     Deliver(item)     => return item,
//!     Finished          => return } }
//! ```

mod message;

pub use message::{HttpRequest, HttpResponse, Method};

use crate::error::{Error, ErrorKind};
use std::{fmt, ops::Add, time::Duration};

/// One logical exchange with a server.
pub trait Flow {
    /// What it delivers.
    type Item;

    /// What the driver must do next.
    ///
    /// Asked again after [`Output::Transmit`] without an answer in between, it transmits the same request again, or one that
    /// does no harm where the first has arrived.
    ///
    /// # Errors
    ///
    /// The [`Error`] that ended the flow, once; the flow is then finished.
    fn poll(&mut self, now: Tick) -> Result<Output<Self::Item>, Error>;

    /// Takes what came back for the request transmitted last.
    fn handle(&mut self, now: Tick, answer: Result<HttpResponse, TransportFailure>);
}

/// What a driver must do next.
#[derive(Debug)]
pub enum Output<T> {
    /// Send this and hand the answer to [`Flow::handle`].
    Transmit(HttpRequest),
    /// Ask again after this time.
    Wait(Wait),
    /// An item for the caller.
    Deliver(T),
    /// Nothing more will come.
    Finished,
}

/// How long to wait, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// How long.
    pub duration: Duration,
    /// Why.
    pub reason: WaitReason,
}

/// Why a flow waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitReason {
    /// The server answered 429.
    RateLimited,
    /// The next request would exceed the documented rate.
    Pacing,
    /// The tenant asked for it, between one page of a log stream and the next.
    Asked,
    /// An attempt failed in this way and will be repeated.
    Retrying(ErrorKind),
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RateLimited => f.write_str("the tenant's rate limit is reached"),
            Self::Pacing => f.write_str("keeping below the tenant's rate limit"),
            Self::Asked => f.write_str("the tenant asks to wait before the next page"),
            Self::Retrying(kind) => write!(f, "{}, trying again", kind.phrase()),
        }
    }
}

/// A moment, in milliseconds since an origin of the driver's choice that never changes; it must not run backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tick(u64);

impl Tick {
    /// The moment this many milliseconds after the origin.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the origin.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// The time from `earlier` to this moment, zero if it is not earlier.
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Tick {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        Self(self.0.saturating_add(millis))
    }
}

/// When a server takes the next request: the headers of an answer that flows read.
///
/// Where each header costs something, a transport may leave out all others. `ratelimit-rest` is a slip of the article on
/// the log streams, read in case a tenant makes it too.
pub const WAIT_HEADERS: [&str; 5] = [
    "retry-after",
    "ratelimit-reset",
    "ratelimit-rest",
    "ratelimit-limit",
    "ratelimit-remaining",
];

/// Why no answer came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportFailure {
    /// In which way it failed.
    pub kind: FailureKind,
    /// The transport's own words.
    pub detail: String,
}

impl TransportFailure {
    /// A failure in the transport's own words.
    pub fn new(kind: FailureKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
        }
    }
}

/// In which way a transport failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// The host's name has no address.
    Resolve,
    /// No connection could be made.
    Connect,
    /// The connection is not trusted.
    Tls,
    /// Both ends could not agree on a TLS connection; trust is not the matter.
    Handshake,
    /// No answer came in time.
    Timeout,
    /// The connection ended before the answer did.
    Cut,
    /// The answer is larger than the client takes.
    TooLarge,
    /// What stands before the answer is larger than the client takes.
    LargeHeaders,
    /// Anything else, such as a browser's refusal to say what happened.
    Other,
}
