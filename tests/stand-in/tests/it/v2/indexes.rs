//! What the operations do to an index.

use super::*;
use netskope_stand_in::{EarlyResend, FreshNext};

/// The positions of the pages served so far.
fn positions(tenant: &StandIn) -> Vec<(u64, u64)> {
    let pages = tenant.served_pages().iter();
    pages
        .map(|page| (page.positions.start, page.positions.end))
        .collect()
}

#[test]
fn each_operation_moves_the_index_but_resend() {
    let mut tenant = tenant(backlog(10, 3));
    for operation in [
        "head", "next", "resend", "resend", "next", "tail", "next", "head",
    ] {
        turn(&mut tenant, 0, operation);
    }
    assert_eq!(
        positions(&tenant),
        [
            (0, 3),
            (3, 6),
            (3, 6),
            (3, 6),
            (6, 9),
            (7, 10),
            (10, 10),
            (0, 3)
        ]
    );
}

#[test]
fn an_epoch_starts_with_its_second() {
    let mut tenant = tenant(DataExport {
        events: Events {
            backlog: 10,
            span: 100,
            ..Events::default()
        },
        ..backlog(0, 3)
    });
    for epoch in [0, ORIGIN - 50, ORIGIN - 49, ORIGIN + 500] {
        turn(&mut tenant, 0, &epoch.to_string());
    }
    assert_eq!(positions(&tenant), [(0, 3), (5, 8), (6, 9), (10, 10)]);
}

#[test]
fn an_epoch_in_the_future_waits_for_its_events() {
    let mut tenant = tenant(DataExport {
        events: Events {
            per_second: 2,
            ..Events::default()
        },
        ..backlog(0, 100)
    });
    let epoch = (ORIGIN + 10).to_string();
    for (at, operation) in [(0, &*epoch), (5000, "next"), (11_000, "next")] {
        turn(&mut tenant, at, operation);
    }
    assert_eq!(positions(&tenant), [(19, 19), (19, 19), (19, 22)]);
}

#[test]
fn indexes_and_endpoints_are_independent() {
    let mut tenant = tenant(backlog(10, 3));
    for (stream, index) in [
        ("events/page", "a"),
        ("events/page", "a"),
        ("events/page", "b"),
        ("alerts/dlp", "a"),
    ] {
        let query = format!("operation=next&index={index}");
        ask(&mut tenant, 0, stream, &query);
    }
    assert_eq!(positions(&tenant), [(0, 3), (3, 6), (0, 3), (0, 3)]);
}

#[test]
fn events_arrive_as_time_goes_by() {
    let mut tenant = tenant(DataExport {
        events: Events {
            backlog: 2,
            span: 60,
            per_second: 3,
            seed: 1,
        },
        ..backlog(0, 100)
    });
    for at in [0, 999, 1000, 1000, 31_000] {
        let reply = turn(&mut tenant, at, "next");
        let now = ORIGIN + i64::try_from(at / 1000).unwrap();
        assert_eq!(page(&reply).timestamp_hwm, now);
    }
    assert_eq!(
        positions(&tenant),
        [(0, 2), (2, 4), (4, 5), (5, 5), (5, 95)]
    );
}

#[test]
fn hour_windows_end_pages_early() {
    let mut tenant = tenant(DataExport {
        events: Events {
            backlog: 10,
            span: 10 * 1800,
            ..Events::default()
        },
        hour_windows: true,
        ..backlog(0, 100)
    });
    let start = ORIGIN - 10 * 1800 - 7200;
    let mut marks = vec![page(&turn(&mut tenant, 0, &start.to_string())).timestamp_hwm - ORIGIN];
    for _ in 0..8 {
        marks.push(page(&turn(&mut tenant, 0, "next")).timestamp_hwm - ORIGIN);
    }
    assert_eq!(
        positions(&tenant),
        [
            (0, 0),
            (0, 0),
            (0, 2),
            (2, 4),
            (4, 6),
            (6, 8),
            (8, 10),
            (10, 10),
            (10, 10)
        ]
    );
    assert_eq!(
        marks,
        [-21_600, -18_000, -14_400, -10_800, -7200, -3600, 0, 0, 0]
    );
}

#[test]
fn a_window_with_more_than_a_page_takes_several() {
    let mut tenant = tenant(DataExport {
        events: Events {
            backlog: 8,
            span: 7200,
            ..Events::default()
        },
        hour_windows: true,
        ..backlog(0, 3)
    });
    for operation in ["head", "next", "next", "next", "next"] {
        turn(&mut tenant, 0, operation);
    }
    assert_eq!(positions(&tenant), [(0, 3), (3, 4), (4, 7), (7, 8), (8, 8)]);
}

#[test]
fn a_fresh_next_starts_where_the_option_says() {
    for (fresh_next, expected) in [(FreshNext::Oldest, (0, 4)), (FreshNext::Now, (10, 10))] {
        let mut tenant = tenant(DataExport {
            fresh_next,
            ..backlog(10, 4)
        });
        turn(&mut tenant, 0, "next");
        assert_eq!(positions(&tenant), [expected]);
    }
}

#[test]
fn an_early_resend_has_what_the_option_says_and_moves_nothing() {
    let mut refusing = tenant(backlog(10, 4));
    let (status, message) = refusal(&turn(&mut refusing, 0, "resend"));
    assert_eq!(status, 400);
    assert_eq!(message, "there is no page to resend on this index");

    let mut yielding = tenant(DataExport {
        early_resend: EarlyResend::Empty,
        ..backlog(10, 4)
    });
    assert_eq!(records(&turn(&mut yielding, 0, "resend")).len(), 0);
    turn(&mut yielding, 0, "next");
    assert_eq!(positions(&yielding), [(0, 0), (0, 4)]);
}
