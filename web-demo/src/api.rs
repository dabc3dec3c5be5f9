//! `POST /api/v1/clients?limit=&skip=` with `{"query": "..."}`: what the page asks, and nothing else.

use crate::{
    origin::{self, Origin},
    refusal::Refusal,
    routes::Site,
};
use axum::{
    Extension,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use netskope_model::v1::clients::{self, Query};
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use tokio::time;

/// Room for the longest query that the parser takes, 256 KiB, with each of its bytes written as an escape.
const MAX_BODY: usize = 2 << 20;
const BODY_PATIENCE: Duration = Duration::from_secs(10);

/// The members of a request's body.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    #[serde(default)]
    query: Option<String>,
}

pub(crate) async fn look_up(
    State(site): State<Arc<Site>>,
    Extension(origin): Extension<Origin>,
    request: Request,
) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    if origin::is_foreign(&origin, &head.headers) {
        return Err(Refusal::new(
            StatusCode::MISDIRECTED_REQUEST,
            "Request Refused",
            "requests are taken from the page of this server only",
        ));
    }
    if !site.access.admits(&head.headers) {
        return Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "Access Key Required",
            "open the link that the server printed when it started",
        ));
    }
    if !origin::is_json(&head.headers) {
        return Err(Refusal::of_request(
            "the content type must be application/json",
        ));
    }
    let call = call_of(head.uri.query().unwrap_or_default())?;
    let question = question_of(&received(body).await?)?;
    site.lookup.page(matching(call, question)?).await
}

fn call_of(parameters: &str) -> Result<clients::Request, Refusal> {
    let (mut limit, mut skip) = (None, None);
    for (name, value) in form_urlencoded::parse(parameters.as_bytes()) {
        let place = match &*name {
            "limit" => &mut limit,
            "skip" => &mut skip,
            _ => {
                return Err(Refusal::of_request(
                    "the only parameters are limit and skip",
                ));
            }
        };
        let number =
            number(&value).ok_or_else(|| Refusal::of_request(format!("{name} is not a number")))?;
        if place.replace(number).is_some() {
            return Err(Refusal::of_request(format!("{name} is there twice")));
        }
    }
    let mut call = clients::Request::new();
    if let Some(limit) = limit {
        call = call.limit(limit)?;
    }
    if let Some(skip) = skip {
        call = call.skip(skip)?;
    }
    Ok(call)
}

/// A number in the one way of writing it, which leaves signs and zeros in front out.
fn number(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

async fn received(body: Body) -> Result<Bytes, Refusal> {
    match time::timeout(BODY_PATIENCE, to_bytes(body, MAX_BODY)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(Refusal::of_request("the body is too long or was cut off")),
        Err(_) => Err(Refusal::of_request("the body did not arrive in time")),
    }
}

/// The reason leaves out what the body holds, which may be something that should not have been sent.
fn question_of(body: &[u8]) -> Result<Question, Refusal> {
    // Serde would take a list for the members in their order.
    let is_object = body.trim_ascii_start().starts_with(b"{");
    serde_json::from_slice(body)
        .ok()
        .filter(|_| is_object)
        .ok_or_else(|| Refusal::of_request(r#"the body must be {"query": "..."} and nothing else"#))
}

fn matching(call: clients::Request, question: Question) -> Result<clients::Request, Refusal> {
    let Some(text) = question.query else {
        return Ok(call);
    };
    let query = Query::parse(&text).map_err(|error| Refusal::of_query(error.to_string()))?;
    Ok(call.matching(query))
}
