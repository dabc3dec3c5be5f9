//! Requests and answers, shortened.

use http::{Method, Request, Response};
use netskope_model::flow::Tick;
use netskope_stand_in::{DEFAULT_V1_TOKEN, Device, Options, RateLimit, Reply, StandIn};
use serde_json::{Value, json};

/// Options without a rate limit, which most tests have no time for.
pub(crate) fn options() -> Options {
    Options {
        rate_limit: RateLimit::Off,
        ..Options::default()
    }
}

/// A tenant with these devices.
pub(crate) fn tenant(clients: Vec<Value>) -> StandIn {
    StandIn::new(Options {
        clients: given(clients),
        ..options()
    })
}

/// Devices for the options.
pub(crate) fn given(clients: Vec<Value>) -> Vec<Device> {
    clients.into_iter().map(Device::from).collect()
}

/// Devices of which each was heard of before the one in front of it.
pub(crate) fn numbered(count: i64) -> Vec<Value> {
    (0..count)
        .map(|number| device(&format!("pc-{number}"), 1_700_000_000 - number))
        .collect()
}

/// A device with one user.
pub(crate) fn device(name: &str, timestamp: i64) -> Value {
    let last_event = event("Enabled", timestamp);
    json!({
        "_id": name,
        "host_info": {"hostname": name, "managementID": "M", "os": "Windows"},
        "last_event": last_event,
        "users": [{"last_event": last_event, "username": format!("{name}@example.com")}],
    })
}

pub(crate) fn event(status: &str, timestamp: i64) -> Value {
    json!({"actor": "System", "status": status, "timestamp": timestamp})
}

/// The reply to a request with this body, at the origin of time.
pub(crate) fn send(stand_in: &mut StandIn, method: Method, target: &str, body: &str) -> Reply {
    stand_in.handle(Tick::default(), &request(method, target, body))
}

pub(crate) fn request(method: Method, target: &str, body: &str) -> Request<Vec<u8>> {
    Request::builder()
        .method(method)
        .uri(target)
        .body(body.into())
        .unwrap()
}

/// The records that match a query, without their wrapper.
pub(crate) fn matching(stand_in: &mut StandIn, query: &str) -> Vec<Value> {
    let body = json!({"token": DEFAULT_V1_TOKEN, "query": query}).to_string();
    let reply = send(stand_in, Method::POST, "/api/v1/clients", &body);
    records(&reply.response)
}

/// The names of the devices that match a query.
pub(crate) fn names(stand_in: &mut StandIn, query: &str) -> Vec<String> {
    names_in(&matching(stand_in, query))
}

pub(crate) fn names_in(records: &[Value]) -> Vec<String> {
    let name = |record: &Value| record["host_info"]["hostname"].as_str().map(str::to_owned);
    records.iter().filter_map(name).collect()
}

pub(crate) fn body(response: &Response<Vec<u8>>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

pub(crate) fn records(response: &Response<Vec<u8>>) -> Vec<Value> {
    let answer = body(response);
    assert_eq!(answer["status"], "success", "{answer}");
    let wrapped = answer["data"].as_array().unwrap();
    wrapped
        .iter()
        .map(|record| record["attributes"].clone())
        .collect()
}

pub(crate) fn text(response: &Response<Vec<u8>>) -> &str {
    std::str::from_utf8(response.body()).unwrap()
}
