//! What can be made to go wrong with requests to come, on purpose.

mod answer;
mod line;
mod queue;
mod random;
mod twist;

use crate::reply::{Ending, Reply};
use crate::v1::envelope;
use answer::{Answer, Body, Interface};
use http::{HeaderValue, Response, StatusCode};
use std::time::Duration;

pub use line::{FaultError, faults_of};
use queue::Which;
pub(crate) use queue::{Met, Queue};
pub(crate) use random::Random;
pub use random::{Kinds, RandomFaults};
pub(crate) use twist::{Damage, Twist};

/// What goes wrong with a request.
///
/// A fault replaces the answer, or leaves the true one and spoils how it arrives. It meets one v1 request, unless
/// [`Fault::on_v2`] and its like say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// The v2 requests it can meet; [`None`] is v1.
    v2: Option<Which>,
    /// How many requests that it could meet pass first.
    skip: u64,
    /// How many more it meets after its first, without end where it is the highest number.
    again: u64,
    answer: Option<Answer>,
    /// Whether the index moves although the answer is replaced or reset.
    moved: bool,
    /// Whether the headers of the v2 limit are left out.
    bare: bool,
    twist: Twist,
    delay: Duration,
    ending: Ending,
    /// How long the index stays taken, where not as long as the answer takes.
    holds: Option<Duration>,
}

/// Which fault.
impl Fault {
    /// This status, with what usually comes with it: in v1 the page that a web server shows for it; in v2 the message of the
    /// gateway, and that page for 5xx.
    pub fn status(status: StatusCode) -> Self {
        Self::answering(status, Body::Usual)
    }

    /// This status and this body, announced as JSON whatever it is.
    pub fn body(status: StatusCode, body: impl Into<String>) -> Self {
        Self::answering(status, Body::Json(body.into()))
    }

    /// This status and this body, announced as HTML.
    pub fn html(status: StatusCode, body: impl Into<String>) -> Self {
        Self::answering(status, Body::Html(body.into()))
    }

    /// A 200 without a body.
    pub fn empty() -> Self {
        Self::answering(StatusCode::OK, Body::Empty)
    }

    /// A 200 whose v1 envelope says `error`, with `errors` as a list.
    pub fn errors(errors: &[&str]) -> Self {
        Self::body(
            StatusCode::OK,
            envelope::error_text("General Error", errors),
        )
    }

    /// A 200 whose v1 envelope says `error`, with `errors` as a bare string, as some clients report to have met.
    pub fn error_string(error: &str) -> Self {
        Self::body(StatusCode::OK, envelope::error_text("General Error", error))
    }

    /// A 200 whose v2 page says `"ok":0`, with this text as its `result`.
    pub fn not_ok(result: &str) -> Self {
        let body = serde_json::json!({ "ok": 0, "result": result });
        Self::body(StatusCode::OK, body.to_string()).on_v2()
    }

    /// The true answer, its connection closed after so many bytes of the body.
    pub fn cut_after(bytes: usize) -> Self {
        Self::ending(Ending::CutAfter(bytes))
    }

    /// The true answer, which stops for ever after so many bytes of the body.
    pub fn stall_after(bytes: usize) -> Self {
        Self::ending(Ending::StallAfter(bytes))
    }

    /// The true answer, its body spread over this time.
    pub fn slow(over: Duration) -> Self {
        Self::ending(Ending::Slow(over))
    }

    /// No answer: the connection is reset.
    pub fn reset() -> Self {
        Self::ending(Ending::Reset)
    }

    /// No answer, and the connection stays open.
    pub fn silence() -> Self {
        Self::ending(Ending::Silence)
    }

    /// The true answer, late.
    pub fn late(delay: Duration) -> Self {
        Self::default().after(delay)
    }

    /// The true page, longer by so many spaces, of which little is left as gzip.
    pub fn padded(bytes: u64) -> Self {
        Self::twisted(Twist::Padded(bytes))
    }

    /// The true page without its `wait_time`.
    pub fn without_wait_time() -> Self {
        Self::twisted(Twist::WaitTime(None))
    }

    /// The true page with this `wait_time`.
    pub fn wait_time(seconds: i64) -> Self {
        Self::twisted(Twist::WaitTime(Some(seconds)))
    }

    /// The true page with a `timestamp_hwm` that is so many seconds ahead.
    pub fn skewed(seconds: i64) -> Self {
        Self::twisted(Twist::Skew(seconds))
    }

    /// A 204 without a body in place of an empty page; other pages stay.
    pub fn no_content() -> Self {
        Self::twisted(Twist::NoContent)
    }

    /// The true page, whose gzip ends after so many bytes as though it were whole; nothing for who takes no gzip.
    pub fn gzip_cut_after(bytes: usize) -> Self {
        Self::twisted(Twist::Gzip(Damage::CutAfter(bytes)))
    }

    /// The true page, whose gzip has a wrong byte in the middle; nothing for who takes no gzip.
    pub fn gzip_corrupt() -> Self {
        Self::twisted(Twist::Gzip(Damage::Corrupt))
    }

    fn answering(status: StatusCode, body: Body) -> Self {
        Self {
            answer: Some(Answer::new(status, body)),
            ..Self::default()
        }
    }

    fn ending(ending: Ending) -> Self {
        Self {
            ending,
            ..Self::default()
        }
    }

    fn twisted(twist: Twist) -> Self {
        Self {
            twist,
            ..Self::default()
        }
        .on_v2()
    }
}

/// More about it.
impl Fault {
    /// The same fault, so much later.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay += delay;
        self
    }

    /// The same fault with a `Retry-After` header; changes nothing where the true answer is sent.
    #[must_use]
    pub fn retry_after(mut self, value: HeaderValue) -> Self {
        if let Some(answer) = &mut self.answer {
            answer.retry_after = Some(value);
        }
        self
    }

    /// The same fault, its answer without `RateLimit` headers. Only for v2.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// The same fault after the index moved: the page is lost but for `resend`. Without it a replaced answer and a reset
    /// leave the index where it was. Only for v2.
    #[must_use]
    pub fn moved(mut self) -> Self {
        self.moved = true;
        self
    }

    /// The same fault, and its index stays taken for so long: others that ask for it meanwhile have 409. Without it, an index
    /// is taken as long as a late or slow answer takes, and not at all by one that never comes. Only for v2.
    #[must_use]
    pub fn holding(mut self, time: Duration) -> Self {
        self.holds = Some(time);
        self
    }

    /// The same fault for the next v2 request of any kind.
    #[must_use]
    pub fn on_v2(mut self) -> Self {
        self.v2.get_or_insert_default();
        self
    }

    /// The same fault for the next v2 request of this stream, such as `events/page`.
    #[must_use]
    pub fn on_stream(mut self, name: impl Into<String>) -> Self {
        self.v2.get_or_insert_default().stream = Some(name.into());
        self
    }

    /// The same fault for the next v2 request with this operation: `epoch`, `head`, `tail`, `next` or `resend`.
    #[must_use]
    pub fn on_operation(mut self, name: impl Into<String>) -> Self {
        self.v2.get_or_insert_default().operation = Some(name.into());
        self
    }

    /// The same fault for the next v2 request with this index.
    #[must_use]
    pub fn on_index(mut self, name: impl Into<String>) -> Self {
        self.v2.get_or_insert_default().index = Some(name.into());
        self
    }

    /// The same fault after so many of its requests passed.
    #[must_use]
    pub fn skip(mut self, requests: u64) -> Self {
        self.skip = requests;
        self
    }

    /// The same fault for so many of its requests, at least one.
    #[must_use]
    pub fn times(mut self, requests: u64) -> Self {
        self.again = requests.saturating_sub(1);
        self
    }

    /// The same fault for all of its requests.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.again = u64::MAX;
        self
    }
}

/// What comes of it.
impl Fault {
    /// The reply to a v1 request whose true answer is `answer`.
    pub(crate) fn spoil(self, answer: impl FnOnce() -> Response<Vec<u8>>) -> Reply {
        Reply {
            response: match &self.answer {
                Some(instead) => instead.response(Interface::V1),
                None => answer(),
            },
            delay: self.delay,
            ending: self.ending,
            chunked: false,
        }
    }

    pub(crate) fn is_for_v2(&self) -> bool {
        self.v2.is_some()
    }

    /// The answer in place of the true one, for v2.
    pub(crate) fn instead(&self) -> Option<Response<Vec<u8>>> {
        let answer = self.answer.as_ref()?;
        Some(answer.response(Interface::V2))
    }

    /// The reply whose true answer is `answer`.
    pub(crate) fn send(&self, answer: Response<Vec<u8>>) -> Reply {
        Reply {
            response: answer,
            delay: self.delay,
            ending: self.ending,
            chunked: false,
        }
    }

    /// Whether the request never gets as far as its index.
    pub(crate) fn comes_before_the_index(&self) -> bool {
        let loses = self.answer.is_some() || matches!(self.ending, Ending::Reset | Ending::Silence);
        loses && !self.moved
    }

    /// Whether a true answer of so many bytes is sent to its end.
    pub(crate) fn lets_all_through(&self, bytes: usize) -> bool {
        let ends = match self.ending {
            Ending::Whole | Ending::Slow(_) => true,
            Ending::CutAfter(sent) | Ending::StallAfter(sent) => sent >= bytes,
            Ending::Reset | Ending::Silence => false,
        };
        ends && self.answer.is_none()
    }

    /// How long its index is taken.
    pub(crate) fn holds(&self) -> Duration {
        self.holds.unwrap_or_else(|| match self.ending {
            Ending::Slow(over) => self.delay + over,
            _ => self.delay,
        })
    }

    pub(crate) fn twist(&self) -> Twist {
        self.twist
    }

    /// What becomes of the headers of the v2 limit.
    pub(crate) fn limit_headers(&self) -> LimitHeaders {
        let limits = (self.answer.as_ref())
            .is_some_and(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS);
        match (self.bare, limits) {
            (true, _) => LimitHeaders::None,
            (false, true) => LimitHeaders::Exhausted,
            (false, false) => LimitHeaders::True,
        }
    }
}

/// What the headers of the v2 limit say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum LimitHeaders {
    /// What is so.
    True,
    /// That no request remains.
    Exhausted,
    /// They are left out.
    None,
}
