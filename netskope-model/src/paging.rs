//! All devices of a query, page by page.

use crate::{
    error::{Error, ErrorKind},
    exchange::Exchange,
    flow::{Flow, Output, Tick, TransportFailure},
    session::Session,
    v1::{
        clients::{Call, Page, Request},
        device::Device,
    },
};
use std::collections::BTreeSet;

/// Pages until an empty one.
///
/// A short page is not the end, because a tenant may give fewer devices than asked. Pages are not a snapshot: a device
/// that reports while they are read moves to the front, and one that was already read is read again.
#[derive(Debug)]
pub struct Paging {
    session: Session,
    next: Request,
    exchange: Option<Exchange<Call>>,
    seen: BTreeSet<String>,
    distinct: bool,
    idle_pages: u32,
}

/// How many pages in a row may hold only devices seen before, until the tenant is taken to repeat itself for ever.
const MOST_IDLE_PAGES: u32 = 3;

impl Paging {
    /// The pages from the request's first device on.
    pub fn new(session: Session, first: Request) -> Self {
        Self {
            exchange: Some(session.page(first.clone())),
            session,
            next: first,
            seen: BTreeSet::new(),
            distinct: false,
            idle_pages: 0,
        }
    }

    /// Leaves out devices whose `_id` was on an earlier page.
    #[must_use]
    pub fn distinct(self) -> Self {
        Self {
            distinct: true,
            ..self
        }
    }

    fn take(&mut self, page: Page) -> Result<Output<Page>, Error> {
        let received = page.devices().len();
        if received == 0 {
            self.exchange = None;
            return Ok(Output::Deliver(page));
        }
        self.next = self.next.clone().after(received);
        let devices = self.note(page.into_devices());
        if self.idle_pages >= MOST_IDLE_PAGES {
            self.exchange = None;
            return Err(endless());
        }
        self.exchange = Some(self.session.page(self.next.clone()));
        Ok(Output::Deliver(Page::new(devices)))
    }

    /// Remembers the devices, and drops those seen before where that was asked for.
    fn note(&mut self, devices: Vec<Device>) -> Vec<Device> {
        let mut any_new = false;
        let kept = devices
            .into_iter()
            .filter(|device| {
                let new = device.id().is_none_or(|id| self.seen.insert(id.to_owned()));
                any_new |= new;
                new || !self.distinct
            })
            .collect();
        self.idle_pages = if any_new { 0 } else { self.idle_pages + 1 };
        kept
    }
}

impl Flow for Paging {
    type Item = Page;

    fn poll(&mut self, now: Tick) -> Result<Output<Page>, Error> {
        let Some(exchange) = &mut self.exchange else {
            return Ok(Output::Finished);
        };
        match exchange.poll(now) {
            Ok(Output::Deliver(page)) => self.take(page),
            Ok(output) => Ok(output),
            Err(error) => {
                self.exchange = None;
                Err(error)
            }
        }
    }

    fn handle(&mut self, now: Tick, answer: Result<http::Response<Vec<u8>>, TransportFailure>) {
        if let Some(exchange) = &mut self.exchange {
            exchange.handle(now, answer);
        }
    }
}

fn endless() -> Error {
    Error::new(
        ErrorKind::Unreadable,
        "the tenant gives the same devices again and again instead of the next ones",
    )
    .with_hint("it may ignore `skip`; ask for one page with a larger limit")
}
