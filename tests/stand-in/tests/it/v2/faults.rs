//! Faults of v2, through the function.

use super::*;
use http::{HeaderValue, StatusCode};
use netskope_stand_in::{Ending, Fault, Kinds, RandomFaults, faults_of};
use proptest::prelude::*;
use std::time::Duration;

/// Ten events in pages of two, and faults.
fn spoiled(faults: &[Fault]) -> StandIn {
    let mut tenant = tenant(backlog(10, 2));
    for fault in faults {
        tenant.push_fault(fault.clone());
    }
    tenant
}

/// The pages served, by the position of their first record, and whether they left whole.
fn served(tenant: &StandIn) -> Vec<(u64, bool)> {
    let pages = tenant.served_pages().iter();
    pages
        .map(|page| (page.positions.start, page.whole))
        .collect()
}

#[test]
fn an_answer_in_place_of_the_true_one_leaves_the_index_or_moves_it() {
    let unavailable = Fault::status(StatusCode::SERVICE_UNAVAILABLE).on_v2();
    let mut tenant = spoiled(&[unavailable.clone(), unavailable.moved()]);
    for expected in [503, 503, 200] {
        let reply = turn(&mut tenant, 0, "next");
        assert_eq!(reply.response.status().as_u16(), expected);
        if expected == 503 {
            assert_eq!(reply.response.headers()["content-type"], "text/html");
        }
    }
    assert_eq!(served(&tenant), [(0, false), (2, true)]);
    turn(&mut tenant, 0, "resend");
    assert_eq!(served(&tenant)[2], (2, true));
}

#[test]
fn statuses_come_with_what_the_gateway_says() {
    for (status, expected) in [
        (401, "Invalid authentication credentials"),
        (403, "You cannot consume this service"),
        (409, "409 Concurrency conflict, retry later."),
        (429, "API rate limit exceeded"),
    ] {
        let status = StatusCode::from_u16(status).unwrap();
        let mut tenant = spoiled(&[Fault::status(status).on_v2()]);
        let (is, message) = refusal(&turn(&mut tenant, 0, "next"));
        assert_eq!((is, &*message), (status.as_u16(), expected));
    }
    let mut tenant = spoiled(&[
        Fault::status(StatusCode::NO_CONTENT).on_v2(),
        Fault::not_ok("Try again"),
        Fault::empty().on_v2(),
    ]);
    let bodies = [204, 200, 200].map(|status| {
        let reply = turn(&mut tenant, 0, "next");
        assert_eq!(reply.response.status().as_u16(), status);
        text(&reply.response).to_owned()
    });
    assert_eq!(bodies, ["", r#"{"ok":0,"result":"Try again"}"#, ""]);
}

#[test]
fn a_429_has_the_headers_of_the_limit_unless_it_is_bare() {
    let limited = Fault::status(StatusCode::TOO_MANY_REQUESTS).on_v2();
    let mut tenant = StandIn::new(Options {
        dataexport: backlog(10, 2),
        faults: vec![
            limited.clone().retry_after(HeaderValue::from_static("7")),
            limited.bare(),
        ],
        ..Options::default()
    });
    let headers = [0, 0, 0].map(|at| {
        let reply = turn(&mut tenant, at, "next");
        ["retry-after", "ratelimit-limit", "ratelimit-remaining"].map(|name| {
            let value = reply.response.headers().get(name);
            value.map(|value| value.to_str().unwrap().to_owned())
        })
    });
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        headers,
        [
            [some("7"), some("4"), some("0")],
            [None, None, None],
            [None, some("4"), some("1")]
        ]
    );
}

#[test]
fn a_fault_waits_for_the_request_it_names() {
    let status = |code| Fault::status(StatusCode::from_u16(code).unwrap());
    let mut tenant = spoiled(&[
        status(500).on_stream("alerts/dlp"),
        status(501).on_operation("resend"),
        status(502).on_operation("epoch").on_stream("events/page"),
        status(503).on_index("b"),
        Fault::reset(),
    ]);
    let mut ask = |stream, query| {
        let reply = ask(&mut tenant, 0, stream, query);
        reply.response.status().as_u16()
    };
    for (stream, query, expected) in [
        ("events/page", "operation=next&index=a", 200),
        ("events/alert", "operation=17&index=a", 200),
        ("events/page", "operation=17&index=b", 502),
        ("events/page", "operation=resend&index=a", 501),
        ("events/page", "operation=17&index=b", 503),
        ("alerts/dlp", "operation=next&index=b", 500),
        ("alerts/dlp", "operation=next&index=b", 200),
    ] {
        assert_eq!(ask(stream, query), expected, "{stream} {query}");
    }
}

#[test]
fn a_token_can_be_revoked_on_the_way() {
    let mut tenant = spoiled(&[
        Fault::status(StatusCode::UNAUTHORIZED)
            .on_v2()
            .skip(2)
            .always(),
        Fault::status(StatusCode::BAD_GATEWAY)
            .on_v2()
            .skip(1)
            .times(2),
    ]);
    let statuses: Vec<_> = (0..6)
        .map(|_| turn(&mut tenant, 0, "next").response.status().as_u16())
        .collect();
    assert_eq!(statuses, [200, 502, 401, 401, 401, 401]);
}

#[test]
fn a_reset_comes_before_or_after_the_index_moved() {
    let mut tenant = spoiled(&[Fault::reset().on_v2(), Fault::reset().on_v2().moved()]);
    for expected in [Ending::Reset, Ending::Reset, Ending::Whole] {
        assert_eq!(turn(&mut tenant, 0, "next").ending, expected);
    }
    assert_eq!(served(&tenant), [(0, false), (2, true)]);
}

#[test]
fn a_page_that_does_not_arrive_whole_is_resent_whole() {
    for (fault, ending, whole) in [
        (Fault::cut_after(10), Ending::CutAfter(10), false),
        (Fault::cut_after(1 << 20), Ending::CutAfter(1 << 20), true),
        (Fault::stall_after(10), Ending::StallAfter(10), false),
        (Fault::silence().moved(), Ending::Silence, false),
        (
            Fault::slow(Duration::from_secs(3)),
            Ending::Slow(Duration::from_secs(3)),
            true,
        ),
    ] {
        let mut tenant = spoiled(&[fault.on_v2()]);
        let spoiled = turn(&mut tenant, 0, "next");
        assert_eq!(spoiled.ending, ending);
        let again = turn(&mut tenant, 5000, "resend");
        assert_eq!(records(&again), tenant.records("events/page", 0..2));
        assert_eq!(served(&tenant), [(0, whole), (0, true)]);
    }
}

#[test]
fn an_index_is_taken_while_it_is_being_answered() {
    let conflict = (409, "409 Concurrency conflict, retry later.".to_owned());
    for (fault, millis) in [
        (Fault::late(Duration::from_millis(800)), 800),
        (Fault::slow(Duration::from_millis(800)), 800),
        (
            Fault::slow(Duration::from_millis(500)).after(Duration::from_millis(300)),
            800,
        ),
        (
            Fault::stall_after(1).holding(Duration::from_millis(800)),
            800,
        ),
        (Fault::stall_after(1), 0),
    ] {
        let mut tenant = spoiled(&[fault.on_v2()]);
        turn(&mut tenant, 1000, "next");
        if millis > 0 {
            for operation in ["next", "resend", "head"] {
                let reply = turn(&mut tenant, 1000 + millis - 1, operation);
                assert_eq!(refusal(&reply), conflict);
            }
            // Another index and another stream are free.
            for (stream, index) in [("events/page", "b"), ("events/alert", "a")] {
                let query = format!("operation=next&index={index}");
                assert_eq!(
                    ask(&mut tenant, 1001, stream, &query).response.status(),
                    200
                );
            }
        }
        let next = turn(&mut tenant, 1000 + millis, "next");
        assert_eq!(records(&next), tenant.records("events/page", 2..4));
    }
}

#[test]
fn what_a_page_says_can_be_wrong() {
    let mut tenant = spoiled(&[
        Fault::without_wait_time(),
        Fault::wait_time(1_000_000),
        Fault::wait_time(-5),
        Fault::skewed(86_400),
        Fault::skewed(-86_400),
    ]);
    let mut said = Vec::new();
    for operation in ["head", "resend", "resend", "resend", "resend", "resend"] {
        let reply = turn(&mut tenant, 0, operation);
        let page: Value = serde_json::from_slice(reply.response.body()).unwrap();
        let mark = page["timestamp_hwm"].as_i64().unwrap() - ORIGIN;
        said.push((page.get("wait_time").and_then(Value::as_i64), mark));
    }
    let true_mark = said[5].1;
    assert_eq!(
        said,
        [
            (None, true_mark),
            (Some(1_000_000), true_mark),
            (Some(-5), true_mark),
            (Some(1), true_mark + 86_400),
            (Some(1), true_mark - 86_400),
            (Some(1), true_mark),
        ]
    );
    assert_eq!(served(&tenant), [(0, true); 6]);
}

#[test]
fn only_an_empty_page_becomes_a_204() {
    let mut tenant = tenant(backlog(2, 2));
    tenant.push_fault(Fault::no_content().always());
    let statuses = [0, 0].map(|at| turn(&mut tenant, at, "next").response.status().as_u16());
    assert_eq!(statuses, [200, 204]);
    assert_eq!(served(&tenant), [(0, true), (2, true)]);
}

#[test]
fn gzip_is_cut_or_corrupt_for_who_asks_for_it() {
    let mut tenant = spoiled(&[
        Fault::gzip_cut_after(100),
        Fault::gzip_corrupt(),
        Fault::gzip_cut_after(1 << 20),
    ]);
    for is_spoiled in [true, true, false] {
        let mut request = request("events/page", "operation=head&index=a");
        let headers = request.headers_mut();
        headers.insert("accept-encoding", HeaderValue::from_static("gzip"));
        let reply = tenant.handle(Tick::default(), &request);
        assert_eq!(reply.response.headers()["content-encoding"], "gzip");
        assert_eq!(reply.ending, Ending::Whole);
        let mut decoder = GzDecoder::new(&reply.response.body()[..]);
        let read = decoder.read_to_end(&mut Vec::new());
        assert_eq!(read.is_err(), is_spoiled);
    }
    tenant.push_fault(Fault::gzip_corrupt());
    assert_eq!(records(&turn(&mut tenant, 0, "head")).len(), 2);
    let whole: Vec<_> = served(&tenant).iter().map(|(_, whole)| *whole).collect();
    assert_eq!(whole, [false, false, true, true]);
}

#[test]
fn lines_say_the_same_as_calls() {
    let lines = r#"
        {"status":503}
        {"v2":true,"status":429,"bare":true}
        {"stream":"events/page","operation":"epoch","index":"a","reset":true,"moved":true}
        {"v2":true,"not_ok":"oh"}
        {"v2":true,"stall":5,"holds_ms":100}
        {"v2":true,"silence":true,"skip":2}
        {"v2":true,"slow_ms":1500,"times":3}
        {"stream":"dlp","status":403,"times":"always"}
        {"v2":true,"wait_time":"missing"}
        {"v2":true,"wait_time":-1}
        {"v2":true,"skew":-3600}
        {"v2":true,"pad":1000000000}
        {"v2":true,"no_content":true}
        {"v2":true,"gzip_cut":7}
        {"v2":true,"gzip_corrupt":true}
    "#;
    let status = |code| Fault::status(StatusCode::from_u16(code).unwrap());
    let calls = [
        status(503),
        status(429).bare().on_v2(),
        Fault::reset()
            .moved()
            .on_index("a")
            .on_operation("epoch")
            .on_stream("events/page"),
        Fault::not_ok("oh"),
        Fault::stall_after(5)
            .holding(Duration::from_millis(100))
            .on_v2(),
        Fault::silence().on_v2().skip(2),
        Fault::slow(Duration::from_millis(1500)).on_v2().times(3),
        status(403).on_stream("alerts/dlp").always(),
        Fault::without_wait_time(),
        Fault::wait_time(-1),
        Fault::skewed(-3600),
        Fault::padded(1_000_000_000),
        Fault::no_content(),
        Fault::gzip_cut_after(7),
        Fault::gzip_corrupt(),
    ];
    assert_eq!(faults_of(lines).unwrap(), calls);
}

#[test]
fn a_line_that_is_no_fault_is_named() {
    for (line, complaint) in [
        (
            r#"{"reset":true,"moved":true}"#,
            "`moved` needs `\"v2\":true` or a `stream`",
        ),
        (r#"{"not_ok":"oh"}"#, "`not_ok` needs"),
        (r#"{"holds_ms":1}"#, "`holds_ms` needs"),
        (
            r#"{"v2":true,"skew":1,"wait_time":1}"#,
            "exclude each other",
        ),
        (r#"{"v2":true,"stall":1,"slow_ms":1}"#, "exclude each other"),
        (
            r#"{"v2":true,"operation":"first"}"#,
            "unknown variant `first`",
        ),
        (
            r#"{"stream":"pages","reset":true}"#,
            "no log stream is called \"pages\"",
        ),
        (r#"{"times":0}"#, "line 1 is not a fault"),
    ] {
        let error = faults_of(line).unwrap_err().to_string();
        assert!(error.contains(complaint), "{line}: {error}");
    }
}

#[test]
fn a_padded_page_is_long_and_the_same() {
    let padding = 3_000_000;
    for (accepted, bound) in [("identity", 4_000_000), ("gzip", 100_000)] {
        let mut tenant = spoiled(&[Fault::padded(padding)]);
        let mut request = request("events/page", "operation=head&index=a");
        let headers = request.headers_mut();
        headers.insert("accept-encoding", HeaderValue::from_static(accepted));
        let reply = tenant.handle(Tick::default(), &request);
        assert!(reply.response.body().len() < bound);
        assert_eq!(arrived(&reply).ok().unwrap().len(), 2);
        if accepted == "identity" {
            assert!(reply.response.body().len() > 3_000_000);
        }
        assert_eq!(served(&tenant), [(0, true)]);
    }
}

/// A consumer as the article wants it: it repeats what did not arrive, and resends where the index may have moved.
fn drain(tenant: &mut StandIn, gzip: bool) -> Vec<String> {
    let (mut kept, mut last): (Vec<String>, Option<Vec<String>>) = (Vec::new(), None);
    let (mut operation, mut at) = ("head", 0);
    for _ in 0..10_000 {
        let mut request = request("events/page", &format!("operation={operation}&index=a"));
        if gzip {
            let headers = request.headers_mut();
            headers.insert("accept-encoding", HeaderValue::from_static("gzip"));
        }
        let reply = tenant.handle(Tick::from_millis(at), &request);
        at += 1000;
        let page = match arrived(&reply) {
            Ok(page) => page,
            Err(Failed::Untouched) => continue,
            Err(Failed::InDoubt) => {
                if operation == "next" {
                    operation = "resend";
                }
                continue;
            }
        };
        if operation != "resend" || last.as_ref() != Some(&page) {
            kept.extend_from_slice(&page);
        }
        if page.is_empty() && operation == "next" {
            return kept;
        }
        (operation, last) = ("next", Some(page));
    }
    panic!("it does not end");
}

enum Failed {
    /// The index did not move.
    Untouched,
    InDoubt,
}

fn arrived(reply: &Reply) -> Result<Vec<String>, Failed> {
    let response = &reply.response;
    let whole = match reply.ending {
        Ending::Whole | Ending::Slow(_) => true,
        Ending::CutAfter(bytes) | Ending::StallAfter(bytes) => bytes >= response.body().len(),
        _ => false,
    };
    match response.status().as_u16() {
        _ if !whole => return Err(Failed::InDoubt),
        204 => return Ok(Vec::new()),
        409 | 429 => return Err(Failed::Untouched),
        200 => {}
        _ => return Err(Failed::InDoubt),
    }
    let mut body = response.body().clone();
    if response.headers().contains_key("content-encoding") {
        body.clear();
        let mut decoder = GzDecoder::new(&response.body()[..]);
        decoder
            .read_to_end(&mut body)
            .map_err(|_| Failed::InDoubt)?;
    }
    let page: Value = serde_json::from_slice(&body).map_err(|_| Failed::InDoubt)?;
    let records = (page["ok"] == 1)
        .then(|| page["result"].as_array())
        .flatten();
    let records = records.ok_or(Failed::InDoubt)?;
    Ok(records
        .iter()
        .map(|record| record["_id"].to_string())
        .collect())
}

proptest! {
    // Each case is a whole drain.
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn a_careful_consumer_loses_nothing_to_random_faults(
        seed: u64,
        percent in 0..=100_u64,
        all: bool,
        gzip: bool,
    ) {
        let kinds = if all { Kinds::All } else { Kinds::Passing };
        let mut tenant = tenant(DataExport {
            random_faults: Some(RandomFaults { percent, kinds, ..RandomFaults::new(seed) }),
            ..backlog(50, 5)
        });
        let kept = drain(&mut tenant, gzip);
        let ids = tenant.records("events/page", 0..50).into_iter().map(|record| {
            let record: Value = serde_json::from_str(&record).unwrap();
            record["_id"].to_string()
        });
        prop_assert_eq!(kept, ids.collect::<Vec<_>>());
    }
}
