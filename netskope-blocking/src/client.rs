//! The client: a session with a tenant, driven over blocking sockets.

mod builder;

pub use builder::{BuildError, ClientBuilder};

use crate::{
    devices::{Devices, Pages},
    transport::{Room, Transport},
};
#[cfg(feature = "drain")]
use netskope_model::v2::Stream;
use netskope_model::{
    Error, Session, Tenant,
    flow::{FailureKind, Flow, HttpRequest, HttpResponse, Output, Tick, TransportFailure, Wait},
    retry::RetryPolicy,
    v1::clients::{Page, Request},
};
use std::{
    fmt,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

/// A client of one tenant.
///
/// Clones share their connections and the tenant's rate limit, so one client is enough for any number of threads.
#[derive(Clone)]
pub struct Client {
    session: Session,
    transport: Transport,
    #[cfg(feature = "drain")]
    patience: Patience,
    started: Instant,
    hooks: Hooks,
}

/// How often requests for log streams are repeated.
#[cfg(feature = "drain")]
#[derive(Clone, Copy)]
struct Patience {
    seed: u64,
    retries: Option<u32>,
}

#[derive(Clone, Default)]
struct Hooks {
    wait: Option<WaitHook>,
    round_trip: Option<RoundTripHook>,
}

type WaitHook = Arc<dyn Fn(&Wait) + Send + Sync>;
type RoundTripHook = Arc<dyn Fn(&RoundTrip<'_>) + Send + Sync>;

/// One request and what came back, as told to [`ClientBuilder::on_round_trip`].
#[derive(Debug)]
pub struct RoundTrip<'a> {
    /// The request's method.
    pub method: &'a http::Method,
    /// The request's URL, which never holds a token.
    pub url: &'a http::Uri,
    /// The answer, or why there is none.
    pub answer: Result<&'a http::Response<Vec<u8>>, &'a TransportFailure>,
    /// How long it took.
    pub elapsed: Duration,
}

impl Client {
    /// A client of this tenant, to be set up.
    pub fn builder(tenant: Tenant) -> ClientBuilder {
        ClientBuilder::new(tenant)
    }

    /// The tenant.
    pub fn tenant(&self) -> &Tenant {
        self.session.tenant()
    }

    /// The same client in a hurry: it gives up at the first failure, and on a request that takes longer than this.
    ///
    /// It shares connections and rate limit with this one.
    #[must_use]
    pub fn hurried(&self, timeout: Duration) -> Self {
        let no_retries = RetryPolicy::new(0).retries(0);
        Self {
            session: self.session.clone().with_retry(no_retries),
            #[cfg(feature = "drain")]
            patience: Patience {
                retries: Some(0),
                ..self.patience
            },
            transport: self.transport.clone().within(timeout),
            ..self.clone()
        }
    }

    /// One page of devices, in one call.
    ///
    /// # Errors
    ///
    /// What went wrong, after the retries that the client was built with.
    pub fn page(&self, request: Request) -> Result<Page, Error> {
        let page = self.drive(&mut self.session.page(request))?;
        page.ok_or_else(|| {
            TransportFailure::new(FailureKind::Other, "the call ended without an answer").into()
        })
    }

    /// All pages from the request's first device on, each of at most the request's limit.
    ///
    /// A device that reports meanwhile moves to the front, so the front is read again, 20 times at most: of a fleet that
    /// never rests, some devices can be missing. [`Paging`](netskope_model::paging::Paging) says more.
    pub fn pages(&self, request: Request) -> Pages<'_> {
        Pages::new(self, self.session.pages(request))
    }

    /// All devices of a query, each once, read page by page as they are taken.
    ///
    /// Records that are no devices, and a list that is missing, are seen by [`Client::pages`] only. What it says of a
    /// fleet that never rests holds here too.
    pub fn devices(&self, request: Request) -> Devices<'_> {
        Devices::new(self.pages(request).distinct())
    }

    /// The same session with more patience: a log stream is read unattended.
    #[cfg(feature = "drain")]
    pub(crate) fn stream_session(&self, stream: &Stream, has_end: bool) -> Session {
        const WITH_END: u32 = 10;
        let Patience { seed, retries } = self.patience;
        // Streams that failed together do not come back together.
        let name = stream.name().bytes().map(u64::from).sum();
        let patient = RetryPolicy::patient(seed.wrapping_add(name));
        let retry = match retries.or(has_end.then_some(WITH_END)) {
            Some(retries) => patient.retries(retries),
            None => patient,
        };
        self.session.clone().with_retry(retry)
    }

    pub(crate) fn drive<F: Flow>(&self, flow: &mut F) -> Result<Option<F::Item>, Error> {
        loop {
            match flow.poll(self.now())? {
                Output::Transmit(request) => {
                    let answer = self.round_trip(request, &mut Room::default());
                    flow.handle(self.now(), answer);
                }
                Output::Wait(wait) => self.wait(&wait),
                Output::Deliver(item) => return Ok(Some(item)),
                Output::Finished => return Ok(None),
            }
        }
    }

    pub(crate) fn round_trip(
        &self,
        request: HttpRequest,
        room: &mut Room,
    ) -> Result<HttpResponse, TransportFailure> {
        let request = request.try_into().map_err(|error: http::Error| {
            TransportFailure::new(FailureKind::Other, error.to_string())
        })?;
        self.observed_round_trip(request, room).map(Into::into)
    }

    fn observed_round_trip(
        &self,
        request: http::Request<Vec<u8>>,
        room: &mut Room,
    ) -> Result<http::Response<Vec<u8>>, TransportFailure> {
        let Some(hook) = &self.hooks.round_trip else {
            return self.transport.round_trip(request, room);
        };
        let (method, url, sent) = (
            request.method().clone(),
            request.uri().clone(),
            Instant::now(),
        );
        let answer = self.transport.round_trip(request, room);
        hook(&RoundTrip {
            method: &method,
            url: &url,
            answer: answer.as_ref(),
            elapsed: sent.elapsed(),
        });
        answer
    }

    fn wait(&self, wait: &Wait) {
        self.tell_wait(wait);
        thread::sleep(wait.duration);
    }

    pub(crate) fn tell_wait(&self, wait: &Wait) {
        if let Some(hook) = &self.hooks.wait {
            hook(wait);
        }
    }

    pub(crate) fn now(&self) -> Tick {
        let elapsed = self.started.elapsed().as_millis();
        Tick::from_millis(u64::try_from(elapsed).unwrap_or(u64::MAX))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}
