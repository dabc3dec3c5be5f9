//! Faults as lines of JSON.

use super::{Answer, Body, Fault};
use crate::reply::Ending;
use crate::v1::envelope;
use http::{HeaderValue, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::time::Duration;

/// A line that is no fault.
#[derive(Debug, thiserror::Error)]
#[error("line {line} is not a fault: {reason}")]
pub struct FaultError {
    line: usize,
    reason: String,
}

/// Reads faults from newline-delimited JSON, one a line, in the order in which requests will meet them.
///
/// | member | meaning |
/// | --- | --- |
/// | `status` | HTTP status; 200 where another member asks for an answer without naming one |
/// | `retry_after` | the `Retry-After` header, a number of seconds or any text |
/// | `body`, `html` | the body, announced as JSON or as HTML; without either, the web server's page for the status |
/// | `empty` | `true`: no body |
/// | `errors` | the v1 error envelope, its `errors` being this list or string |
/// | `cut` | the connection is closed after so many bytes of the body |
/// | `reset` | `true`: the connection is reset before anything is sent |
/// | `delay_ms` | so many milliseconds later |
///
/// A line with only `cut`, `reset` or `delay_ms` leaves the true answer as it is, and `{}` spoils nothing. Empty
/// lines are skipped.
///
/// # Errors
/// The first line that is not a JSON object of these members, or that names two bodies.
pub fn faults_of(ndjson: &str) -> Result<Vec<Fault>, FaultError> {
    ndjson
        .lines()
        .enumerate()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(index, text)| {
            fault_of(text).map_err(|reason| FaultError {
                line: index + 1,
                reason,
            })
        })
        .collect()
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Line {
    status: Option<u16>,
    retry_after: Option<RetryAfter>,
    body: Option<String>,
    html: Option<String>,
    empty: bool,
    errors: Option<Errors>,
    cut: Option<usize>,
    reset: bool,
    delay_ms: u64,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RetryAfter {
    Seconds(u64),
    Text(String),
}

#[derive(Deserialize, serde::Serialize)]
#[serde(untagged)]
enum Errors {
    List(Vec<String>),
    Text(String),
}

fn fault_of(text: &str) -> Result<Fault, String> {
    // A struct alone would be read from a list as well.
    let mut line: Line = serde_json::from_str::<Map<String, Value>>(text)
        .and_then(|members| serde_json::from_value(members.into()))
        .map_err(|error| error.to_string())?;
    let body = body_of(&mut line)?;
    let ending = match (line.reset, line.cut) {
        (true, Some(_)) => return Err("`cut` and `reset` exclude each other".to_owned()),
        (true, None) => Ending::Reset,
        (false, Some(bytes)) => Ending::CutAfter(bytes),
        (false, None) => Ending::Whole,
    };
    Ok(Fault {
        delay: Duration::from_millis(line.delay_ms),
        answer: answer_of(&line, body)?,
        ending,
    })
}

fn body_of(line: &mut Line) -> Result<Option<Body>, String> {
    let bodies = [
        line.body.take().map(Body::Json),
        line.html.take().map(Body::Html),
        line.empty.then_some(Body::Empty),
        line.errors
            .take()
            .map(|errors| Body::Json(envelope::error_text("General Error", errors))),
    ];
    let mut given = bodies.into_iter().flatten();
    match (given.next(), given.next()) {
        (_, Some(_)) => Err("`body`, `html`, `empty` and `errors` exclude each other".to_owned()),
        (body, None) => Ok(body),
    }
}

fn answer_of(line: &Line, body: Option<Body>) -> Result<Option<Answer>, String> {
    if line.status.is_none() && body.is_none() {
        return match line.retry_after {
            Some(_) => Err("`retry_after` needs a `status`".to_owned()),
            None => Ok(None),
        };
    }
    let status = StatusCode::from_u16(line.status.unwrap_or(200))
        .map_err(|_| "`status` is not an HTTP status".to_owned())?;
    if status.is_informational() {
        return Err("`status` must be 200 or above, since 1xx is no final answer".to_owned());
    }
    Ok(Some(Answer {
        status,
        retry_after: line.retry_after.as_ref().map(header_of).transpose()?,
        body: body.unwrap_or(Body::Page),
    }))
}

fn header_of(value: &RetryAfter) -> Result<HeaderValue, String> {
    match value {
        RetryAfter::Seconds(seconds) => Ok(HeaderValue::from(*seconds)),
        RetryAfter::Text(text) => HeaderValue::from_str(text)
            .map_err(|_| "`retry_after` is not the text of a header".to_owned()),
    }
}
