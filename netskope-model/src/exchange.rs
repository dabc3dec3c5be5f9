//! One call: request, verdict, retry, answer.

use crate::{
    error::{Error, ErrorKind},
    flow::{Flow, HttpRequest, HttpResponse, Output, Tick, TransportFailure, Wait, WaitReason},
    session::Session,
    verdict::{self, Verdict},
};
use std::{mem, time::Duration};

/// A call that a server understands.
pub trait Endpoint {
    /// What a good answer says.
    type Response;

    /// The call as an HTTP request, with the session's token where it belongs.
    fn request(&self, session: &Session) -> HttpRequest;

    /// The answer, or in which way it is not one.
    ///
    /// # Errors
    ///
    /// An [`Error`] of the kind that the status and the body speak of.
    fn decode(&self, response: &HttpResponse) -> Result<Self::Response, Error>;
}

/// One call in progress; delivers one answer.
#[derive(Debug)]
pub struct Exchange<E: Endpoint> {
    endpoint: E,
    session: Session,
    failures: u32,
    state: State<E::Response>,
}

#[derive(Debug)]
enum State<T> {
    Ready,
    Waiting { until: Tick, reason: WaitReason },
    Answered(Result<T, Error>),
    Finished,
}

impl<E: Endpoint> Exchange<E> {
    /// A call yet to be made.
    pub fn new(session: Session, endpoint: E) -> Self {
        Self {
            endpoint,
            session,
            failures: 0,
            state: State::Ready,
        }
    }

    fn transmit(&mut self, now: Tick) -> Output<E::Response> {
        match self.session.gate.admit(now) {
            Ok(()) => Output::Transmit(self.endpoint.request(&self.session)),
            Err(duration) => Output::Wait(Wait {
                duration,
                reason: WaitReason::Pacing,
            }),
        }
    }

    fn after_failure(&mut self, now: Tick, error: Error) -> State<E::Response> {
        self.failures += 1;
        let (asked, reason) = match verdict::on_lookup(error.kind()) {
            Verdict::Fail => return self.failed(error),
            Verdict::Obey => (Some(wait_for_limit(&error)), WaitReason::RateLimited),
            Verdict::Repeat => (error.retry_after(), WaitReason::Retrying(error.kind())),
        };
        let Some(delay) = self.session.retry.delay(self.failures, asked) else {
            return self.failed(error);
        };
        let until = now + delay;
        if reason == WaitReason::RateLimited {
            self.session.gate.close_until(until);
        }
        State::Waiting { until, reason }
    }

    fn failed(&self, error: Error) -> State<E::Response> {
        State::Answered(Err(error.after_attempts(self.failures)))
    }
}

impl<E: Endpoint> Flow for Exchange<E> {
    type Item = E::Response;

    fn poll(&mut self, now: Tick) -> Result<Output<Self::Item>, Error> {
        match mem::replace(&mut self.state, State::Finished) {
            State::Waiting { until, reason } if now < until => {
                self.state = State::Waiting { until, reason };
                Ok(Output::Wait(Wait {
                    duration: until.since(now),
                    reason,
                }))
            }
            State::Ready | State::Waiting { .. } => {
                self.state = State::Ready;
                Ok(self.transmit(now))
            }
            State::Answered(answer) => answer.map(Output::Deliver),
            State::Finished => Ok(Output::Finished),
        }
    }

    fn handle(&mut self, now: Tick, answer: Result<HttpResponse, TransportFailure>) {
        let decoded = answer
            .map_err(Error::from)
            .and_then(|response| self.endpoint.decode(&response))
            .map_err(|error| error.presentable(self.session.token.as_ref()));
        self.state = match decoded {
            Ok(item) => State::Answered(Ok(item)),
            Err(error) => self.after_failure(now, error),
        };
    }
}

/// How long a server that gave no time wants to be left alone: the window of its documented rate.
fn wait_for_limit(error: &Error) -> Duration {
    const WINDOW: Duration = Duration::from_secs(5);
    debug_assert_eq!(error.kind(), ErrorKind::RateLimited);
    error.retry_after().unwrap_or(WINDOW)
}
