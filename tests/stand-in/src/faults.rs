//! What can be made to go wrong with the next v1 requests, on purpose.

mod line;

use crate::reply::{self, Ending, Reply};
use crate::v1::envelope;
use http::{HeaderValue, Response, StatusCode, header};
use std::time::Duration;

pub use line::{FaultError, faults_of};

/// What goes wrong with one request.
///
/// A fault replaces the answer, or leaves the true one and spoils how it arrives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    delay: Duration,
    answer: Option<Answer>,
    ending: Ending,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Answer {
    status: StatusCode,
    retry_after: Option<HeaderValue>,
    body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Body {
    /// nginx's page for the status.
    Page,
    Empty,
    Json(String),
    Html(String),
}

impl Fault {
    /// This status, with the page a web server shows for it.
    pub fn status(status: StatusCode) -> Self {
        Self::answering(status, Body::Page)
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

    /// A 200 whose envelope says `error`, with `errors` as a list.
    pub fn errors(errors: &[&str]) -> Self {
        Self::body(
            StatusCode::OK,
            envelope::error_text("General Error", errors),
        )
    }

    /// A 200 whose envelope says `error`, with `errors` as a bare string, as some clients report to have met.
    pub fn error_string(error: &str) -> Self {
        Self::body(StatusCode::OK, envelope::error_text("General Error", error))
    }

    /// The true answer, its connection closed after so many bytes of the body.
    pub fn cut_after(bytes: usize) -> Self {
        Self {
            ending: Ending::CutAfter(bytes),
            ..Self::default()
        }
    }

    /// No answer: the connection is reset.
    pub fn reset() -> Self {
        Self {
            ending: Ending::Reset,
            ..Self::default()
        }
    }

    /// The true answer, late.
    pub fn late(delay: Duration) -> Self {
        Self::default().after(delay)
    }

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

    fn answering(status: StatusCode, body: Body) -> Self {
        Self {
            answer: Some(Answer {
                status,
                retry_after: None,
                body,
            }),
            ..Self::default()
        }
    }

    /// The reply to a request whose true answer is `answer`.
    pub(crate) fn spoil(self, answer: impl FnOnce() -> Response<Vec<u8>>) -> Reply {
        let response = match self.answer {
            Some(instead) => instead.into_response(),
            None => answer(),
        };
        Reply {
            response,
            delay: self.delay,
            ending: self.ending,
        }
    }
}

impl Answer {
    fn into_response(self) -> Response<Vec<u8>> {
        let mut response = match self.body {
            Body::Page => reply::page(self.status),
            Body::Empty => reply::response(self.status, "text/html; charset=UTF-8", ""),
            Body::Json(body) => reply::response(self.status, envelope::CONTENT_TYPE, body),
            Body::Html(body) => reply::response(self.status, "text/html; charset=UTF-8", body),
        };
        if let Some(value) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }
}
