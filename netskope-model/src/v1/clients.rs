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
    session::Session,
};
use http::{Method, header, uri::PathAndQuery};
use serde::Serialize;
use serde_json::value::RawValue;

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

    /// The call for what follows this many received devices.
    pub(crate) fn after(self, received: usize) -> Self {
        let received = u64::try_from(received).unwrap_or(u64::MAX);
        Self {
            skip: self.skip.saturating_add(received),
            ..self
        }
    }
}

impl Default for Request {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
}

impl Endpoint for Request {
    type Response = Page;

    fn request(&self, session: &Session) -> Result<http::Request<Vec<u8>>, Error> {
        const JSON: &str = "application/json";
        let unsendable = |error: &dyn std::fmt::Display| {
            Error::new(
                ErrorKind::Request,
                format!("the call cannot be sent: {error}"),
            )
        };
        let target = format!("/api/v1/clients?limit={}&skip={}", self.limit, self.skip);
        let target = PathAndQuery::try_from(target).map_err(|error| unsendable(&error))?;
        let body = Body {
            token: session.token.as_ref().map(crate::V1Token::expose),
            query: self.query.as_deref(),
        };
        let body = serde_json::to_vec(&body).map_err(|error| unsendable(&error))?;
        let uri = session
            .tenant
            .uri(target)
            .map_err(|error| unsendable(&error))?;
        http::Request::builder()
            .method(Method::POST)
            .uri(uri)
            .header(header::ACCEPT, JSON)
            .header(header::CONTENT_TYPE, JSON)
            .body(body)
            .map_err(|error| unsendable(&error))
    }

    fn decode(&self, response: &http::Response<Vec<u8>>) -> Result<Page, Error> {
        match envelope::open(response)? {
            Data::Present(data) => decode_devices(data).map(Page::new),
            Data::Missing => Ok(Page::without(Absence::NoData)),
            Data::NoContent => Ok(Page::without(Absence::NoContent)),
        }
        .map_err(|error| error.with_status(response.status()))
    }
}

/// Devices, each in a wrapper `{"attributes": {...}}` as recorded, or bare as in the article.
fn decode_devices(data: &RawValue) -> Result<Vec<Device>, Error> {
    #[derive(serde::Deserialize)]
    struct Wrapper {
        attributes: Device,
    }
    let unreadable = |error| envelope::unreadable(data.get().as_bytes(), &error);
    serde_json::from_str::<Vec<&RawValue>>(data.get())
        .map_err(unreadable)?
        .into_iter()
        .map(|record| {
            serde_json::from_str(record.get())
                .map(|wrapper: Wrapper| wrapper.attributes)
                .or_else(|_| serde_json::from_str(record.get()))
                .map_err(unreadable)
        })
        .collect()
}

/// One page of devices.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    devices: Vec<Device>,
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

impl Page {
    pub(crate) const fn new(devices: Vec<Device>) -> Self {
        Self {
            devices,
            absence: None,
        }
    }

    const fn without(absence: Absence) -> Self {
        Self {
            devices: Vec::new(),
            absence: Some(absence),
        }
    }

    /// The devices, those with the latest events first.
    pub fn devices(&self) -> &[Device] {
        &self.devices
    }

    /// The devices, to keep.
    pub fn into_devices(self) -> Vec<Device> {
        self.devices
    }

    /// In which way the answer held no list, where it held none.
    pub fn absence(&self) -> Option<Absence> {
        self.absence
    }
}
