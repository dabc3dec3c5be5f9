//! What is no good answer, whatever the interface.

use crate::{
    error::{Error, ErrorKind},
    flow::HttpResponse,
    json::NotJson,
};
use http::StatusCode;
use std::time::Duration;

/// The tenant refused the token.
pub(crate) fn refused(said: Option<&str>, token_hint: &'static str) -> Error {
    Error::new(
        ErrorKind::Refused,
        with_reason("the tenant refused the token", said),
    )
    .with_hint(token_hint)
}

/// The error that a status other than of success speaks of, with what the tenant says and what helps a refused token.
pub(crate) fn by_status(
    response: &HttpResponse,
    said: Option<&str>,
    token_hint: &'static str,
) -> Error {
    let status = response.status;
    let error = match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => refused(said, token_hint),
        StatusCode::TOO_MANY_REQUESTS => Error::new(
            ErrorKind::RateLimited,
            match retry_after(response) {
                Some(wait) => format!(
                    "the tenant's rate limit is reached; it asks to wait {} s",
                    wait.as_secs()
                ),
                None => "the tenant's rate limit is reached".to_owned(),
            },
        ),
        // A gateway's word for a request that took too long on its way.
        status if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => Error::new(
            ErrorKind::Server,
            with_reason(&format!("the tenant failed with {}", shown(status)), said),
        ),
        status if status.is_redirection() => Error::new(
            ErrorKind::Rejected,
            format!("the tenant redirected the request ({})", shown(status)),
        )
        .with_hint(
            "check the tenant's name: it may live under another host, such as acme.eu.goskope.com",
        ),
        status => Error::new(
            ErrorKind::Rejected,
            with_reason(
                &format!("the tenant rejected the request with {}", shown(status)),
                said,
            ),
        ),
    };
    error
        .with_status(status)
        .with_retry_after(retry_after(response))
}

/// A status with its name, where it is one that is met; all names there are would be 1 kB of the WASM module.
fn shown(status: StatusCode) -> String {
    const NAMES: [(u16, &str); 12] = [
        (301, " Moved Permanently"),
        (302, " Found"),
        (303, " See Other"),
        (307, " Temporary Redirect"),
        (308, " Permanent Redirect"),
        (400, " Bad Request"),
        (404, " Not Found"),
        (405, " Method Not Allowed"),
        (500, " Internal Server Error"),
        (502, " Bad Gateway"),
        (503, " Service Unavailable"),
        (504, " Gateway Timeout"),
    ];
    let code = status.as_u16();
    let name = NAMES.iter().find(|(known, _)| *known == code);
    format!("HTTP {code}{}", name.map_or("", |(_, name)| name))
}

pub(crate) fn with_reason(what: &str, said: Option<&str>) -> String {
    match said {
        Some(said) => format!("{what}: {said}"),
        None => what.to_owned(),
    }
}

/// How long the tenant asks to be left alone, in whole seconds. What says when its rate limit ends speaks of a 429 only.
pub(crate) fn retry_after(response: &HttpResponse) -> Option<Duration> {
    let limited = response.status == StatusCode::TOO_MANY_REQUESTS;
    number(response, "retry-after")
        .or_else(|| limited.then(|| reset(response))?)
        .map(Duration::from_secs)
}

/// When the tenant's rate limit ends, in whole seconds from now; also by the name of a slip in the article.
pub(crate) fn reset(response: &HttpResponse) -> Option<u64> {
    number(response, "ratelimit-reset").or_else(|| number(response, "ratelimit-rest"))
}

/// A header that is a whole number; one beyond all measure is still a very large one.
pub(crate) fn number(response: &HttpResponse, name: &str) -> Option<u64> {
    let text = response.header(name)?.trim();
    let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// A body that is no envelope, told apart by how it looks and without quoting it: it may be anyone's.
pub(crate) fn unreadable(body: &[u8], error: NotJson) -> Error {
    let start = body.trim_ascii_start();
    let message = if start.is_empty() {
        "the tenant's answer is empty".to_owned()
    } else if start.starts_with(b"<") {
        "the tenant answered with a web page instead of JSON".to_owned()
    } else if error.is_cut {
        format!("the tenant's answer is cut off after {} bytes", body.len())
    } else {
        format!(
            "the tenant's answer is not JSON (line {}, column {})",
            error.line, error.column
        )
    };
    Error::new(ErrorKind::Unreadable, message)
}
