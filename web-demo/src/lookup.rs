//! Lookups at the tenant, a few at a time.

use crate::refusal::Refusal;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use netskope_blocking::Client;
use netskope_model::v1::{
    clients::{Absence, Page, Request},
    device::Device,
};
use serde::Serialize;
use serde_json::value::RawValue;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, task, time};

/// The tenant takes four requests a second; more at once only wait there.
const AT_ONCE: usize = 4;
/// Calls to the tenant, with those whose browser has gone: a call once made runs to its end.
const CALLS: usize = 4 * AT_ONCE;
/// How long a lookup waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Lookup {
    client: Client,
    turns: Semaphore,
    calls: Arc<Semaphore>,
}

impl Lookup {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            turns: Semaphore::new(AT_ONCE),
            calls: Arc::new(Semaphore::new(CALLS)),
        }
    }

    /// One page from the tenant, as the tenant would have answered.
    pub(crate) async fn page(&self, request: Request) -> Result<Response, Refusal> {
        let turn = time::timeout(PATIENCE, async {
            tokio::try_join!(
                self.turns.acquire(),
                Arc::clone(&self.calls).acquire_owned()
            )
        });
        // A browser that goes gives its turn back at once; only the call goes on.
        let Ok(Ok((_turn, call))) = turn.await else {
            return Err(Refusal::busy());
        };
        let client = self.client.clone();
        let looked_up = task::spawn_blocking(move || {
            let _call = call;
            answer(&client.page(request)?)
        });
        looked_up.await.unwrap_or_else(|_| {
            Err(Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Server Error",
                "the lookup ended without an answer",
            ))
        })
    }
}

#[derive(Serialize)]
struct Success<'a> {
    status: &'a str,
    msg: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Vec<Record<'a>>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Record<'a> {
    Device {
        attributes: &'a Device,
    },
    /// The page says of these that it cannot read them either.
    Unread(&'a RawValue),
}

fn records(page: &Page) -> serde_json::Result<Vec<Record<'_>>> {
    let devices = page.devices().iter();
    let devices = devices.map(|attributes| Ok(Record::Device { attributes }));
    let unread = page.unread().iter();
    let unread = unread.map(|text| serde_json::from_str(text).map(Record::Unread));
    devices.chain(unread).collect()
}

fn answer(page: &Page) -> Result<Response, Refusal> {
    let unwritable = |error| {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Refusal::new(
            status,
            "Server Error",
            format!("the devices cannot be written: {error}"),
        )
    };
    let data = match page.absence() {
        Some(Absence::NoContent) => return Ok(StatusCode::NO_CONTENT.into_response()),
        Some(Absence::NoData) => None,
        None => Some(records(page).map_err(unwritable)?),
    };
    let success = Success {
        status: "success",
        msg: "",
        data,
    };
    let body = serde_json::to_vec(&success).map_err(unwritable)?;
    Ok((
        [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
        body,
    )
        .into_response())
}
