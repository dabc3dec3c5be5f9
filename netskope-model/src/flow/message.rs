//! What is sent and what comes back, as plain data that any HTTP library can take and give.
//!
//! The types of `http` are converted both ways. In the place of these they would make up a tenth of the WASM module.

use crate::token::SecretHeader;
use http::{HeaderValue, StatusCode};
use std::fmt;

/// A request for a transport to send.
#[derive(Clone)]
pub struct HttpRequest {
    /// What is done.
    pub method: Method,
    /// Where to, whole and well formed.
    pub url: String,
    /// Names and values of its headers.
    pub headers: &'static [(&'static str, &'static str)],
    /// One header more, which holds a token.
    pub secret: Option<SecretHeader>,
    /// Its body, which may hold a token; empty for a `GET`.
    pub body: Vec<u8>,
}

/// The methods that the interfaces use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    Get,
    /// `POST`.
    Post,
}

/// An answer that a transport took in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// Its status.
    pub status: StatusCode,
    /// Names and values of its headers, at least of the [`WAIT_HEADERS`](super::WAIT_HEADERS) it has.
    pub headers: Vec<(String, String)>,
    /// Its body, decompressed.
    pub body: Vec<u8>,
}

impl HttpResponse {
    /// The first value of a header; names are the same in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(other, _)| other.eq_ignore_ascii_case(name))?;
        Some(value)
    }
}

impl Method {
    const fn as_http(self) -> http::Method {
        match self {
            Self::Get => http::Method::GET,
            Self::Post => http::Method::POST,
        }
    }
}

/// A request's body or header may hold a token, so only its target is shown.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_http(), self.url)
    }
}

impl TryFrom<HttpRequest> for http::Request<Vec<u8>> {
    type Error = http::Error;

    fn try_from(request: HttpRequest) -> Result<Self, http::Error> {
        let mut builder = http::Request::builder()
            .method(request.method.as_http())
            .uri(request.url);
        for (name, value) in request.headers {
            builder = builder.header(*name, *value);
        }
        if let Some(secret) = &request.secret {
            let mut value = HeaderValue::from_str(secret.expose())?;
            value.set_sensitive(true);
            builder = builder.header(secret.name(), value);
        }
        builder.body(request.body)
    }
}

impl From<http::Response<Vec<u8>>> for HttpResponse {
    fn from(response: http::Response<Vec<u8>>) -> Self {
        let (parts, body) = response.into_parts();
        let headers = parts.headers.iter();
        Self {
            status: parts.status,
            headers: headers
                .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.into())))
                .collect(),
            body,
        }
    }
}
