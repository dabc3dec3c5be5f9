//! All devices of a query.

use crate::driver::{Answer, answer, run, session, success};
use netskope_model::{
    ErrorKind,
    flow::WaitReason,
    v1::{
        clients::{Page, Request},
        device::Device,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn devices(ids: impl IntoIterator<Item = usize>) -> Value {
    ids.into_iter()
        .map(|id| json!({"attributes": {"_id": id.to_string()}}))
        .collect()
}

/// What `limit` and `skip` a request asks for.
fn asked(request: &http::Request<Vec<u8>>) -> (usize, usize) {
    let query = request.uri().query().unwrap();
    let number = |name: &str| {
        let (_, rest) = query.split_once(name).unwrap();
        rest.split('&').next().unwrap().parse().unwrap()
    };
    (number("limit="), number("skip="))
}

/// A tenant of `count` devices that gives at most `cap` at a time.
fn tenant(count: usize, cap: usize) -> impl FnMut(usize, &http::Request<Vec<u8>>) -> Answer {
    move |_, request| {
        let (limit, skip) = asked(request);
        success(&devices((skip..count).take(limit.min(cap))))
    }
}

fn ids(pages: &[Page]) -> Vec<&str> {
    pages
        .iter()
        .flat_map(Page::devices)
        .filter_map(Device::id)
        .collect()
}

fn by(limit: i64) -> Request {
    Request::new().limit(limit).unwrap()
}

#[test]
fn pages_end_with_an_empty_one_and_not_with_a_short_one() {
    let done = run(session().pages(by(10)), tenant(25, 7));
    assert_eq!(ids(&done.items).len(), 25);
    let skips: Vec<_> = done
        .requests
        .iter()
        .map(|(_, request)| asked(request).1)
        .collect();
    assert_eq!(skips, [0, 7, 14, 21, 25]);
}

#[test]
fn a_list_that_is_missing_ends_the_pages_and_says_so() {
    let done = run(session().pages(by(10)), |nth, _| match nth {
        0 => success(&devices(0..10)),
        _ => answer(200, &[], r#"{"status":"success","msg":""}"#),
    });
    assert!(done.error.is_none());
    assert_eq!(ids(&done.items).len(), 10);
    assert!(done.items.last().unwrap().absence().is_some());
}

#[test]
fn an_error_between_pages_is_an_error() {
    let done = run(session().pages(by(10)), |nth, _| match nth {
        0 => success(&devices(0..10)),
        _ => answer(403, &[], ""),
    });
    assert_eq!(ids(&done.items).len(), 10);
    assert_eq!(done.error.unwrap().kind(), ErrorKind::Refused);
}

#[test]
fn a_tenant_that_ignores_skip_does_not_loop_for_ever() {
    let done = run(session().pages(by(10)), |_, _| success(&devices(0..10)));
    assert_eq!(done.error.unwrap().kind(), ErrorKind::Unreadable);
    assert_eq!(done.requests.len(), 4);
}

#[test]
fn devices_without_an_id_are_never_taken_for_repeats() {
    let nameless = json!([{"attributes": {}}, {"attributes": {"_id": null}}]);
    let done = run(session().pages(by(2)).distinct(), |nth, _| match nth {
        0..5 => success(&nameless),
        _ => success(&json!([])),
    });
    assert!(done.error.is_none());
    assert_eq!(
        done.items
            .iter()
            .map(|page| page.devices().len())
            .sum::<usize>(),
        10
    );
}

#[test]
fn the_documented_rate_is_kept() {
    let done = run(session().pages(by(1)), tenant(100, 1));
    assert_eq!(ids(&done.items).len(), 100);
    let times: Vec<_> = done.requests.iter().map(|(tick, _)| *tick).collect();
    for window in times.windows(25) {
        assert!(window[24].since(window[0]).as_secs() >= 5, "{window:?}");
    }
    assert!(
        done.waits
            .iter()
            .all(|(_, reason)| *reason == WaitReason::Pacing)
    );
}

proptest! {
    /// Devices report while their pages are read: each moves to the front, and the rest moves back.
    #[test]
    fn devices_that_move_are_repeated_or_once_as_asked(
        count in 1_usize..60,
        limit in 2_i64..12,
        movers in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
        distinct in any::<bool>(),
    ) {
        let mut order: Vec<usize> = (0..count).collect();
        let mut movers = movers.into_iter();
        let flow = session().pages(by(limit));
        let flow = if distinct { flow.distinct() } else { flow };
        let done = run(flow, |_, request| {
            let (limit, skip) = asked(request);
            let page = success(&devices(order.iter().copied().skip(skip).take(limit)));
            if let Some(mover) = movers.next() {
                let mover = order.remove(mover.index(order.len()));
                order.insert(0, mover);
            }
            page
        });
        prop_assert!(done.error.is_none(), "{:?}", done.error);
        let read = ids(&done.items);
        let once: BTreeSet<_> = read.iter().collect();
        if distinct {
            prop_assert_eq!(once.len(), read.len());
        }
        prop_assert!(once.len() <= count);
    }
}
