//! An answer in place of the true one.

use crate::reply;
use crate::v1::envelope;
use crate::v2;
use http::{HeaderValue, Response, StatusCode, header};

/// Who answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Interface {
    V1,
    V2,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) retry_after: Option<HeaderValue>,
    pub(super) body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// What usually comes with the status.
    Usual,
    Empty,
    Json(String),
    Html(String),
}

impl Answer {
    pub(super) fn new(status: StatusCode, body: Body) -> Self {
        Self {
            status,
            retry_after: None,
            body,
        }
    }

    pub(super) fn response(&self, interface: Interface) -> Response<Vec<u8>> {
        const HTML: &str = "text/html; charset=UTF-8";
        let json = match interface {
            Interface::V1 => envelope::CONTENT_TYPE,
            Interface::V2 => v2::CONTENT_TYPE,
        };
        let mut response = match &self.body {
            Body::Usual => usual(self.status, interface),
            Body::Empty => reply::response(self.status, HTML, ""),
            Body::Json(body) => reply::response(self.status, json, body.as_str()),
            Body::Html(body) => reply::response(self.status, HTML, body.as_str()),
        };
        if let Some(value) = &self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, value.clone());
        }
        response
    }
}

fn usual(status: StatusCode, interface: Interface) -> Response<Vec<u8>> {
    if status == StatusCode::NO_CONTENT {
        return reply::no_content();
    }
    match interface {
        Interface::V2 if !status.is_server_error() => v2::refusal(status),
        _ => reply::page(status),
    }
}
