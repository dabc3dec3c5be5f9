//! Lookups of the model against the stand-in.

use crate::simulation::{Outcome, run, session};
use http::StatusCode;
use netskope_model::{
    ErrorKind,
    v1::clients::{Page, Query, Request},
};
use netskope_stand_in::{Fault, Fleet, Options, StandIn};
use proptest::prelude::*;
use serde_json::Value;
use std::{collections::BTreeSet, sync::LazyLock, time::Duration};

const NOW: i64 = 1_732_000_000;

fn tenant(devices: u64, faults: Vec<Fault>) -> StandIn {
    StandIn::new(Options {
        fleet: Fleet::new(devices, 7, NOW),
        faults,
        ..Options::default()
    })
}

fn records(outcome: &Outcome<Page>) -> Vec<Value> {
    let devices = outcome.items.iter().flat_map(Page::devices);
    devices
        .map(|device| serde_json::to_value(device).unwrap())
        .collect()
}

fn ids(records: &[Value]) -> BTreeSet<&str> {
    records
        .iter()
        .map(|record| record["_id"].as_str().unwrap())
        .collect()
}

fn matching(text: &str) -> Request {
    Request::new().matching(Query::parse(text).unwrap())
}

#[test]
fn pages_give_what_one_large_page_gives() {
    let whole = run(session(1).page(Request::new()), &mut tenant(2_000, vec![]));
    let pages = run(
        session(1).pages(Request::new().limit(37).unwrap()),
        &mut tenant(2_000, vec![]),
    );
    assert!(pages.end.is_ok());
    assert_eq!(records(&whole).len(), 2_000);
    assert_eq!(records(&pages), records(&whole));
    assert_eq!(ids(&records(&whole)).len(), 2_000);
}

#[test]
fn the_documented_rate_earns_no_refusal() {
    let mut tenant = tenant(2_000, vec![]);
    let outcome = run(
        session(1).pages(Request::new().limit(10).unwrap()),
        &mut tenant,
    );
    assert!(outcome.end.is_ok());
    assert_eq!(tenant.served(), 202);
    assert!(outcome.took < Duration::from_mins(1), "{:?}", outcome.took);
}

#[test]
fn the_articles_queries_find_devices() {
    let all = records(&run(
        session(1).page(Request::new()),
        &mut tenant(200, vec![]),
    ));
    let names: Vec<_> = all
        .iter()
        .filter_map(|record| record["host_info"]["hostname"].as_str())
        .collect();
    let plain: Vec<_> = names
        .iter()
        .filter(|name| !name.contains(['\'', '\\']))
        .take(2)
        .collect();
    let by_name = format!(
        "host_info.hostname eq '{}' or host_info.hostname eq '{}'",
        plain[0], plain[1]
    );
    let hits = names.iter().filter(|name| plain.contains(name)).count();
    let disabled = all.iter().filter(|record| {
        let users = record["users"].as_array().unwrap();
        users
            .iter()
            .any(|user| user["last_event"]["status"] == "Disabled")
    });
    for (text, count) in [
        (by_name.as_str(), hits),
        ("last_events.status = 0", disabled.count()),
        ("host_info", all.len()),
    ] {
        let found = records(&run(
            session(1).page(matching(text)),
            &mut tenant(200, vec![]),
        ));
        assert!(count > 0, "{text}");
        assert_eq!(found.len(), count, "{text}");
    }
}

#[test]
fn a_wrong_token_is_refused_with_either_status() {
    for refusal in [
        netskope_stand_in::Refusal::Forbidden,
        netskope_stand_in::Refusal::Ok,
    ] {
        let options = Options {
            v1_token: "another0token".to_owned(),
            refusal,
            ..Options::default()
        };
        let outcome = run(session(1).page(Request::new()), &mut StandIn::new(options));
        assert_eq!(outcome.end.unwrap_err().kind(), ErrorKind::Refused);
        assert!(outcome.waits.is_empty());
    }
}

const DEVICES: usize = 150;

static WHOLE: LazyLock<Vec<Value>> = LazyLock::new(|| {
    records(&run(
        session(1).page(Request::new()),
        &mut tenant(DEVICES as u64, vec![]),
    ))
});

fn any_fault() -> impl Strategy<Value = Fault> {
    let status = |code| Fault::status(StatusCode::from_u16(code).unwrap());
    prop_oneof![
        (0_usize..3_000).prop_map(Fault::cut_after),
        Just(Fault::reset()),
        Just(Fault::empty()),
        Just(Fault::errors(&["Error Processing Request"])),
        Just(Fault::error_string("Error Processing Request")),
        Just(Fault::html(StatusCode::OK, "<html>login</html>")),
        Just(status(429)),
        Just(status(500)),
        Just(status(502)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever goes wrong: all devices, each once, or an error; and what was read before the error is right.
    #[test]
    fn faults_lose_nothing_in_silence(
        faults in prop::collection::vec(prop::option::weighted(0.5, any_fault()), 0..25),
        limit in 10_i64..60,
        seed in any::<u64>(),
    ) {
        let good = Fault::cut_after(usize::MAX);
        let faults = faults.into_iter().map(|fault| fault.unwrap_or_else(|| good.clone())).collect();
        let flow = session(seed).pages(Request::new().limit(limit).unwrap());
        let outcome = run(flow, &mut tenant(DEVICES as u64, faults));
        let read = records(&outcome);
        prop_assert_eq!(&read[..], &WHOLE[..read.len()]);
        prop_assert_eq!(outcome.end.is_ok(), read.len() == DEVICES, "{:?}", outcome.end);
    }
}
