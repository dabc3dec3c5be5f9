//! A driver in simulated time.

use netskope_model::{
    Error, Session, Tenant, V1Token,
    flow::{Flow, Output, Tick, TransportFailure, WaitReason},
    retry::RetryPolicy,
};
use std::time::Duration;

pub(crate) const TOKEN: &str = "f32a973eddd7bc1602fc0f48dc0a";

pub(crate) type Answer = Result<http::Response<Vec<u8>>, TransportFailure>;

pub(crate) fn session() -> Session {
    Session::new(
        Tenant::parse("acme.goskope.com").unwrap(),
        V1Token::new(TOKEN).unwrap(),
        RetryPolicy::new(1),
    )
}

/// What a flow did until it ended.
#[derive(Debug)]
pub(crate) struct Run<T> {
    pub(crate) items: Vec<T>,
    pub(crate) requests: Vec<(Tick, http::Request<Vec<u8>>)>,
    pub(crate) waits: Vec<(Duration, WaitReason)>,
    pub(crate) error: Option<Error>,
}

/// Runs a flow to its end against a server that is a function of the request's number and content.
pub(crate) fn run<F: Flow>(
    mut flow: F,
    mut server: impl FnMut(usize, &http::Request<Vec<u8>>) -> Answer,
) -> Run<F::Item> {
    let mut now = Tick::from_millis(1_000);
    let mut run = Run {
        items: Vec::new(),
        requests: Vec::new(),
        waits: Vec::new(),
        error: None,
    };
    loop {
        match flow.poll(now) {
            Ok(Output::Transmit(request)) => {
                let request = request.try_into().unwrap();
                let answer = server(run.requests.len(), &request);
                run.requests.push((now, request));
                now = now + Duration::from_millis(50);
                flow.handle(now, answer.map(Into::into));
            }
            Ok(Output::Wait(wait)) => {
                run.waits.push((wait.duration, wait.reason));
                now = now + wait.duration;
            }
            Ok(Output::Deliver(item)) => run.items.push(item),
            Ok(Output::Finished) => return run,
            Err(error) => {
                assert!(run.error.is_none(), "an error ends a flow");
                run.error = Some(error);
            }
        }
        assert!(run.requests.len() < 1_000, "the flow does not end");
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a server also fails to answer")]
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Answer {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(body.into()).unwrap())
}

pub(crate) fn success(data: &serde_json::Value) -> Answer {
    let body = serde_json::json!({"status": "success", "msg": "", "data": data});
    answer(200, &[], body.to_string())
}
