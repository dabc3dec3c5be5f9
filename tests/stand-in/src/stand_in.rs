//! The stand-in itself: who answers which request, and what goes wrong with it on the way.

use crate::Fault;
use crate::cors::Cors;
use crate::options::Options;
use crate::record::{self, Recorded};
use crate::reply::{self, Reply};
use crate::v1::V1;
use crate::v2::V2;
use crate::v2::served::{self, ServedPage};
use http::{Method, Request, Response, StatusCode};
use netskope_model::flow::Tick;
use std::fmt;
use std::ops::Range;

/// Where a test asks what was received.
const REQUESTS: &str = "/_stand-in/requests";
/// Where a test asks which pages were served.
const SERVED: &str = "/_stand-in/served";

/// A tenant in memory: no clock, no socket.
pub struct StandIn {
    v1: V1,
    v2: V2,
    cors: Option<Cors>,
    recorded: Option<Vec<Recorded>>,
    tells_served: bool,
    served: u64,
}

impl StandIn {
    /// A tenant that holds and does what the options say.
    pub fn new(mut options: Options) -> Self {
        let (for_v2, for_v1) = std::mem::take(&mut options.faults)
            .into_iter()
            .partition(Fault::is_for_v2);
        options.faults = for_v1;
        Self {
            cors: options.cors.clone().map(Cors::allowing),
            recorded: options.record.then(Vec::new),
            tells_served: options.dataexport.served,
            served: 0,
            v2: V2::new(&options, for_v2),
            v1: V1::new(options),
        }
    }

    /// The reply to a request that arrives at this moment.
    ///
    /// Only the path and query of its target count, so a request for a real tenant can be handed in as it is.
    pub fn handle(&mut self, now: Tick, request: &Request<Vec<u8>>) -> Reply {
        let path = request.uri().path();
        if let Some(told) = self.told(path) {
            let mut reply = Reply::whole(telling(request.method(), told));
            // What was received has tokens, which are for no page of another site.
            if path == SERVED {
                self.dress(request, &mut reply);
            }
            return reply;
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
        self.dress(request, &mut reply);
        reply
    }

    /// Makes something go wrong with a request to come, after the faults already waiting.
    pub fn push_fault(&mut self, fault: Fault) {
        if fault.is_for_v2() {
            self.v2.push_fault(fault);
        } else {
            self.v1.push_fault(fault);
        }
    }

    /// What was received so far, oldest first; empty unless [`Options::record`] is on.
    pub fn requests(&self) -> &[Recorded] {
        self.recorded.as_deref().unwrap_or_default()
    }

    /// How many requests were answered or spoiled so far, refused ones included.
    pub fn served(&self) -> u64 {
        self.served
    }

    /// The pages that v2 served so far, oldest first; empty unless [`DataExport::served`](crate::DataExport::served) is on.
    pub fn served_pages(&self) -> &[ServedPage] {
        self.v2.served()
    }

    /// The text of the records of a v2 stream such as `events/page` at these positions, those yet to come included; none
    /// where there is no such stream.
    pub fn records(&mut self, stream: &str, positions: Range<u64>) -> Vec<String> {
        self.v2.records(stream, positions)
    }

    /// What a path of the stand-in's own tells, where it is told.
    fn told(&self, path: &str) -> Option<Vec<u8>> {
        match path {
            REQUESTS => self.recorded.as_deref().map(record::to_json),
            SERVED => self.tells_served.then(|| served::to_json(self.v2.served())),
            _ => None,
        }
    }

    fn dress(&self, request: &Request<Vec<u8>>, reply: &mut Reply) {
        if let Some(cors) = &self.cors {
            cors.dress(request.headers(), reply.response.headers_mut());
        }
    }

    fn route(&mut self, now: Tick, request: &Request<Vec<u8>>) -> Reply {
        let path = request.uri().path();
        if path.starts_with("/api/v1/") {
            return self.v1.handle(now, request);
        }
        if path.starts_with("/api/v2/") {
            return self.v2.handle(now, request);
        }
        Reply::whole(reply::page(StatusCode::NOT_FOUND))
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

fn telling(method: &Method, told: Vec<u8>) -> Response<Vec<u8>> {
    if method == Method::GET {
        reply::response(StatusCode::OK, "application/json", told)
    } else {
        reply::page(StatusCode::METHOD_NOT_ALLOWED)
    }
}
