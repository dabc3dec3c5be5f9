//! The v2 interface: `/api/v2/...`, behind a gateway of its own, whose words and headers are those of Kong.
//!
//! `GET /api/v2/events/dataexport/{events|alerts}/<type>?operation=<operation>&index=<name>`, from "Using the REST API v2
//! dataexport Iterator Endpoints".

mod asked;
mod event;
mod exports;
mod given;
mod gzip;
mod index;
mod limit;
mod log;
mod page;
pub(crate) mod served;
mod stream;
mod timeline;

use crate::Fault;
use crate::faults::{LimitHeaders, Met, Queue, Random};
use crate::options::{Options, RateLimit};
use crate::reply::{self, Reply};
use asked::Asked;
use exports::Exports;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use netskope_model::flow::Tick;
use served::ServedPage;
use std::ops::Range;

pub use given::{EventsError, GivenEvents, events_of};

const FOLDER: &str = "/api/v2/events/dataexport/";
pub(crate) const CONTENT_TYPE: &str = "application/json; charset=utf-8";

/// Everything below `/api/v2/`.
pub(crate) struct V2 {
    token: String,
    limited: bool,
    faults: Queue,
    random: Option<Random>,
    exports: Exports,
}

impl V2 {
    pub(crate) fn new(options: &Options, faults: Vec<Fault>) -> Self {
        let export = options.dataexport.clone();
        Self {
            token: options.v2_token.clone(),
            limited: options.rate_limit == RateLimit::On,
            faults: Queue::new(faults),
            random: export.random_faults.map(Random::new),
            exports: Exports::new(export),
        }
    }

    pub(crate) fn push_fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// What was served so far, in the order of the requests.
    pub(crate) fn served(&self) -> &[ServedPage] {
        self.exports.served()
    }

    pub(crate) fn records(&mut self, stream: &str, positions: Range<u64>) -> Vec<String> {
        self.exports.records(stream, positions)
    }

    pub(crate) fn handle(&mut self, now: Tick, request: &Request<Vec<u8>>) -> Reply {
        // The published template of the address has a slash before the question mark, its examples have none.
        let path = request.uri().path();
        let name = (path.strip_prefix(FOLDER)).map(|name| name.strip_suffix('/').unwrap_or(name));
        let found = name.filter(|name| request.method() == Method::GET && self.exports.has(name));
        let Some(name) = found else {
            return Reply::whole(refusal(StatusCode::NOT_FOUND));
        };
        let admission = if self.limited {
            self.exports.admit(name, now)
        } else {
            None
        };
        if let Some(refused) = admission.filter(|admission| !admission.admitted) {
            let mut response = refusal(StatusCode::TOO_MANY_REQUESTS);
            refused.dress(response.headers_mut());
            return Reply::whole(response);
        }
        let fault = self.fault(name, request);
        let mut reply = self.answer(now, name, request, &fault);
        if let Some(admission) = admission {
            let headers = reply.response.headers_mut();
            match fault.limit_headers() {
                LimitHeaders::True => admission.dress(headers),
                LimitHeaders::Exhausted => admission.exhausted().dress(headers),
                LimitHeaders::None => {}
            }
        }
        reply
    }

    /// What goes wrong with this request; nothing, most of the time.
    fn fault(&mut self, stream: &str, request: &Request<Vec<u8>>) -> Fault {
        let [operation, index] = asked::names(request.uri());
        let met = Met::V2 {
            stream,
            operation: if operation.starts_with(|first: char| first.is_ascii_digit()) {
                "epoch"
            } else {
                &operation
            },
            index: &index,
        };
        let random = &mut self.random;
        (self.faults.take(met))
            .or_else(|| random.as_mut()?.draw(stream, &index))
            .unwrap_or_default()
    }

    fn answer(
        &mut self,
        now: Tick,
        name: &str,
        request: &Request<Vec<u8>>,
        fault: &Fault,
    ) -> Reply {
        if fault.comes_before_the_index() {
            return fault.send(fault.instead().unwrap_or_default());
        }
        match self.checked(name, request) {
            Ok(asked) => {
                let gzip = wants_gzip(request.headers());
                self.exports.turn(now, name, &asked, gzip, fault)
            }
            Err((status, text)) => Reply::whole(message(status, text)),
        }
    }

    fn checked(
        &self,
        name: &str,
        request: &Request<Vec<u8>>,
    ) -> Result<Asked, (StatusCode, &'static str)> {
        let refused = |status| (status, words(status));
        let unnamed = (StatusCode::UNAUTHORIZED, "No API key found in request");
        if token(request.headers()).ok_or(unnamed)? != self.token.as_bytes() {
            return Err(refused(StatusCode::UNAUTHORIZED));
        }
        if self.exports.forbids(name) {
            return Err(refused(StatusCode::FORBIDDEN));
        }
        Asked::of(request.uri()).map_err(|text| (StatusCode::BAD_REQUEST, text))
    }
}

/// What the gateway, or the service behind it, says with a status.
fn words(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "Invalid authentication credentials",
        StatusCode::FORBIDDEN => "You cannot consume this service",
        StatusCode::NOT_FOUND => "no Route matched with those values",
        StatusCode::CONFLICT => "409 Concurrency conflict, retry later.",
        StatusCode::TOO_MANY_REQUESTS => "API rate limit exceeded",
        _ => status.canonical_reason().unwrap_or_default(),
    }
}

/// The answer with this status in place of a page.
pub(crate) fn refusal(status: StatusCode) -> Response<Vec<u8>> {
    message(status, words(status))
}

fn message(status: StatusCode, text: &str) -> Response<Vec<u8>> {
    let body = serde_json::json!({ "message": text }).to_string();
    reply::response(status, CONTENT_TYPE, body)
}

/// The documented header, or a bearer token, as published clients send as well.
fn token(headers: &HeaderMap) -> Option<&[u8]> {
    let bearer = || {
        let value = headers.get(header::AUTHORIZATION)?.as_bytes();
        let (scheme, token) = value.split_at_checked(7)?;
        scheme.eq_ignore_ascii_case(b"bearer ").then_some(token)
    };
    (headers.get("netskope-api-token"))
        .map(HeaderValue::as_bytes)
        .or_else(bearer)
}

fn wants_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    let mut codings = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}
