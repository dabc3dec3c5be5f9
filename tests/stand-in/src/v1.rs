//! The v1 interface: `/api/v1/...`, a PHP application behind nginx, as its recorded headers show.

mod clients;
mod database;
mod device;
pub(crate) mod envelope;
mod numbers;
mod parameters;
mod rate_limit;

use crate::Fault;
use crate::faults::{Met, Queue};
use crate::options::{Options, RateLimit, TooMany};
use crate::reply::{self, Reply};
use clients::Clients;
use envelope::Refused;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use netskope_model::flow::Tick;
use rate_limit::Limiter;
use std::time::Duration;

pub use device::{ClientsError, Device, clients_of};

/// Everything below `/api/v1/`.
pub(crate) struct V1 {
    clients: Clients,
    limiter: Option<Limiter>,
    too_many: TooMany,
    faults: Queue,
}

impl V1 {
    pub(crate) fn new(mut options: Options) -> Self {
        Self {
            limiter: (options.rate_limit == RateLimit::On).then(Limiter::default),
            too_many: options.too_many,
            faults: Queue::new(std::mem::take(&mut options.faults)),
            clients: Clients::new(options),
        }
    }

    pub(crate) fn push_fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    pub(crate) fn handle(&mut self, now: Tick, request: &Request<Vec<u8>>) -> Reply {
        let admitted = match &mut self.limiter {
            Some(limiter) => limiter.admit(now),
            None => Some(Duration::ZERO),
        };
        let mut reply = match admitted {
            Some(delay) => self.admitted(request).delayed(delay),
            None => Reply::whole(self.too_many()),
        };
        // Recorded: the tenant's front server keeps no connection open.
        let close = HeaderValue::from_static("close");
        reply
            .response
            .headers_mut()
            .insert(header::CONNECTION, close);
        reply
    }

    fn admitted(&mut self, request: &Request<Vec<u8>>) -> Reply {
        match self.faults.take(Met::V1) {
            Some(fault) => fault.spoil(|| self.answer(request)),
            None => Reply::whole(self.answer(request)),
        }
    }

    fn answer(&self, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
        match (request.uri().path(), request.method()) {
            (clients::PATH, &Method::GET | &Method::POST) => self.clients.answer(request),
            (clients::PATH, _) => {
                let mut response = reply::page(StatusCode::METHOD_NOT_ALLOWED);
                let allowed = HeaderValue::from_static("GET, POST");
                response.headers_mut().insert(header::ALLOW, allowed);
                response
            }
            _ => reply::page(StatusCode::NOT_FOUND),
        }
    }

    fn too_many(&self) -> Response<Vec<u8>> {
        let status = StatusCode::TOO_MANY_REQUESTS;
        match self.too_many {
            TooMany::Page => reply::page(status),
            TooMany::Envelope => {
                Refused::new("Rate Limit Error", "Too many requests").into_response(status)
            }
        }
    }
}
