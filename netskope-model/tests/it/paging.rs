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
    assert_eq!(skips, [0, 7, 14, 21, 25, 0]);
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
fn a_page_that_may_be_a_part_is_told_from_one_that_is_all() {
    let beyond = |limit, count| {
        let page = run(session().page(by(limit)), |_, _| {
            success(&devices(0..count))
        });
        let request = by(limit).skip(7).unwrap();
        let beyond = request.beyond(&page.items[0])?;
        let done = run(session().page(beyond), |_, _| success(&json!([])));
        Some(asked(&done.requests[0].1))
    };
    assert_eq!(beyond(10, 9), None);
    assert_eq!(beyond(10, 10), Some((1, 17)));
    assert_eq!(beyond(1_000, 99), None);
    assert_eq!(beyond(1_000, 100), Some((1, 107)));
    assert_eq!(beyond(1, 0), None);
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
        0..2 => success(&nameless),
        _ => success(&json!([])),
    });
    assert!(done.error.is_none());
    let read: usize = done.items.iter().map(|page| page.devices().len()).sum();
    assert_eq!(read, 4);
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

#[test]
fn records_that_are_no_devices_do_not_cost_the_others() {
    let odd = r#"{"status":"success","data":[
        {"attributes":{"_id":"1"}}, null, {"_id":"a","_id":"b"}, {"n":1e400}, {"text":"\ud83d"}, {"attributes":{"_id":"2"}}
    ]}"#;
    let done = run(session().pages(by(10)), |nth, _| match nth {
        0 => answer(200, &[], odd),
        _ => success(&json!([])),
    });
    assert!(done.error.is_none(), "{:?}", done.error);
    assert_eq!(ids(&done.items), ["1", "2"]);
    let unread = done.items[0].unread();
    assert_eq!(unread.len(), 4, "{unread:?}");
    assert_eq!(unread[1], r#"{"_id":"a","_id":"b"}"#);
    assert_eq!(asked(&done.requests[1].1).1, 6);
}

#[test]
fn a_tenant_that_repeats_nameless_devices_does_not_loop_for_ever() {
    for nameless in [
        json!([{"host_info": {"hostname": "A"}}]),
        json!([{"_id": 5}]),
    ] {
        let done = run(session().pages(by(10)).distinct(), |_, _| {
            success(&nameless)
        });
        assert_eq!(done.error.unwrap().kind(), ErrorKind::Unreadable);
    }
}

#[test]
fn an_id_that_stands_twice_on_one_page_is_no_repeat() {
    let twins = json!([{"_id": "same", "n": 1}, {"_id": "same", "n": 2}]);
    let done = run(session().pages(by(10)).distinct(), |nth, _| match nth {
        0 => success(&twins),
        _ => success(&json!([])),
    });
    assert_eq!(ids(&done.items), ["same", "same"]);
}

#[test]
fn a_device_that_moves_before_it_is_read_is_read_all_the_same() {
    let mut order: Vec<usize> = (0..30).collect();
    let done = run(session().pages(by(10)), |nth, request| {
        if nth == 1 {
            let mover = order.remove(25);
            order.insert(0, mover);
        }
        let (limit, skip) = asked(request);
        success(&devices(order.iter().copied().skip(skip).take(limit)))
    });
    assert!(ids(&done.items).contains(&"25"));
}

#[test]
fn a_tenant_that_repeats_the_latest_devices_does_not_loop_for_ever() {
    let mut time = 0;
    let done = run(session().pages(by(100)), |nth, _| {
        time += 1_000;
        let latest =
            (0..100).map(|id| json!({"_id": id.to_string(), "last_event": {"timestamp": time}}));
        match nth {
            1 => success(&json!([])),
            _ => success(&latest.collect()),
        }
    });
    assert_eq!(done.error.unwrap().kind(), ErrorKind::Unreadable);
}

/// A fleet in which devices report while it is read: each moves to the front, with a later time.
struct Moving {
    order: Vec<(usize, usize)>,
    clock: usize,
}

impl Moving {
    fn page(&self, limit: usize, skip: usize) -> Value {
        let some = self.order.iter().skip(skip).take(limit);
        some.map(|(id, time)| json!({"_id": id.to_string(), "last_event": {"timestamp": time}}))
            .collect()
    }

    fn report(&mut self, which: prop::sample::Index) {
        let (id, _) = self.order.remove(which.index(self.order.len()));
        self.clock += 1;
        self.order.insert(0, (id, self.clock));
    }
}

proptest! {
    #[test]
    fn devices_that_move_are_read_once_at_least_or_exactly_as_asked(
        count in 1_usize..60,
        limit in 2_i64..12,
        movers in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 0..4), 0..12),
        distinct in any::<bool>(),
    ) {
        let mut fleet = Moving { order: (0..count).map(|id| (id, count - id)).collect(), clock: count };
        let mut movers = movers.into_iter();
        let flow = session().pages(by(limit));
        let flow = if distinct { flow.distinct() } else { flow };
        let done = run(flow, |_, request| {
            let (limit, skip) = asked(request);
            let page = success(&fleet.page(limit, skip));
            for mover in movers.next().unwrap_or_default() {
                fleet.report(mover);
            }
            page
        });
        prop_assume!(done.error.is_none());
        let read = ids(&done.items);
        let once: BTreeSet<_> = read.iter().collect();
        prop_assert_eq!(once.len(), count);
        if distinct {
            prop_assert_eq!(read.len(), count);
        }
    }
}
