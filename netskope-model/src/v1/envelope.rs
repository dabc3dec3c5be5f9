//! The envelope of every REST API v1 answer: `{"status", "msg", "data"}` or `{"status", "errorCode", "errors"}`.
//!
//! Errors come with HTTP 403 and, as recorded, with 200 as well; both are treated alike.

use crate::{
    error::{Error, ErrorKind, add, printable},
    flow::{HttpResponse, WAIT_HEADERS},
    json::{Json, NotJson},
};
use http::StatusCode;
use std::{borrow::Cow, time::Duration};

/// What the envelope of a good answer holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Data<'a> {
    /// What `data` is.
    Present(Json<'a>),
    /// A success without `data`.
    Missing,
    /// A 204.
    NoContent,
}

#[derive(Default)]
struct Envelope<'a> {
    status: Option<Cow<'a, str>>,
    data: Option<Json<'a>>,
    error_code: Option<Cow<'a, str>>,
    errors: Option<Json<'a>>,
}

/// The envelope's data, or in which way the answer is an error.
pub(crate) fn open(response: &HttpResponse) -> Result<Data<'_>, Error> {
    let HttpResponse { status, body, .. } = response;
    let status = *status;
    let envelope = Json::read(body).map(Envelope::of);
    if !status.is_success() {
        let said = envelope.as_ref().ok().and_then(Envelope::complaint);
        return Err(by_status(response, said.as_deref()));
    }
    if status == StatusCode::NO_CONTENT {
        return Ok(Data::NoContent);
    }
    let envelope = envelope.map_err(|error| unreadable(body, error).with_status(status))?;
    if envelope.is_error() {
        return Err(envelope.into_error().with_status(status));
    }
    Ok(envelope.data.map_or(Data::Missing, Data::Present))
}

impl<'a> Envelope<'a> {
    fn of(answer: Json<'a>) -> Self {
        let mut envelope = Self::default();
        for (name, value) in answer.members() {
            match &*name {
                "status" => envelope.status = value.string(),
                "data" => envelope.data = (!value.is_null()).then_some(value),
                "errorCode" => envelope.error_code = value.string(),
                "errors" => envelope.errors = Some(value),
                _ => {}
            }
        }
        envelope
    }

    /// An answer without data that complains is an error whatever it calls itself, and one with a list and without a
    /// status is none.
    fn is_error(&self) -> bool {
        match &self.status {
            Some(status) if !status.eq_ignore_ascii_case("success") => true,
            Some(_) => self.data.is_none() && self.complaint().is_some(),
            None => !self.data.is_some_and(Json::is_list) || self.complaint().is_some(),
        }
    }

    /// `errorCode: first error; second error`, where `errors` is a list as documented or one text as recorded.
    fn complaint(&self) -> Option<String> {
        let mut errors = String::new();
        if let Some(said) = self.errors {
            let list = said.items().filter_map(Json::string);
            list.chain(said.string())
                .for_each(|said| add(&mut errors, "; ", &said));
        }
        match (self.error_code.as_deref().unwrap_or_default(), &*errors) {
            ("", "") => None,
            ("", words) | (words, "") => Some(printable(words)),
            (code, errors) => Some(printable(&format!("{code}: {errors}"))),
        }
    }

    fn into_error(self) -> Error {
        let said = self.complaint();
        let code = self.error_code.as_deref().filter(|code| !code.is_empty());
        if code
            .or(said.as_deref())
            .is_some_and(speaks_of_authorization)
        {
            return refused(said.as_deref());
        }
        match (said, self.status.as_deref()) {
            (Some(said), _) => Error::new(
                ErrorKind::Server,
                format!("the tenant answered with an error: {said}"),
            )
            .with_hint(
                "this is all it says; check the query if it speaks of that, else try again later",
            ),
            (None, Some("error")) => Error::new(
                ErrorKind::Server,
                "the tenant answered with an error and no reason",
            ),
            (None, _) => undocumented(),
        }
    }
}

/// The documentation names `Authorization Error`; recorded clients look for words like these too.
fn speaks_of_authorization(said: &str) -> bool {
    let words = ["authoriz", "authenticat", "invalid token"];
    words.iter().any(|word| {
        let mut parts = said.as_bytes().windows(word.len());
        parts.any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    })
}

fn refused(said: Option<&str>) -> Error {
    Error::new(
        ErrorKind::Refused,
        with_reason("the tenant refused the token", said),
    )
}

fn by_status(response: &HttpResponse, said: Option<&str>) -> Error {
    let status = response.status;
    let error = match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => refused(said),
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
        status if status.is_server_error() => Error::new(
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

fn with_reason(what: &str, said: Option<&str>) -> String {
    match said {
        Some(said) => format!("{what}: {said}"),
        None => what.to_owned(),
    }
}

/// How long the tenant asks to be left alone, in whole seconds. What says when its rate limit ends speaks of a 429 only.
fn retry_after(response: &HttpResponse) -> Option<Duration> {
    let [retry_after, reset] = WAIT_HEADERS.map(|name| response.header(name));
    let limited = response.status == StatusCode::TOO_MANY_REQUESTS;
    seconds(retry_after)
        .or_else(|| limited.then(|| seconds(reset))?)
        .map(Duration::from_secs)
}

/// A whole number of seconds; one beyond all measure is still a very long time.
fn seconds(header: Option<&str>) -> Option<u64> {
    let text = header?.trim();
    let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// A body that is no envelope, told apart by how it looks and without quoting it: it may be anyone's.
fn unreadable(body: &[u8], error: NotJson) -> Error {
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

/// JSON that is not what it should be.
pub(crate) fn undocumented() -> Error {
    Error::new(
        ErrorKind::Unreadable,
        "the tenant's answer is JSON, but not as the interface documents",
    )
}
