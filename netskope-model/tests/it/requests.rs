//! What is sent.

use crate::driver::{TOKEN, run, session, success};
use netskope_model::{
    ErrorKind, Session, Tenant, Tokens,
    retry::RetryPolicy,
    v1::clients::{MAX_LIMIT, Query, Request},
};
use serde_json::json;

fn sent(session: &Session, request: Request) -> http::Request<Vec<u8>> {
    let mut done = run(session.page(request), |_, _| success(&json!([])));
    assert_eq!(done.requests.len(), 1);
    done.requests.remove(0).1
}

#[test]
fn the_token_and_the_query_are_in_the_body_and_nowhere_else() {
    let query = Query::parse("host_info.hostname eq 'xxx' or host_info.hostname eq 'yyy'").unwrap();
    let request = sent(
        &session(),
        Request::new()
            .matching(query)
            .limit(500)
            .unwrap()
            .skip(20)
            .unwrap(),
    );
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri(),
        "https://acme.goskope.com/api/v1/clients?limit=500&skip=20"
    );
    let headers: Vec<_> = request.headers().iter().collect();
    assert_eq!(headers.len(), 2, "{headers:?}");
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(
        String::from_utf8_lossy(request.body()),
        format!(
            r#"{{"token":"{TOKEN}","query":"host_info.hostname eq 'xxx' or host_info.hostname eq 'yyy'"}}"#
        )
    );
}

#[test]
fn a_query_is_sent_as_it_was_typed() {
    for text in [
        "host_info",
        "last_events.status = 0",
        "  a   EQ  \"x\"  ",
        "a ~ '\u{2019}\\\\'",
    ] {
        let request = sent(
            &session(),
            Request::new().matching(Query::parse(text).unwrap()),
        );
        let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
        assert_eq!(body["query"], text);
    }
}

#[test]
fn without_a_token_the_body_has_none() {
    let tenant = Tenant::parse("http://127.0.0.1:8080").unwrap();
    let proxied = Session::new(tenant, Tokens::default(), RetryPolicy::new(1));
    let request = sent(&proxied, Request::new());
    assert_eq!(request.body(), b"{}");
    assert_eq!(
        request.uri(),
        "http://127.0.0.1:8080/api/v1/clients?limit=5000&skip=0"
    );
}

#[test]
fn limits_out_of_range_are_errors_before_anything_is_sent() {
    for limit in [i64::MIN, -1, 0, i64::from(MAX_LIMIT) + 1, i64::MAX] {
        let error = Request::new().limit(limit).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(
            error.to_string(),
            format!("limit {limit} is out of range: one call gives 1 to 5000 devices")
        );
    }
    assert_eq!(
        Request::new().skip(-1).unwrap_err().kind(),
        ErrorKind::Request
    );
    assert!(Request::new().limit(1).is_ok() && Request::new().limit(MAX_LIMIT.into()).is_ok());
}
