//! `POST /api/v1/clients`, "Get Client Data": the devices that have the Netskope client.
//!
//! The token and the query travel in the body, as the article recommends; `limit` and `skip` in the query string, as
//! recorded.

use super::{
    device::Device,
    envelope::{self, Data},
};
use crate::{
    error::{Error, ErrorKind},
    exchange::Endpoint,
    flow::{HttpRequest, HttpResponse, Method},
    json::{self, Json},
    rate::RateGate,
    session::Session,
};
use std::marker::PhantomData;

pub use super::schema::{Query, SCHEMA};

/// The most devices that one call may ask for: "less than 5000 … up to 5000 events" (Get Client Data, current wording;
/// the older one says 10000).
pub const MAX_LIMIT: u32 = 5_000;

/// A call for one page of devices, those with the latest events first.
///
/// ```
/// use netskope_model::v1::clients::{Query, Request};
///
/// let laptops = Query::parse("host_info.hostname like 'laptop'")?;
/// let request = Request::new().matching(laptops).limit(100)?.skip(200)?;
/// assert!(Request::new().limit(0).is_err());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    query: Option<String>,
    limit: u32,
    skip: u64,
}

impl Request {
    /// A call for the first devices, as many as one call gives.
    pub const fn new() -> Self {
        Self {
            query: None,
            limit: MAX_LIMIT,
            skip: 0,
        }
    }

    /// Only devices that match; the query is sent as it was typed.
    #[must_use]
    pub fn matching(self, query: Query) -> Self {
        Self {
            query: Some(query.into_text()),
            ..self
        }
    }

    /// At most this many devices.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] where it is not from 1 to [`MAX_LIMIT`].
    pub fn limit(self, limit: i64) -> Result<Self, Error> {
        match u32::try_from(limit) {
            Ok(limit @ 1..=MAX_LIMIT) => Ok(Self { limit, ..self }),
            _ => Err(Error::new(
                ErrorKind::Request,
                format!("limit {limit} is out of range: one call gives 1 to {MAX_LIMIT} devices"),
            )),
        }
    }

    /// Leave out this many devices from the start.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] where it is negative.
    pub fn skip(self, skip: i64) -> Result<Self, Error> {
        match u64::try_from(skip) {
            Ok(skip) => Ok(Self { skip, ..self }),
            Err(_) => Err(Error::new(
                ErrorKind::Request,
                format!("skip {skip} is out of range: it counts devices from 0 on"),
            )),
        }
    }

    /// The call that tells whether there is more than this page, by asking for one record beyond it.
    ///
    /// Nothing where the page is too short to be a part: shorter than was asked, and than any cap of a tenant's own.
    #[must_use]
    pub fn beyond<D>(&self, page: &Page<D>) -> Option<Self> {
        const SMALLEST_CAP: u32 = 100;
        let shortest_part = usize::try_from(self.limit.min(SMALLEST_CAP)).ok()?;
        (page.len() >= shortest_part).then(|| self.clone().after(page.len()).at_most(1))
    }

    /// The call for at most this many of its devices.
    pub(crate) fn at_most(self, most: u32) -> Self {
        Self {
            limit: self.limit.min(most),
            ..self
        }
    }

    /// The call for what follows this many received devices.
    pub(crate) fn after(self, received: usize) -> Self {
        let received = u64::try_from(received).unwrap_or(u64::MAX);
        Self {
            skip: self.skip.saturating_add(received),
            ..self
        }
    }

    fn to_http(&self, session: &Session) -> HttpRequest {
        const JSON: &str = "application/json";
        let Self { query, limit, skip } = self;
        let token = session.tokens.v1.as_ref().map(crate::V1Token::expose);
        HttpRequest {
            method: Method::Post,
            url: format!(
                "{}/api/v1/clients?limit={limit}&skip={skip}",
                session.tenant
            ),
            headers: &[("accept", JSON), ("content-type", JSON)],
            secret: None,
            body: json::object(&[("token", token), ("query", query.as_deref())]).into(),
        }
    }
}

impl Default for Request {
    fn default() -> Self {
        Self::new()
    }
}

/// A [`Request`] in the form it travels, whose records are read as `R`.
#[derive(Clone, Debug)]
pub struct Call<R = Device> {
    request: Request,
    record: PhantomData<fn() -> R>,
}

impl<R> Call<R> {
    pub(crate) const fn new(request: Request) -> Self {
        Self {
            request,
            record: PhantomData,
        }
    }
}

/// What a record is read into.
pub trait Record: Sized {
    /// The record as this form of it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unreadable`] where it is no record.
    fn read(record: Json<'_>) -> Result<Self, Error>;
}

impl Record for Device {
    fn read(record: Json<'_>) -> Result<Self, Error> {
        // It is JSON, so what does not fit is the kind of value.
        serde_json::from_str(record.text()).map_err(|_| envelope::undocumented())
    }
}

/// The record as it was written, for a caller with a JSON reader of its own, such as a page.
impl Record for String {
    fn read(record: Json<'_>) -> Result<Self, Error> {
        if record.is_object() {
            Ok(record.text().to_owned())
        } else {
            Err(envelope::undocumented())
        }
    }
}

impl<R: Record> Endpoint for Call<R> {
    type Response = Page<R>;

    fn gate(&self, session: &Session) -> RateGate {
        session.v1_gate.clone()
    }

    fn request(&self, session: &Session) -> HttpRequest {
        self.request.to_http(session)
    }

    fn decode(&self, response: HttpResponse) -> Result<Page<R>, Error> {
        match envelope::open(&response)? {
            Data::Present(data) if data.is_list() => Ok(Page::of(data.items())),
            Data::Present(_) => Err(envelope::undocumented().with_status(response.status)),
            Data::Missing => Ok(Page::without(Absence::NoData)),
            Data::NoContent => Ok(Page::without(Absence::NoContent)),
        }
    }
}

/// A record out of its wrapper `{"attributes": {...}}`, as recorded, or bare, as in the article.
fn unwrapped(record: Json<'_>) -> Json<'_> {
    let mut members = record.members();
    match (members.next(), members.next()) {
        (Some((name, inner)), None) if name == "attributes" && inner.is_object() => inner,
        _ => record,
    }
}

/// One page of devices.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<D = Device> {
    devices: Vec<D>,
    unread: Vec<String>,
    absence: Option<Absence>,
}

/// In which way a good answer holds no list of devices, which is not the same as an empty list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// A success without `data`.
    NoData,
    /// HTTP 204.
    NoContent,
}

impl<R: Record> Page<R> {
    /// One record that cannot be read must not cost the page it is on.
    fn of<'a>(records: impl Iterator<Item = Json<'a>>) -> Self {
        let (mut devices, mut unread) = (Vec::new(), Vec::new());
        for record in records {
            match R::read(unwrapped(record)) {
                Ok(device) => devices.push(device),
                Err(_) => unread.push(record.text().to_owned()),
            }
        }
        Self {
            devices,
            unread,
            absence: None,
        }
    }
}

impl<D> Page<D> {
    const fn without(absence: Absence) -> Self {
        Self {
            devices: Vec::new(),
            unread: Vec::new(),
            absence: Some(absence),
        }
    }

    /// The devices, those with the latest events first.
    pub fn devices(&self) -> &[D] {
        &self.devices
    }

    /// The devices, to keep.
    pub fn into_devices(self) -> Vec<D> {
        self.devices
    }

    /// The records that are no devices, as the tenant wrote them.
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// How many records the tenant gave, devices or not.
    pub fn len(&self) -> usize {
        self.devices.len() + self.unread.len()
    }

    /// Whether the tenant gave no record.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The page with those devices only that are wanted, by their places.
    pub(crate) fn keep(mut self, wanted: impl Fn(usize, &D) -> bool) -> Self {
        let mut place = 0;
        self.devices.retain(|device| {
            place += 1;
            wanted(place - 1, device)
        });
        self
    }

    /// In which way the answer held no list, where it held none.
    pub fn absence(&self) -> Option<Absence> {
        self.absence
    }
}
