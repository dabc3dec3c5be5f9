//! What is documented or recorded of `/api/v1/clients`, point by point.

use crate::asking::*;
use http::{HeaderValue, Method};
use netskope_model::flow::Tick;
use netskope_stand_in::{
    AboveCap, Codes, DEFAULT_V1_TOKEN, DEFAULT_V2_TOKEN, RateLimit, Refusal, StandIn, TooMany,
};
use serde_json::{Value, json};
use std::time::Duration;

const T: &str = DEFAULT_V1_TOKEN;

#[test]
fn parameters_come_from_query_string_and_body_together() {
    let mut tenant = tenant(numbered(9));
    let json = format!(r#"{{"token":"{T}"}}"#);
    let json_query = format!(r#"{{"token":"{T}","query":"host_info.hostname like 'pc'"}}"#);
    let form = format!("token={T}&limit=2&skip=1");
    let all_in_json = format!(r#"{{"token":"{T}","limit":2,"skip":"1"}}"#);
    let all_in_target = format!("?token={T}&limit=2&skip=1&query=host_info.hostname%20like%20pc");
    for (method, query, body) in [
        (Method::POST, "?limit=2&skip=1", json.as_str()),
        (Method::POST, "?limit=2&skip=1", &json_query),
        (Method::GET, "?limit=2&skip=1", &json),
        (Method::POST, "", &all_in_json),
        (Method::POST, &all_in_target, ""),
        (Method::GET, &all_in_target, ""),
        // The body wins.
        (Method::POST, "?limit=7&token=wrong", &all_in_json),
    ] {
        let target = format!("/api/v1/clients{query}");
        let reply = send(&mut tenant, method, &target, body);
        assert_eq!(
            names_in(&records(&reply.response)),
            ["pc-1", "pc-2"],
            "{target} {body}"
        );
    }
    let mut announced = request(Method::POST, "/api/v1/clients", &form);
    let kind = HeaderValue::from_static("application/x-www-form-urlencoded; charset=UTF-8");
    announced.headers_mut().insert("content-type", kind);
    let reply = tenant.handle(Tick::default(), &announced);
    assert_eq!(names_in(&records(&reply.response)), ["pc-1", "pc-2"]);
}

#[test]
fn only_get_and_post_of_the_one_path_are_served() {
    let mut tenant = tenant(numbered(1));
    for (method, target, status) in [
        (Method::PUT, "/api/v1/clients", 405),
        (Method::HEAD, "/api/v1/clients", 405),
        (Method::OPTIONS, "/api/v1/clients", 405),
        (Method::GET, "/api/v1/clients/", 404),
        (Method::GET, "/api/v1/events", 404),
        (Method::GET, "/api/v2/events", 404),
        (Method::GET, "/_stand-in/requests", 404),
        (Method::GET, "/", 404),
    ] {
        let reply = send(&mut tenant, method, target, "");
        assert_eq!(reply.response.status(), status, "{target}");
    }
}

#[test]
fn success_has_this_order_of_keys() {
    let mut tenant = tenant(vec![
        json!({"b": 1, "a": {"z": 9_007_199_254_740_993_u64, "_": 1.25}}),
    ]);
    let target = format!("/api/v1/clients?token={T}");
    let reply = send(&mut tenant, Method::GET, &target, "");
    assert_eq!(
        text(&reply.response),
        r#"{"status":"success","msg":"","data":[{"attributes":{"a":{"_":1.25,"z":9007199254740993},"b":1}}]}"#
    );
    let reply = send(
        &mut tenant,
        Method::GET,
        &format!("{target}&query=b+eq+2"),
        "",
    );
    assert_eq!(reply.response.status(), 200);
    assert_eq!(
        text(&reply.response),
        r#"{"status":"success","msg":"","data":[]}"#
    );
}

#[test]
fn devices_are_newest_first_and_keep_their_labels() {
    let clients = [3, 9, 5]
        .map(|number| device(&format!("pc-{number}"), number))
        .to_vec();
    let mut tenant = tenant(clients);
    let found = matching(&mut tenant, "");
    assert_eq!(names_in(&found), ["pc-9", "pc-5", "pc-3"]);
    assert_eq!(found[0]["last_event"]["status"], "Enabled");
    assert_eq!(found[0]["users"][0]["last_event"], found[0]["last_event"]);
}

#[test]
fn limit_and_skip_page_that_order() {
    let mut tenant = tenant(numbered(25));
    let mut seen = Vec::new();
    for skip in (0..).step_by(10) {
        let target = format!("/api/v1/clients?limit=10&skip={skip}&token={T}");
        let page = records(&send(&mut tenant, Method::GET, &target, "").response);
        if page.is_empty() {
            break;
        }
        seen.extend(page);
    }
    assert_eq!(names_in(&seen), names_in(&numbered(25)));
}

#[test]
fn a_limit_above_the_cap_is_lowered_or_refused() {
    let mut options = options();
    options.clients = given(numbered(9));
    options.limit_cap = 4;
    let mut clamping = StandIn::new(options.clone());
    options.above_cap = AboveCap::Refuse;
    options.default_limit = Some(2);
    let mut refusing = StandIn::new(options);
    let target = |limit| format!("/api/v1/clients?token={T}{limit}");
    let count = |stand_in: &mut StandIn, limit| {
        records(&send(stand_in, Method::GET, &target(limit), "").response).len()
    };
    assert_eq!(count(&mut clamping, "&limit=5"), 4);
    assert_eq!(count(&mut clamping, ""), 4);
    assert_eq!(count(&mut refusing, "&limit=4"), 4);
    assert_eq!(count(&mut refusing, ""), 2);
    let refused = send(&mut refusing, Method::GET, &target("&limit=5"), "");
    assert_eq!(
        body(&refused.response)["errors"],
        json!(["limit must be at most 4"])
    );
}

#[test]
fn a_bad_limit_or_skip_is_an_error() {
    let mut tenant = tenant(numbered(1));
    for bad in [
        "limit=0",
        "limit=-1",
        "limit=ten",
        "limit=",
        "skip=-1",
        "skip=1.5",
    ] {
        let target = format!("/api/v1/clients?token={T}&{bad}");
        let reply = send(&mut tenant, Method::GET, &target, "");
        assert_eq!(reply.response.status(), 200);
        assert_eq!(body(&reply.response)["errorCode"], "Request Error", "{bad}");
    }
}

#[test]
fn headers_are_the_recorded_ones() {
    let mut tenant = tenant(Vec::new());
    let reply = send(
        &mut tenant,
        Method::GET,
        &format!("/api/v1/clients?token={T}"),
        "",
    );
    let headers = reply.response.headers();
    for (name, value) in [
        ("content-type", "application/json; charset=UTF-8"),
        ("server", "nginx"),
        ("connection", "close"),
        ("vary", "Accept-Encoding, Accept-Encoding"),
        ("expires", "Thu, 19 Nov 1981 08:52:00 GMT"),
        ("cache-control", "no-store, no-cache, must-revalidate"),
        ("pragma", "no-cache"),
        ("x-frame-options", "DENY, DENY"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(headers[name], value);
    }
    assert!(headers.contains_key("x-xss-protection"));
    let strange = |name: &str| {
        name.starts_with("access-control")
            || [
                "set-cookie",
                "strict-transport-security",
                "content-security-policy",
            ]
            .contains(&name)
    };
    assert!(
        !headers.keys().any(|name| strange(name.as_str())),
        "{headers:?}"
    );
}

#[test]
fn cors_headers_come_with_the_option_only() {
    let mut options = options();
    options.cors = Some(HeaderValue::from_static("https://page.example"));
    let mut open = StandIn::new(options);
    let mut asked = request(Method::GET, "/api/v1/clients", "");
    let origin = HeaderValue::from_static("https://page.example");
    asked.headers_mut().insert("origin", origin.clone());
    let reply = open.handle(Tick::default(), &asked);
    assert_eq!(reply.response.status(), 403);
    assert_eq!(
        reply.response.headers()["access-control-allow-origin"],
        origin
    );
}

#[test]
fn a_wrong_token_has_403_and_the_envelope() {
    let mut options = options();
    let mut forbidding = StandIn::new(options.clone());
    options.refusal = Refusal::Ok;
    let mut lenient = StandIn::new(options);
    for token in ["", "wrong", DEFAULT_V2_TOKEN] {
        let body = json!({ "token": token }).to_string();
        let forbidden = send(&mut forbidding, Method::POST, "/api/v1/clients", &body);
        assert_eq!(forbidden.response.status(), 403);
        assert_eq!(
            text(&forbidden.response),
            r#"{"status":"error","errorCode":"Authorization Error","errors":["Invalid token"]}"#
        );
        let ok = send(&mut lenient, Method::POST, "/api/v1/clients", &body);
        assert_eq!(ok.response.status(), 200);
        assert_eq!(ok.response.body(), forbidden.response.body());
    }
    let without = send(&mut forbidding, Method::GET, "/api/v1/clients", "");
    assert_eq!(without.response.status(), 403);
}

#[test]
fn a_query_that_does_not_parse_is_an_error() {
    let mut tenant = tenant(numbered(1));
    let body_text = json!({"token": T, "query": "(host_info.hostname eq"}).to_string();
    let reply = send(&mut tenant, Method::POST, "/api/v1/clients", &body_text);
    assert_eq!(reply.response.status(), 200);
    assert_eq!(body(&reply.response)["errorCode"], "Query Error");
    for unreadable in ["{", "[]", "\u{0}"] {
        let reply = send(&mut tenant, Method::POST, "/api/v1/clients", unreadable);
        assert_eq!(
            body(&reply.response)["errorCode"],
            "Request Error",
            "{unreadable:?}"
        );
    }
}

#[test]
fn four_requests_pass_twenty_wait_and_the_next_is_refused() {
    let mut options = options();
    options.rate_limit = RateLimit::On;
    let mut paged = StandIn::new(options.clone());
    options.too_many = TooMany::Envelope;
    let mut enveloped = StandIn::new(options);
    let request = request(Method::GET, &format!("/api/v1/clients?token={T}"), "");
    let delays: Vec<Duration> = (0..24)
        .map(|_| {
            enveloped.handle(Tick::default(), &request);
            let reply = paged.handle(Tick::default(), &request);
            assert_eq!(reply.response.status(), 200);
            reply.delay
        })
        .collect();
    assert_eq!(delays[..4], [Duration::ZERO; 4]);
    assert!(
        delays[4..].is_sorted() && delays[4] > Duration::ZERO,
        "{delays:?}"
    );
    assert!(delays[23] < Duration::from_secs(5));

    let refused = paged.handle(Tick::default(), &request);
    assert_eq!(refused.response.status(), 429);
    assert_eq!(refused.delay, Duration::ZERO);
    assert!(text(&refused.response).contains("429 Too Many Requests"));
    let refused = enveloped.handle(Tick::default(), &request);
    assert_eq!(body(&refused.response)["status"], "error");
}

#[test]
fn a_client_that_keeps_to_the_documented_rate_is_never_refused() {
    let mut options = options();
    options.rate_limit = RateLimit::On;
    let mut tenant = StandIn::new(options);
    let request = request(Method::GET, &format!("/api/v1/clients?token={T}"), "");
    for window in 0..50 {
        for _ in 0..24 {
            let reply = tenant.handle(Tick::from_millis(window * 5000), &request);
            assert_eq!(reply.response.status(), 200);
        }
        let reply = tenant.handle(Tick::from_millis(window * 5000 + 100), &request);
        assert_eq!(reply.response.status(), 429);
    }
}

fn two_devices() -> StandIn {
    let shared = json!({
        "_id": "1",
        "compliance_standards": [{"standard": "NIST"}, {"standard": "CSA-CCM-3.0.1"}],
        "domain": "netskope.com\\johnd",
        "host_info": {"hostname": "BER-01", "managementID": ""},
        "last_event": event("Enabled", 20),
        "users": [
            {"last_event": event("Enabled", 20), "username": "john@abc.com"},
            {"last_event": event("Disabled", 10), "username": "mary@abc.com"},
        ],
    });
    tenant(vec![shared, device("n21-pc", 5)])
}

#[test]
fn every_operator_works() {
    let mut tenant = two_devices();
    for (query, found) in [
        ("host_info.hostname eq 'BER-01'", "BER-01"),
        ("host_info.hostname eq 'ber-01'", ""),
        ("host_info.hostname = \"BER-01\"", "BER-01"),
        ("host_info.hostname == BER-01", "BER-01"),
        ("host_info.hostname neq BER-01", "n21-pc"),
        ("host_info.hostname != BER-01", "n21-pc"),
        ("host_info.hostname like 'er-0'", "BER-01"),
        ("host_info.hostname ~ N21", "n21-pc"),
        ("host_info.hostname notlike 'er-0'", "n21-pc"),
        ("host_info.hostname !~ 'ER'", "n21-pc"),
        ("host_info.hostname in ['n21-pc', \"other\"]", "n21-pc"),
        ("host_info.hostname not_in ['n21-pc']", "BER-01"),
        ("host_info.hostname notin [n21-pc]", "BER-01"),
        ("last_event.timestamp gt 10", "BER-01"),
        ("last_event.timestamp >= 20", "BER-01"),
        ("last_event.timestamp lt 10", "n21-pc"),
        ("last_event.timestamp <= 5", "n21-pc"),
        ("last_event.timestamp from 4 to 6", "n21-pc"),
        ("host_info.hostname from a to z", "n21-pc"),
        ("not (host_info.hostname like ber)", "n21-pc"),
        (
            "(last_event.timestamp > 1)and(host_info.hostname ~ pc)",
            "n21-pc",
        ),
        (
            "host_info.hostname eq BER-01 and last_event.timestamp = 5 OR _id eq n21-pc",
            "n21-pc",
        ),
        ("domain eq netskope.com\\\\johnd", "BER-01"),
        ("host_info.managementID eq ''", "BER-01"),
        ("host_info.hostname startswith 'BER'", "BER-01"),
    ] {
        assert_eq!(names(&mut tenant, query).join(","), found, "{query}");
    }
}

#[test]
fn an_array_matches_through_any_of_its_elements() {
    let mut tenant = two_devices();
    for query in [
        "compliance_standards.standard eq 'CSA-CCM-3.0.1'",
        "compliance_standards.standard eq 'NIST'",
        "last_event.status eq 0",
        "users.last_event.status eq 0",
    ] {
        let found = matching(&mut tenant, query);
        assert_eq!(names_in(&found), ["BER-01"], "{query}");
        assert_eq!(found[0]["last_event"]["status"], "Enabled");
    }
}

#[test]
fn a_bare_username_finds_the_devices_of_a_user() {
    let mut tenant = two_devices();
    assert_eq!(names(&mut tenant, "username eq mary@abc.com"), ["BER-01"]);
    assert_eq!(
        names(&mut tenant, "users.username eq n21-pc@example.com"),
        ["n21-pc"]
    );
}

#[test]
fn codes_and_labels_mean_the_same() {
    let mut tenant = two_devices();
    for query in [
        "last_event.status eq 0",
        "last_event.status eq 'Disabled'",
        "last_events.status = 0",
    ] {
        assert_eq!(names(&mut tenant, query), ["BER-01"], "{query}");
    }
    assert_eq!(names(&mut tenant, "last_event.status eq 1").len(), 2);
}

#[test]
fn numbers_replace_labels_on_request() {
    let mut options = options();
    options.codes = Codes::Numbers;
    options.clients = given(vec![
        device("a", 1),
        json!({
            "_id": "b",
            "host_info": {"os": "Linux"},
            "last_event": {"actor": "User", "event": "Change in network", "status": "Disabled"},
            "users": [{"device_classification_status": "Not Configured", "user_source": "Manual"}],
        }),
    ]);
    let mut tenant = StandIn::new(options);
    let found = matching(&mut tenant, "last_event.status in ['Enabled', 0]");
    assert_eq!(
        found[0]["users"][0]["last_event"],
        json!({"actor": 2, "status": 1, "timestamp": 1})
    );
    assert_eq!(found[0]["last_event"], found[0]["users"][0]["last_event"]);
    assert_eq!(found[0]["host_info"]["os"], 0);
    assert_eq!(
        found[1],
        json!({
            "_id": "b",
            "host_info": {"os": "Linux"},
            "last_event": {"actor": 0, "event": "Change in network", "status": 0},
            "users": [{"device_classification_status": 3, "user_source": 1}],
        })
    );
}

#[test]
fn the_record_tells_what_was_received() {
    let mut options = options();
    options.record = true;
    let mut tenant = StandIn::new(options);
    send(&mut tenant, Method::POST, "/api/v1/clients?limit=1", "{}");
    let told = send(&mut tenant, Method::GET, "/_stand-in/requests", "");
    let expected: Value = json!([
        {"method": "POST", "target": "/api/v1/clients?limit=1", "headers": [], "body": "{}"}
    ]);
    assert_eq!(body(&told.response), expected);
    assert_eq!(tenant.requests()[0].body, b"{}");
    assert_eq!(tenant.served(), 1);
}
