//! All devices of a query, page by page.

use crate::{
    error::{Error, ErrorKind},
    exchange::Exchange,
    flow::{Flow, HttpResponse, Output, Tick, TransportFailure},
    session::Session,
    v1::{
        clients::{Call, Page, Request},
        device::Device,
    },
};
use std::collections::BTreeSet;

/// Pages until an empty one, and then those of devices that moved meanwhile.
///
/// A short page is not the end, because a tenant may give fewer devices than asked. Pages are not a snapshot: a device
/// that reports while they are read moves to the front. One that was already read is then read again, and one that was
/// not yet read would be missed; so the front is read once more, until nothing there is new.
///
/// That is done 20 times at most, since a fleet that never rests would have no end; some of its devices can then be
/// missing.
#[derive(Debug)]
pub struct Paging {
    session: Session,
    first: Request,
    pass: Pass,
    fleet: usize,
    fronts: u32,
    exchange: Option<Exchange<Call>>,
    seen: BTreeSet<String>,
    distinct: bool,
}

/// One reading from the first device on.
#[derive(Debug)]
struct Pass {
    reach: Reach,
    next: Request,
    /// The time of the latest event when it began.
    newest: Option<i64>,
    pages: u32,
    idle_pages: u32,
    received: usize,
}

#[derive(Clone, Copy, Debug)]
enum Reach {
    Everything,
    /// The devices that have an event later than this.
    Since(Option<i64>),
}

/// How many pages in a row may hold only devices seen before, until the tenant is taken to repeat itself for ever.
const MOST_IDLE_PAGES: u32 = 3;

/// How many devices a page of the front holds: few move in the time that it takes to read the rest.
const FRONT: u32 = 100;

/// How many devices a fleet may gain while it is read.
const MOST_NEWCOMERS: usize = 1_000;

/// How often the front is read of a fleet that never rests.
const MOST_FRONTS: u32 = 20;

impl Paging {
    /// The pages from the request's first device on.
    pub fn new(session: Session, first: Request) -> Self {
        Self {
            exchange: Some(session.page(first.clone())),
            session,
            pass: Pass::new(Reach::Everything, first.clone()),
            first,
            fleet: 0,
            fronts: 0,
            seen: BTreeSet::new(),
            distinct: false,
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

    fn take(&mut self, page: Page) -> Result<Option<Page>, Error> {
        let (new, page) = self.note(page);
        match self.pass.reach {
            Reach::Everything => self.take_any(page, &new).map(Some),
            Reach::Since(time) => self.take_new(page, &new, time),
        }
    }

    fn take_any(&mut self, page: Page, new: &[bool]) -> Result<Page, Error> {
        if page.is_empty() {
            self.fleet = self.pass.received;
            self.end_of_pass(self.seen.is_empty());
            return Ok(page);
        }
        if self.pass.idle_pages >= MOST_IDLE_PAGES {
            return Err(self.endless());
        }
        self.read_on();
        let distinct = self.distinct;
        Ok(page.keep(|place, device| !distinct || new[place] || device.id().is_none()))
    }

    fn take_new(
        &mut self,
        page: Page,
        new: &[bool],
        since: Option<i64>,
    ) -> Result<Option<Page>, Error> {
        let mut devices = page.devices().iter().zip(new);
        let goes_on =
            !page.is_empty() && devices.all(|(device, new)| *new || device.last_seen() > since);
        if goes_on {
            if self.pass.received > self.fleet.saturating_add(MOST_NEWCOMERS) {
                return Err(self.endless());
            }
            self.read_on();
        } else {
            // One page shows one moment. Between two, a device may have moved from the one not yet read to the other.
            self.end_of_pass(self.pass.pages == 1 || self.fronts == MOST_FRONTS);
        }
        let page = page.keep(|place, _| new[place]);
        Ok((!page.is_empty()).then_some(page))
    }

    fn read_on(&mut self) {
        self.exchange = Some(self.session.page(self.pass.next.clone()));
    }

    fn end_of_pass(&mut self, complete: bool) {
        if complete {
            self.exchange = None;
            return;
        }
        self.fronts += 1;
        let front = self.first.clone().at_most(FRONT);
        self.pass = Pass::new(Reach::Since(self.pass.newest), front);
        self.read_on();
    }

    /// Ends the pages of a tenant that repeats itself.
    fn endless(&mut self) -> Error {
        self.exchange = None;
        Error::new(
            ErrorKind::Unreadable,
            "the tenant gives the same devices again and again instead of the next ones",
        )
        .with_hint("it may ignore `skip`; ask for one page with a larger limit")
    }

    /// Remembers the page's devices, and tells of each whether no earlier page had it.
    fn note(&mut self, page: Page) -> (Vec<bool>, Page) {
        let keys: Vec<String> = page.devices().iter().map(key).collect();
        let new: Vec<bool> = keys.iter().map(|key| !self.seen.contains(key)).collect();
        self.seen.extend(keys);
        self.pass.receive(&page, &new);
        (new, page)
    }
}

impl Pass {
    fn new(reach: Reach, next: Request) -> Self {
        Self {
            reach,
            next,
            newest: None,
            pages: 0,
            idle_pages: 0,
            received: 0,
        }
    }

    fn receive(&mut self, page: &Page, new: &[bool]) {
        if self.pages == 0 {
            self.newest = page.devices().iter().filter_map(Device::last_seen).max();
        }
        self.pages += 1;
        self.idle_pages = if new.contains(&true) {
            0
        } else {
            self.idle_pages + 1
        };
        self.received += page.len();
        self.next = self.next.clone().after(page.len());
    }
}

/// What tells a device from others: its `_id`, or else all that is known of it.
fn key(device: &Device) -> String {
    match device.id() {
        Some(id) => id.to_owned(),
        None => serde_json::to_string(device).unwrap_or_default(),
    }
}

impl Flow for Paging {
    type Item = Page;

    fn poll(&mut self, now: Tick) -> Result<Output<Page>, Error> {
        while let Some(exchange) = &mut self.exchange {
            match exchange.poll(now) {
                Ok(Output::Deliver(page)) => {
                    if let Some(page) = self.take(page)? {
                        return Ok(Output::Deliver(page));
                    }
                }
                Ok(output) => return Ok(output),
                Err(error) => {
                    self.exchange = None;
                    return Err(error);
                }
            }
        }
        Ok(Output::Finished)
    }

    fn handle(&mut self, now: Tick, answer: Result<HttpResponse, TransportFailure>) {
        if let Some(exchange) = &mut self.exchange {
            exchange.handle(now, answer);
        }
    }
}
