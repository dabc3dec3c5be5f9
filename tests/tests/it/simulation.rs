//! A client and a tenant in memory, with time as a number.

use netskope_model::{
    Error, Session, Tenant, V1Token,
    flow::{FailureKind, Flow, HttpResponse, Output, Tick, TransportFailure, Wait},
    retry::RetryPolicy,
};
use netskope_stand_in::{DEFAULT_V1_TOKEN, Ending, StandIn};
use std::time::Duration;

const LATENCY: Duration = Duration::from_millis(40);

pub(crate) fn session(seed: u64) -> Session {
    Session::new(
        Tenant::parse("acme.goskope.com").unwrap(),
        V1Token::new(DEFAULT_V1_TOKEN).unwrap(),
        RetryPolicy::new(seed),
    )
}

/// What a flow came to.
#[derive(Debug)]
pub(crate) struct Outcome<T> {
    pub(crate) items: Vec<T>,
    pub(crate) end: Result<(), Error>,
    pub(crate) took: Duration,
    pub(crate) waits: Vec<Wait>,
}

pub(crate) fn run<F: Flow>(mut flow: F, tenant: &mut StandIn) -> Outcome<F::Item> {
    let start = Tick::from_millis(0);
    let (mut now, mut items, mut waits) = (start, Vec::new(), Vec::new());
    let end = loop {
        match flow.poll(now) {
            Ok(Output::Transmit(request)) => {
                let reply = tenant.handle(now, &request.try_into().unwrap());
                now = now + LATENCY + reply.delay;
                flow.handle(now, arrive(reply.ending, reply.response));
            }
            Ok(Output::Wait(wait)) => {
                waits.push(wait);
                now = now + wait.duration;
            }
            Ok(Output::Deliver(item)) => items.push(item),
            Ok(Output::Finished) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    Outcome {
        items,
        end,
        took: now.since(start),
        waits,
    }
}

fn arrive(
    ending: Ending,
    response: http::Response<Vec<u8>>,
) -> Result<HttpResponse, TransportFailure> {
    match ending {
        Ending::Whole => Ok(response.into()),
        _ => Err(TransportFailure::new(
            FailureKind::Cut,
            "the connection ended early",
        )),
    }
}
