//! What a request gets that is not answered with devices.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use netskope_model::{Error, ErrorKind};
use serde::Serialize;
use std::time::Duration;

/// An error in the envelope of REST API v1, which the page's client reads like a tenant's own.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    code: &'static str,
    error: String,
    retry_after: Option<Duration>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &'static str, error: impl Into<String>) -> Self {
        Self {
            status,
            code,
            error: error.into(),
            retry_after: None,
        }
    }

    /// A request that does not say what it should.
    pub(crate) fn of_request(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Request Error", error)
    }

    /// A text that is no query.
    pub(crate) fn of_query(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Query Error", error)
    }

    /// More lookups at once than this server makes.
    pub(crate) fn busy() -> Self {
        Self {
            retry_after: Some(Duration::from_secs(1)),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "Rate Limited",
                "too many lookups at once",
            )
        }
    }
}

/// How a failed lookup is passed on: the one table.
const fn status_and_code(kind: ErrorKind) -> (StatusCode, &'static str) {
    match kind {
        ErrorKind::Request | ErrorKind::Rejected => (StatusCode::BAD_REQUEST, "Request Error"),
        ErrorKind::Refused => (StatusCode::FORBIDDEN, "Authorization Error"),
        ErrorKind::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "Rate Limited"),
        ErrorKind::Network | ErrorKind::Tls => (StatusCode::BAD_GATEWAY, "Unreachable"),
        // Server, Unreadable, TooLarge, and whatever else the tenant may come to do.
        _ => (StatusCode::BAD_GATEWAY, "Server Error"),
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let (status, code) = status_and_code(error.kind());
        Self {
            retry_after: error.retry_after(),
            ..Self::new(status, code, error.to_string())
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Envelope<'a> {
            status: &'a str,
            #[serde(rename = "errorCode")]
            code: &'a str,
            errors: [&'a str; 1],
        }
        let body = serde_json::to_vec(&Envelope {
            status: "error",
            code: self.code,
            errors: [&self.error],
        });
        let json = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
        // Text always serialises.
        let mut response = (self.status, json, body.unwrap_or_default()).into_response();
        if let Some(wait) = self.retry_after {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
