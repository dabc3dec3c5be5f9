//! The stand-in itself: who answers which request, and what goes wrong with it on the way.

use crate::cors::Cors;
use crate::options::Options;
use crate::record::{self, Recorded};
use crate::reply::{self, Reply};
use crate::v1::V1;
use crate::{Fault, v2};
use http::{Method, Request, Response, StatusCode};
use netskope_model::flow::Tick;
use std::fmt;

/// Where a test asks what was received.
const REQUESTS: &str = "/_stand-in/requests";

/// A tenant in memory: no clock, no socket.
pub struct StandIn {
    v1: V1,
    cors: Option<Cors>,
    recorded: Option<Vec<Recorded>>,
    served: u64,
}

impl StandIn {
    /// A tenant that holds and does what the options say.
    pub fn new(options: Options) -> Self {
        Self {
            cors: options.cors.clone().map(Cors::allowing),
            recorded: options.record.then(Vec::new),
            served: 0,
            v1: V1::new(options),
        }
    }

    /// The reply to a request that arrives at this moment.
    ///
    /// Only the path and query of its target count, so a request for a real tenant can be handed in as it is.
    pub fn handle(&mut self, now: Tick, request: &Request<Vec<u8>>) -> Reply {
        if let (REQUESTS, Some(recorded)) = (request.uri().path(), &self.recorded) {
            return Reply::whole(requests(request.method(), recorded));
        }
        self.served += 1;
        if let Some(recorded) = &mut self.recorded {
            recorded.push(Recorded::of(request));
        }
        let preflight = self.cors.as_ref().and_then(|cors| cors.preflight(request));
        let mut reply = match preflight {
            Some(response) => Reply::whole(response),
            None => self.route(now, request),
        };
        if let Some(cors) = &self.cors {
            cors.dress(request.headers(), reply.response.headers_mut());
        }
        reply
    }

    /// Makes something go wrong with a v1 request to come, after the faults already waiting.
    pub fn push_fault(&mut self, fault: Fault) {
        self.v1.push_fault(fault);
    }

    /// What was received so far, oldest first; empty unless [`Options::record`] is on.
    pub fn requests(&self) -> &[Recorded] {
        self.recorded.as_deref().unwrap_or_default()
    }

    /// How many requests were answered or spoiled so far, refused ones included.
    pub fn served(&self) -> u64 {
        self.served
    }

    fn route(&mut self, now: Tick, request: &Request<Vec<u8>>) -> Reply {
        let path = request.uri().path();
        if path.starts_with("/api/v1/") {
            return self.v1.handle(now, request);
        }
        Reply::whole(if path.starts_with("/api/v2/") {
            v2::handle()
        } else {
            reply::page(StatusCode::NOT_FOUND)
        })
    }
}

/// Leaves out what it holds and what it received, tokens among it.
impl fmt::Debug for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandIn")
            .field("served", &self.served)
            .finish_non_exhaustive()
    }
}

fn requests(method: &Method, recorded: &[Recorded]) -> Response<Vec<u8>> {
    if method == Method::GET {
        reply::response(
            StatusCode::OK,
            "application/json",
            record::to_json(recorded),
        )
    } else {
        reply::page(StatusCode::METHOD_NOT_ALLOWED)
    }
}
