//! Faults as lines of JSON.

use super::queue::Which;
use super::twist::{Damage, Twist};
use super::{Answer, Body, Fault};
use crate::reply::Ending;
use crate::v1::envelope;
use http::{HeaderValue, StatusCode};
use netskope_model::v2::Stream;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::num::NonZeroU64;
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
/// | `body`, `html` | the body, announced as JSON or as HTML; without either, what usually comes with the status |
/// | `empty` | `true`: no body |
/// | `errors` | the v1 error envelope, its `errors` being this list or string |
/// | `cut` | the connection is closed after so many bytes of the body |
/// | `stall` | nothing follows so many bytes of the body, and the connection stays open |
/// | `reset`, `silence` | `true`: nothing is sent, and the connection is reset, or stays open |
/// | `slow_ms` | the body is spread over so many milliseconds |
/// | `delay_ms` | so many milliseconds later |
/// | `skip` | so many requests pass first, without holding up the lines behind |
/// | `times` | so many requests meet it, or `"always"` |
///
/// A line is for v1, unless it says otherwise:
///
/// | member | meaning |
/// | --- | --- |
/// | `v2` | `true`: it waits for a v2 request |
/// | `stream`, `operation`, `index` | it waits for a v2 request of this stream, such as `events/page`, with this operation (`epoch`, `head`, `tail`, `next` or `resend`), with this index |
/// | `moved` | `true`: the index moves before the answer is replaced or the connection reset |
/// | `bare` | `true`: no `RateLimit` headers |
/// | `not_ok` | a page with `"ok":0` and this text as its `result` |
/// | `wait_time` | the `wait_time` of the true page, `"missing"` or a number |
/// | `skew` | the `timestamp_hwm` of the true page is so many seconds ahead |
/// | `pad` | the true page is longer by so many spaces |
/// | `no_content` | `true`: a 204 in place of an empty page |
/// | `gzip_cut`, `gzip_corrupt` | gzip ends after so many bytes; `true`: has a wrong byte |
/// | `holds_ms` | the index stays taken for so many milliseconds, and others that ask for it have 409 |
///
/// A line with neither an answer nor a change to it leaves the true answer as it is, and `{}` spoils nothing. Empty
/// lines are skipped.
///
/// # Errors
/// The first line that is not a JSON object of these members, or whose members exclude each other.
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
#[expect(clippy::struct_excessive_bools, reason = "each is a member of a line")]
struct Line {
    status: Option<u16>,
    retry_after: Option<RetryAfter>,
    body: Option<String>,
    html: Option<String>,
    empty: bool,
    errors: Option<Errors>,
    cut: Option<usize>,
    stall: Option<usize>,
    reset: bool,
    silence: bool,
    slow_ms: Option<u64>,
    delay_ms: u64,
    skip: u64,
    times: Option<Times>,
    v2: bool,
    stream: Option<String>,
    operation: Option<OperationName>,
    index: Option<String>,
    moved: bool,
    bare: bool,
    not_ok: Option<String>,
    wait_time: Option<WaitTime>,
    skew: Option<i64>,
    pad: Option<u64>,
    no_content: bool,
    gzip_cut: Option<usize>,
    gzip_corrupt: bool,
    holds_ms: Option<u64>,
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

#[derive(Deserialize)]
#[serde(untagged)]
enum Times {
    Number(NonZeroU64),
    Word(Always),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Always {
    Always,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WaitTime {
    Seconds(i64),
    Word(Missing),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Missing {
    Missing,
}

#[derive(Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
enum OperationName {
    Epoch,
    Head,
    Tail,
    Next,
    Resend,
}

impl OperationName {
    fn as_str(&self) -> &'static str {
        match self {
            Self::Epoch => "epoch",
            Self::Head => "head",
            Self::Tail => "tail",
            Self::Next => "next",
            Self::Resend => "resend",
        }
    }
}

fn fault_of(text: &str) -> Result<Fault, String> {
    // A struct alone would be read from a list as well.
    let mut line: Line = serde_json::from_str::<Map<String, Value>>(text)
        .and_then(|members| serde_json::from_value(members.into()))
        .map_err(|error| error.to_string())?;
    let v2 = which_of(&mut line)?;
    let body = body_of(&mut line)?;
    Ok(Fault {
        skip: line.skip,
        again: match line.times {
            None => 0,
            Some(Times::Number(times)) => times.get() - 1,
            Some(Times::Word(Always::Always)) => u64::MAX,
        },
        delay: Duration::from_millis(line.delay_ms),
        answer: answer_of(&line, body)?,
        moved: line.moved,
        bare: line.bare,
        twist: twist_of(&line)?,
        ending: ending_of(&line)?,
        holds: line.holds_ms.map(Duration::from_millis),
        v2,
    })
}

/// The only one that is given, if any.
fn only<T>(of: impl IntoIterator<Item = Option<T>>, names: &str) -> Result<Option<T>, String> {
    let mut given = of.into_iter().flatten();
    match (given.next(), given.next()) {
        (_, Some(_)) => Err(format!("{names} exclude each other")),
        (one, None) => Ok(one),
    }
}

fn body_of(line: &mut Line) -> Result<Option<Body>, String> {
    let not_ok = |text| serde_json::json!({ "ok": 0, "result": text }).to_string();
    only(
        [
            line.body.take().map(Body::Json),
            line.html.take().map(Body::Html),
            line.empty.then_some(Body::Empty),
            line.errors
                .take()
                .map(|errors| Body::Json(envelope::error_text("General Error", errors))),
            line.not_ok.take().map(|text| Body::Json(not_ok(text))),
        ],
        "`body`, `html`, `empty`, `errors` and `not_ok`",
    )
}

fn which_of(line: &mut Line) -> Result<Option<Which>, String> {
    let which = Which {
        stream: line.stream.as_deref().map(stream_of).transpose()?,
        operation: line.operation.take().map(|name| name.as_str().to_owned()),
        index: line.index.take(),
    };
    if line.v2 || which != Which::default() {
        return Ok(Some(which));
    }
    let alone = [
        ("moved", line.moved),
        ("bare", line.bare),
        ("not_ok", line.not_ok.is_some()),
        ("wait_time", line.wait_time.is_some()),
        ("skew", line.skew.is_some()),
        ("pad", line.pad.is_some()),
        ("no_content", line.no_content),
        ("gzip_cut", line.gzip_cut.is_some()),
        ("gzip_corrupt", line.gzip_corrupt),
        ("holds_ms", line.holds_ms.is_some()),
    ];
    match alone.iter().find(|(_, given)| *given) {
        Some((name, _)) => Err(format!("`{name}` needs `\"v2\":true` or a `stream`")),
        None => Ok(None),
    }
}

fn stream_of(name: &str) -> Result<String, String> {
    let stream = Stream::parse(name).map_err(|error| error.to_string())?;
    Ok(stream.to_string())
}

fn ending_of(line: &Line) -> Result<Ending, String> {
    let ending = only(
        [
            line.cut.map(Ending::CutAfter),
            line.stall.map(Ending::StallAfter),
            line.reset.then_some(Ending::Reset),
            line.silence.then_some(Ending::Silence),
            line.slow_ms
                .map(|millis| Ending::Slow(Duration::from_millis(millis))),
        ],
        "`cut`, `stall`, `reset`, `silence` and `slow_ms`",
    )?;
    Ok(ending.unwrap_or_default())
}

fn twist_of(line: &Line) -> Result<Twist, String> {
    let twist = only(
        [
            line.wait_time.as_ref().map(|wait| match wait {
                WaitTime::Seconds(seconds) => Twist::WaitTime(Some(*seconds)),
                WaitTime::Word(Missing::Missing) => Twist::WaitTime(None),
            }),
            line.skew.map(Twist::Skew),
            line.pad.map(Twist::Padded),
            line.no_content.then_some(Twist::NoContent),
            line.gzip_cut
                .map(|bytes| Twist::Gzip(Damage::CutAfter(bytes))),
            line.gzip_corrupt.then_some(Twist::Gzip(Damage::Corrupt)),
        ],
        "`wait_time`, `skew`, `pad`, `no_content`, `gzip_cut` and `gzip_corrupt`",
    )?;
    Ok(twist.unwrap_or_default())
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
        body: body.unwrap_or(Body::Usual),
    }))
}

fn header_of(value: &RetryAfter) -> Result<HeaderValue, String> {
    match value {
        RetryAfter::Seconds(seconds) => Ok(HeaderValue::from(*seconds)),
        RetryAfter::Text(text) => HeaderValue::from_str(text)
            .map_err(|_| "`retry_after` is not the text of a header".to_owned()),
    }
}
