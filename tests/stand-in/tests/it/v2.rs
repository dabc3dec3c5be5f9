//! The v2 interface, through the function, in simulated time.

mod faults;
mod indexes;
mod limits;
mod properties;

use crate::asking::text;
use flate2::read::GzDecoder;
use http::{HeaderValue, Method, Request};
use netskope_model::flow::Tick;
use netskope_stand_in::{
    DEFAULT_V2_TOKEN, DataExport, Events, Options, RateLimit, Reply, StandIn, events_of,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::io::Read;

const ORIGIN: i64 = 1_700_000_000;

/// A tenant without a rate limit.
fn tenant(dataexport: DataExport) -> StandIn {
    StandIn::new(Options {
        rate_limit: RateLimit::Off,
        dataexport,
        ..Options::default()
    })
}

/// So many events over the day before the origin, in pages of so many.
fn backlog(events: u64, page_size: u64) -> DataExport {
    DataExport {
        events: Events::backlog(events, 7),
        page_size,
        served: true,
        ..DataExport::default()
    }
}

fn request(stream: &str, query: &str) -> Request<Vec<u8>> {
    Request::get(format!("/api/v2/events/dataexport/{stream}?{query}"))
        .header("Netskope-API-Token", DEFAULT_V2_TOKEN)
        .body(Vec::new())
        .unwrap()
}

fn ask(stand_in: &mut StandIn, millis: u64, stream: &str, query: &str) -> Reply {
    stand_in.handle(Tick::from_millis(millis), &request(stream, query))
}

/// What a consumer of `events/page` asks with the index `a`.
fn turn(stand_in: &mut StandIn, millis: u64, operation: &str) -> Reply {
    let query = format!("operation={operation}&index=a");
    ask(stand_in, millis, "events/page", &query)
}

#[derive(Deserialize)]
struct Page<'a> {
    ok: i64,
    #[serde(borrow)]
    result: Vec<&'a RawValue>,
    wait_time: u64,
    timestamp_hwm: i64,
}

fn page(reply: &Reply) -> Page<'_> {
    assert_eq!(reply.response.status(), 200, "{}", text(&reply.response));
    let page: Page<'_> = serde_json::from_slice(reply.response.body()).unwrap();
    assert_eq!(page.ok, 1);
    page
}

fn records(reply: &Reply) -> Vec<String> {
    let records = page(reply).result.into_iter();
    records.map(|record| record.get().to_owned()).collect()
}

/// The status and the message of an answer that is no page.
fn refusal(reply: &Reply) -> (u16, String) {
    let body: Value = serde_json::from_slice(reply.response.body()).unwrap();
    let message = body["message"].as_str().unwrap().to_owned();
    (reply.response.status().as_u16(), message)
}

#[test]
fn a_page_is_as_documented() {
    let mut tenant = tenant(backlog(5, 2));
    let reply = turn(&mut tenant, 0, "head");
    let expected = tenant.records("events/page", 0..2).join(",");
    let mark = page(&reply).timestamp_hwm;
    assert_eq!(
        text(&reply.response),
        format!(r#"{{"ok":1,"result":[{expected}],"wait_time":1,"timestamp_hwm":{mark}}}"#)
    );
    let record: Value = serde_json::from_str(&records(&reply)[1]).unwrap();
    assert_eq!(record["timestamp"], mark);
    let headers = reply.response.headers();
    assert_eq!(headers["content-type"], "application/json; charset=utf-8");
}

#[test]
fn an_empty_page_keeps_its_members() {
    let mut tenant = tenant(DataExport::default());
    let reply = turn(&mut tenant, 5000, "next");
    assert_eq!(
        text(&reply.response),
        format!(
            r#"{{"ok":1,"result":[],"wait_time":30,"timestamp_hwm":{}}}"#,
            ORIGIN + 5
        )
    );
}

#[test]
fn wait_time_goes_by_the_amount_or_is_given() {
    let mut tenant_by_amount = tenant(backlog(15, 10));
    let waits = [0, 0, 0].map(|at| page(&turn(&mut tenant_by_amount, at, "next")).wait_time);
    assert_eq!(waits, [1, 16, 30]);
    let mut given = tenant(DataExport {
        wait_time: Some(0),
        ..backlog(1, 10)
    });
    assert_eq!(page(&turn(&mut given, 0, "next")).wait_time, 0);
}

#[test]
fn the_token_is_read_from_either_header() {
    let mut tenant = tenant(backlog(1, 10));
    let target = "/api/v2/events/dataexport/events/page/?operation=head&index=a";
    let bearer = format!("Bearer {DEFAULT_V2_TOKEN}");
    let wrong = "Invalid authentication credentials";
    for (name, value, expected) in [
        ("netskope-api-token", DEFAULT_V2_TOKEN, None),
        ("Authorization", &bearer, None),
        ("Netskope-Api-Token", "else", Some(wrong)),
        ("Authorization", "Bearer else", Some(wrong)),
        (
            "Authorization",
            DEFAULT_V2_TOKEN,
            Some("No API key found in request"),
        ),
        (
            "X-Token",
            DEFAULT_V2_TOKEN,
            Some("No API key found in request"),
        ),
    ] {
        let request = Request::get(target).header(name, value);
        let reply = tenant.handle(Tick::default(), &request.body(Vec::new()).unwrap());
        match expected {
            None => assert_eq!(records(&reply).len(), 1),
            Some(message) => assert_eq!(refusal(&reply), (401, message.to_owned())),
        }
    }
}

#[test]
fn a_stream_without_scope_is_refused_and_others_are_not() {
    let mut tenant = tenant(DataExport {
        forbidden: vec!["alerts/dlp".to_owned()],
        ..backlog(1, 10)
    });
    let query = "operation=next&index=a";
    assert_eq!(
        refusal(&ask(&mut tenant, 0, "alerts/dlp", query)),
        (403, "You cannot consume this service".to_owned())
    );
    assert_eq!(
        records(&ask(&mut tenant, 0, "events/alert", query)).len(),
        1
    );
}

#[test]
fn what_is_no_page_is_not_found_or_refused() {
    let mut tenant = tenant(backlog(1, 10));
    let nowhere = (404, "no Route matched with those values".to_owned());
    for stream in [
        "events/unknown",
        "events/dlp",
        "alerts/page",
        "page",
        "events/page/x",
        "",
    ] {
        let reply = ask(&mut tenant, 0, stream, "operation=next&index=a");
        assert_eq!(refusal(&reply), nowhere, "{stream}");
    }
    let mut post = request("events/page", "operation=next&index=a");
    *post.method_mut() = Method::POST;
    assert_eq!(refusal(&tenant.handle(Tick::default(), &post)), nowhere);

    for (query, complaint) in [
        ("index=a", "operation is required"),
        ("operation=next", "index is required"),
        ("operation=next&index=", "index is required"),
        ("operation=first&index=a", "operation must be"),
        ("operation=-5&index=a", "operation must be"),
        ("operation=1.5&index=a", "operation must be"),
    ] {
        let (status, message) = refusal(&ask(&mut tenant, 0, "events/page", query));
        assert_eq!(status, 400);
        assert!(message.starts_with(complaint), "{query}: {message}");
    }
}

#[test]
fn gzip_is_sent_to_who_asks_for_it() {
    let mut tenant = tenant(backlog(20, 20));
    let plain = turn(&mut tenant, 0, "head");
    for (accepted, expected) in [
        ("gzip", true),
        ("deflate, GZIP;q=0.5, br", true),
        ("gzip;q=0, identity", false),
        ("br", false),
    ] {
        let mut request = request("events/page", "operation=resend&index=a");
        let headers = request.headers_mut();
        headers.insert("accept-encoding", accepted.parse().unwrap());
        let reply = tenant.handle(Tick::default(), &request);
        let encoding = reply.response.headers().get("content-encoding");
        assert_eq!(encoding.is_some(), expected, "{accepted}");
        assert_eq!(reply.response.headers()["vary"], "Accept-Encoding");
        let mut body = Vec::new();
        if expected {
            assert!(reply.response.body().len() < plain.response.body().len() / 2);
            let mut decoder = GzDecoder::new(&reply.response.body()[..]);
            decoder.read_to_end(&mut body).unwrap();
        } else {
            body.clone_from(reply.response.body());
        }
        assert_eq!(&body, plain.response.body());
    }
}

#[test]
fn given_events_are_served_as_they_are_written() {
    let lines = [
        r#"{"timestamp": 1700000001,  "id": 9223372036854775807, "a":1.10}"#,
        r#"{"timestamp":1700000002,"name":"Justin’s \u2019 \/"}"#,
    ];
    let mut dataexport = backlog(50, 10);
    for stream in ["events/page", "events/unheardof"] {
        let events = events_of(lines.join("\n")).unwrap();
        dataexport.given.insert(stream.to_owned(), events);
    }
    let mut tenant = tenant(dataexport);
    for stream in ["events/page", "events/unheardof"] {
        let reply = ask(&mut tenant, 0, stream, "operation=head&index=a");
        assert_eq!(records(&reply), lines);
        let reply = ask(&mut tenant, 0, stream, "operation=1700000002&index=a");
        assert_eq!(records(&reply), lines[1..]);
    }
    assert_eq!(tenant.served_pages()[0].mark.first_id, None);
}

#[test]
fn what_was_served_is_told_on_request() {
    let mut silent = tenant(DataExport {
        served: false,
        ..backlog(5, 2)
    });
    turn(&mut silent, 0, "head");
    let told = Request::get("/_stand-in/served").body(Vec::new()).unwrap();
    let reply = silent.handle(Tick::default(), &told);
    assert_eq!(reply.response.status(), 404);
    assert_eq!(silent.served_pages(), []);

    let mut tenant = tenant(backlog(5, 2));
    for (at, operation) in [
        (10, "head"),
        (20, "next"),
        (30, "resend"),
        (40, "1800000000"),
    ] {
        turn(&mut tenant, at, operation);
    }
    let id = |position: u64| {
        let record = tenant_record(position);
        record["_id"].clone()
    };
    let reply = tenant.handle(Tick::default(), &told);
    let pages: Value = serde_json::from_slice(reply.response.body()).unwrap();
    let digest = pages[1]["digest"].clone();
    assert_eq!(digest.as_str().map(str::len), Some(32));
    assert_ne!(pages[0]["digest"], digest);
    assert_eq!(
        pages[2],
        json!({
            "stream": "events/page", "index": "a", "at_ms": 30, "operation": "resend",
            "position": 2, "records": 2, "first_id": id(2), "last_id": id(3),
            "digest": digest, "whole": true,
        })
    );
    assert_eq!(pages[3]["operation"], "1800000000");
    assert_eq!(pages[3]["records"], 0);
    assert_eq!(tenant.served_pages()[2].positions, 2..4);
}

fn tenant_record(position: u64) -> Value {
    let text = tenant(backlog(5, 2)).records("events/page", position..position + 1);
    serde_json::from_str(&text[0]).unwrap()
}

#[test]
fn pages_from_the_cache_are_the_same_pages() {
    let operations = [
        "head", "next", "next", "head", "next", "next", "next", "resend",
    ];
    let [mut with, mut without] = [200_000, 0].map(|page_cache| {
        tenant(DataExport {
            page_cache,
            ..backlog(100, 30)
        })
    });
    for operation in operations {
        assert_eq!(
            turn(&mut with, 0, operation).response.body(),
            turn(&mut without, 0, operation).response.body()
        );
    }
}

#[test]
fn a_page_of_another_site_reads_what_was_served_and_not_what_was_received() {
    let mut tenant = StandIn::new(Options {
        record: true,
        cors: Some(HeaderValue::from_static("*")),
        dataexport: backlog(5, 2),
        ..Options::default()
    });
    for (path, is_let_in) in [("served", true), ("requests", false)] {
        let asked =
            Request::get(format!("/_stand-in/{path}")).header("origin", "https://page.example");
        let reply = tenant.handle(Tick::default(), &asked.body(Vec::new()).unwrap());
        let headers = reply.response.headers();
        assert_eq!(reply.response.status(), 200);
        assert_eq!(
            headers.contains_key("access-control-allow-origin"),
            is_let_in,
            "{path}"
        );
    }
}
