//! One call: request, verdict, retry, answer.

use crate::{
    error::{Error, ErrorKind},
    flow::{
        FailureKind, Flow, HttpRequest, HttpResponse, Output, Tick, TransportFailure, Wait,
        WaitReason,
    },
    rate::{Permit, RateGate},
    session::Session,
    verdict::{self, Verdict},
};
use std::mem;

/// A call that a server understands.
pub trait Endpoint {
    /// What a good answer says.
    type Response;

    /// Whether answers say more of the rate limit than documents do.
    const TELLS_RATE: bool = false;

    /// What keeps calls like this one below the server's rate limit.
    fn gate(&self, session: &Session) -> RateGate;

    /// The call as an HTTP request, with the session's token where it belongs.
    fn request(&self, session: &Session) -> HttpRequest;

    /// The answer, or in which way it is not one.
    ///
    /// # Errors
    ///
    /// An [`Error`] of the kind that the status and the body speak of.
    fn decode(&self, response: HttpResponse) -> Result<Self::Response, Error>;

    /// What to do about a failure. A call that would do something else when it is repeated becomes one that does not.
    fn after(&mut self, failure: &Error) -> Verdict {
        verdict::on_lookup(failure.kind())
    }
}

/// One call in progress; delivers one answer.
#[derive(Debug)]
pub struct Exchange<E: Endpoint> {
    endpoint: E,
    session: Session,
    gate: RateGate,
    failures: u32,
    failure: Option<Error>,
    state: State<E::Response>,
}

#[derive(Debug)]
enum State<T> {
    Ready,
    Sent(Permit),
    Waiting { until: Tick, reason: WaitReason },
    Answered(Result<T, Error>),
    Finished,
}

impl<E: Endpoint> Exchange<E> {
    /// A call yet to be made.
    pub fn new(session: Session, endpoint: E) -> Self {
        Self {
            gate: endpoint.gate(&session),
            endpoint,
            session,
            failures: 0,
            failure: None,
            state: State::Ready,
        }
    }

    /// The same call, after so many failures of earlier ones for the same end.
    pub(crate) fn after_failures(self, failures: u32) -> Self {
        Self { failures, ..self }
    }

    /// How many attempts have failed.
    pub(crate) fn failures(&self) -> u32 {
        self.failures
    }

    /// The latest failure.
    pub(crate) fn failure(&self) -> Option<&Error> {
        self.failure.as_ref()
    }

    /// The call, as it is now.
    pub(crate) fn endpoint(&self) -> &E {
        &self.endpoint
    }

    fn transmit(&mut self, now: Tick) -> Output<E::Response> {
        match self.gate.admit(now) {
            Ok(permit) => {
                self.state = State::Sent(permit);
                Output::Transmit(self.endpoint.request(&self.session))
            }
            Err(duration) => {
                self.state = State::Ready;
                Output::Wait(Wait {
                    duration,
                    reason: WaitReason::Pacing,
                })
            }
        }
    }

    fn after_failure(&mut self, now: Tick, error: Error) -> State<E::Response> {
        self.failures = self.failures.saturating_add(1);
        let (asked, reason) = match self.endpoint.after(&error) {
            Verdict::Fail => return self.failed(error),
            Verdict::Obey => {
                debug_assert_eq!(error.kind(), ErrorKind::RateLimited);
                let asked = error.retry_after().unwrap_or(self.gate.window());
                (Some(asked), WaitReason::RateLimited)
            }
            Verdict::Repeat => (error.retry_after(), WaitReason::Retrying(error.kind())),
        };
        let Some(delay) = self.session.retry.delay(self.failures, asked) else {
            return self.failed(error);
        };
        let until = now + delay;
        if reason == WaitReason::RateLimited {
            self.gate.refused(until);
        }
        self.failure = Some(error);
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
            State::Ready | State::Waiting { .. } => Ok(self.transmit(now)),
            State::Sent(_) => {
                let lost = TransportFailure::new(FailureKind::Other, "the answer was not awaited");
                self.endpoint.after(&lost.into());
                Ok(self.transmit(now))
            }
            State::Answered(answer) => answer.map(Output::Deliver),
            State::Finished => Ok(Output::Finished),
        }
    }

    fn handle(&mut self, now: Tick, answer: Result<HttpResponse, TransportFailure>) {
        if E::TELLS_RATE
            && let (State::Sent(permit), Ok(response)) = (&self.state, &answer)
        {
            self.gate.learn(*permit, now, response);
        }
        let decoded = answer
            .map_err(Error::from)
            .and_then(|response| self.endpoint.decode(response))
            .map_err(|error| error.presentable(&self.session.tokens));
        self.state = match decoded {
            Ok(item) => State::Answered(Ok(item)),
            Err(error) => self.after_failure(now, error),
        };
    }
}
