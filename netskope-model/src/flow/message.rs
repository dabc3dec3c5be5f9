//! What is sent and what comes back, as plain data that any HTTP library can take and give.
//!
//! The types of `http` are converted both ways. In the place of these they would make up a tenth of the WASM module.

use http::StatusCode;
use std::fmt;

/// A request for a transport to send: a `POST`, as all calls are so far.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// Where to, whole and well formed.
    pub url: String,
    /// Names and values of its headers.
    pub headers: &'static [(&'static str, &'static str)],
    /// Its body, which may hold a token.
    pub body: Vec<u8>,
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

/// A request's body may hold a token, so only its target is shown.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "POST {}", self.url)
    }
}

impl TryFrom<HttpRequest> for http::Request<Vec<u8>> {
    type Error = http::Error;

    fn try_from(request: HttpRequest) -> Result<Self, http::Error> {
        let builder = http::Request::post(request.url);
        let headers = request.headers.iter();
        headers
            .fold(builder, |builder, (name, value)| {
                builder.header(*name, *value)
            })
            .body(request.body)
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
