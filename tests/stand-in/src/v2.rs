//! The v2 interface: `/api/v2/...`, behind a gateway of its own, whose words and headers are those of Kong.
//!
//! `GET /api/v2/events/dataexport/{events|alerts}/<type>?operation=<operation>&index=<name>`, from "Using the REST API v2
//! dataexport Iterator Endpoints".

mod asked;
mod event;
mod given;
mod index;
mod limit;
mod log;
mod page;
pub(crate) mod served;
mod stream;
mod timeline;

use crate::options::{DataExport, Options, RateLimit};
use crate::reply::{self, Reply};
use asked::Asked;
use event::Template;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use index::{Index, Now, Rules};
use limit::Limiter;
use log::Log;
use netskope_model::flow::Tick;
use page::Cache;
use served::ServedPage;
use std::collections::BTreeMap;
use stream::STREAMS;
use timeline::Timeline;

pub use given::{EventsError, GivenEvents, events_of};

const FOLDER: &str = "/api/v2/events/dataexport/";
const CONTENT_TYPE: &str = "application/json; charset=utf-8";

/// Everything below `/api/v2/`.
pub(crate) struct V2 {
    token: String,
    limited: bool,
    rules: Rules,
    endpoints: BTreeMap<String, Endpoint>,
    options: DataExport,
    cache: Cache,
    served: Vec<ServedPage>,
}

/// One stream of the tenant.
struct Endpoint {
    log: Log,
    limiter: Limiter,
    indexes: BTreeMap<String, Index>,
}

impl V2 {
    pub(crate) fn new(options: &Options) -> Self {
        let export = options.dataexport.clone();
        Self {
            token: options.v2_token.clone(),
            limited: options.rate_limit == RateLimit::On,
            rules: Rules {
                page_size: export.page_size,
                wait_time: export.wait_time,
                hour_windows: export.hour_windows,
                fresh_next: export.fresh_next,
                early_resend: export.early_resend,
            },
            endpoints: BTreeMap::new(),
            cache: Cache::new(export.page_cache),
            served: Vec::new(),
            options: export,
        }
    }

    pub(crate) fn handle(&mut self, now: Tick, request: &Request<Vec<u8>>) -> Reply {
        // The published template of the address has a slash before the question mark, its examples have none.
        let path = request.uri().path();
        let name = (path.strip_prefix(FOLDER)).map(|name| name.strip_suffix('/').unwrap_or(name));
        let Some(name) = name.filter(|name| request.method() == Method::GET && self.open(name))
        else {
            return Reply::whole(message(
                StatusCode::NOT_FOUND,
                "no Route matched with those values",
            ));
        };
        let admission = self.limited.then(|| self.admit(name, now)).flatten();
        let mut reply = match &admission {
            Some(admission) if !admission.admitted => Reply::whole(message(
                StatusCode::TOO_MANY_REQUESTS,
                "API rate limit exceeded",
            )),
            _ => self.admitted(now, name, request),
        };
        if let Some(admission) = admission {
            admission.dress(reply.response.headers_mut());
        }
        reply
    }

    /// What was served so far, in the order of the requests.
    pub(crate) fn served(&self) -> &[ServedPage] {
        &self.served
    }

    /// The text of the records of a stream at these positions; none of a stream that is not there.
    pub(crate) fn records(&mut self, stream: &str, positions: std::ops::Range<u64>) -> Vec<String> {
        if !self.open(stream) {
            return Vec::new();
        }
        let endpoint = self.endpoints.get(stream);
        endpoint.map_or_else(Vec::new, |endpoint| {
            positions
                .map(|position| endpoint.log.text(position))
                .collect()
        })
    }

    /// Whether there is a stream of this name; its state is made when it is first asked for.
    fn open(&mut self, name: &str) -> bool {
        if self.endpoints.contains_key(name) {
            return true;
        }
        let Some(log) = self.log(name) else {
            return false;
        };
        let endpoint = Endpoint {
            log,
            limiter: Limiter::default(),
            indexes: BTreeMap::new(),
        };
        self.endpoints.insert(name.to_owned(), endpoint);
        true
    }

    fn log(&self, name: &str) -> Option<Log> {
        if let Some(events) = self.options.given.get(name) {
            return Some(Log::Given(events.clone()));
        }
        let number = STREAMS.iter().position(|stream| stream.name == name)?;
        Some(Log::MadeUp(
            Template::new(number, self.options.events.seed),
            Timeline::new(self.options.events, self.options.origin),
        ))
    }

    fn admit(&mut self, name: &str, now: Tick) -> Option<limit::Admission> {
        let endpoint = self.endpoints.get_mut(name)?;
        Some(endpoint.limiter.admit(now, self.options.permits))
    }

    fn admitted(&mut self, now: Tick, name: &str, request: &Request<Vec<u8>>) -> Reply {
        match self.checked(name, request) {
            Ok(asked) => self.turn(now, name, &asked, wants_gzip(request.headers())),
            Err((status, text)) => Reply::whole(message(status, text)),
        }
    }

    fn checked(
        &self,
        name: &str,
        request: &Request<Vec<u8>>,
    ) -> Result<Asked, (StatusCode, &'static str)> {
        let unauthorized = |text| (StatusCode::UNAUTHORIZED, text);
        let token = token(request.headers()).ok_or(unauthorized("No API key found in request"))?;
        if token != self.token.as_bytes() {
            return Err(unauthorized("Invalid authentication credentials"));
        }
        if self
            .options
            .forbidden
            .iter()
            .any(|forbidden| forbidden == name)
        {
            return Err((StatusCode::FORBIDDEN, "You cannot consume this service"));
        }
        Asked::of(request.uri()).map_err(|text| (StatusCode::BAD_REQUEST, text))
    }

    fn turn(&mut self, tick: Tick, name: &str, asked: &Asked, gzip: bool) -> Reply {
        let elapsed = i64::try_from(tick.as_millis() / 1000).unwrap_or(i64::MAX);
        let now = Now {
            tick,
            second: self.options.origin.saturating_add(elapsed),
        };
        let page = self.endpoints.get_mut(name).and_then(|endpoint| {
            let index = endpoint.indexes.entry(asked.index.clone()).or_default();
            let page = index.turn(asked.operation, &endpoint.log, self.rules, now)?;
            Some((&endpoint.log, page))
        });
        let Some((log, page)) = page else {
            let text = "there is no page to resend on this index";
            return Reply::whole(message(StatusCode::BAD_REQUEST, text));
        };
        if self.options.served {
            self.served
                .push(ServedPage::new(name, asked, tick, log, page));
        }
        let body = if page.to - page.from == self.rules.page_size {
            self.cache.bytes(name, log, page, gzip)
        } else {
            page::bytes(log, page, gzip)
        };
        let mut response = reply::response(StatusCode::OK, CONTENT_TYPE, body);
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if gzip {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        Reply::whole(response)
    }
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
