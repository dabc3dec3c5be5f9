//! The streams of the tenant and what consumers have read of them.

use super::asked::Asked;
use super::event::Template;
use super::index::{Index, Now, Page, Rules};
use super::limit::{Admission, Limiter};
use super::log::Log;
use super::page::{self, Cache};
use super::served::ServedPage;
use super::stream::STREAMS;
use super::timeline::Timeline;
use super::{CONTENT_TYPE, refusal};
use crate::Fault;
use crate::faults::Twist;
use crate::options::DataExport;
use crate::reply::{self, Reply};
use http::{HeaderValue, Response, StatusCode, header};
use netskope_model::flow::Tick;
use std::collections::BTreeMap;
use std::ops::Range;

pub(crate) struct Exports {
    options: DataExport,
    rules: Rules,
    endpoints: BTreeMap<String, Endpoint>,
    cache: Cache,
    served: Vec<ServedPage>,
}

/// One stream.
struct Endpoint {
    log: Log,
    limiter: Limiter,
    indexes: BTreeMap<String, Index>,
}

impl Exports {
    pub(crate) fn new(options: DataExport) -> Self {
        Self {
            rules: Rules {
                page_size: options.page_size,
                wait_time: options.wait_time,
                hour_windows: options.hour_windows,
                fresh_next: options.fresh_next,
                early_resend: options.early_resend,
            },
            endpoints: BTreeMap::new(),
            cache: Cache::new(options.page_cache, options.page_size),
            served: Vec::new(),
            options,
        }
    }

    pub(crate) fn served(&self) -> &[ServedPage] {
        &self.served
    }

    /// The text of the records of a stream at these positions; none of a stream that is not there.
    pub(crate) fn records(&mut self, stream: &str, positions: Range<u64>) -> Vec<String> {
        if !self.has(stream) {
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
    pub(crate) fn has(&mut self, name: &str) -> bool {
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

    /// What the rate limit of a stream says to a request.
    pub(crate) fn admit(&mut self, name: &str, now: Tick) -> Option<Admission> {
        let endpoint = self.endpoints.get_mut(name)?;
        Some(endpoint.limiter.admit(now, self.options.permits))
    }

    pub(crate) fn forbids(&self, name: &str) -> bool {
        self.options.forbidden.iter().any(|other| other == name)
    }

    /// Does what is asked of a stream, and spoils the page.
    pub(crate) fn turn(
        &mut self,
        tick: Tick,
        name: &str,
        asked: &Asked,
        gzip: bool,
        fault: &Fault,
    ) -> Reply {
        let now = self.now(tick);
        let Some(endpoint) = self.endpoints.get_mut(name) else {
            return Reply::whole(refusal(StatusCode::NOT_FOUND));
        };
        let log = &endpoint.log;
        let index = endpoint.indexes.entry(asked.index.clone()).or_default();
        if index.is_taken(tick) {
            return Reply::whole(refusal(StatusCode::CONFLICT));
        }
        let Some(page) = index.turn(asked.operation, log, self.rules, now) else {
            let text = "there is no page to resend on this index";
            return Reply::whole(super::message(StatusCode::BAD_REQUEST, text));
        };
        index.take(tick, fault.holds());
        let (response, is_true) = sent(&mut self.cache, name, log, page, gzip, fault.twist());
        if self.options.served {
            let whole = is_true && fault.lets_all_through(response.body().len());
            let served = ServedPage::new(name, asked, tick, log, page);
            self.served.push(ServedPage { whole, ..served });
        }
        Reply {
            chunked: self.options.chunked,
            ..fault.send(fault.instead().unwrap_or(response))
        }
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

    fn now(&self, tick: Tick) -> Now {
        let elapsed = i64::try_from(tick.as_millis() / 1000).unwrap_or(i64::MAX);
        Now {
            tick,
            second: self.options.origin.saturating_add(elapsed),
        }
    }
}

/// The answer with a page, and whether its bytes are the true ones.
fn sent(
    cache: &mut Cache,
    name: &str,
    log: &Log,
    page: Page,
    gzip: bool,
    twist: Twist,
) -> (Response<Vec<u8>>, bool) {
    let mut body = match twist {
        Twist::NoContent if page.is_empty() => return (reply::no_content(), true),
        Twist::Padded(padding) => page::bytes(log, page, gzip, padding),
        _ => cache.bytes(name, log, twisted(page, twist), gzip),
    };
    let is_damaged = match twist {
        Twist::Gzip(damage) if gzip => damage.afflict(&mut body),
        _ => false,
    };
    (response(body, gzip), !is_damaged)
}

/// The page with what is said wrong beside its records.
fn twisted(page: Page, twist: Twist) -> Page {
    match twist {
        Twist::WaitTime(wait_time) => Page { wait_time, ..page },
        Twist::Skew(seconds) => Page {
            high_water_mark: page.high_water_mark.saturating_add(seconds),
            ..page
        },
        Twist::None | Twist::Padded(_) | Twist::NoContent | Twist::Gzip(_) => page,
    }
}

fn response(body: Vec<u8>, gzip: bool) -> Response<Vec<u8>> {
    let mut response = reply::response(StatusCode::OK, CONTENT_TYPE, body);
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if gzip {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
