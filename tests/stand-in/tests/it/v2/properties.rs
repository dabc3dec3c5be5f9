//! What holds for any sequence of operations.

use super::*;
use proptest::prelude::*;

fn operation() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just("next".to_owned()),
        3 => Just("resend".to_owned()),
        1 => Just("head".to_owned()),
        1 => Just("tail".to_owned()),
        1 => (-120..120_i64).prop_map(|ahead| (ORIGIN + ahead).to_string()),
    ]
}

proptest! {
    // Each case is a whole drain.
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn pages_follow_each_other_and_resend_repeats_the_last(
        operations in prop::collection::vec((operation(), 0..4000_u64), 1..40),
        page_size in 1..40_u64,
        per_second in 0..9_u64,
        hour_windows: bool,
    ) {
        let mut tenant = tenant(DataExport {
            events: Events { seed: 1, backlog: 60, span: 20_000, per_second },
            hour_windows,
            ..backlog(0, page_size)
        });
        let (mut at, mut last) = (0, None);
        for (operation, later) in operations {
            at += later;
            let reply = turn(&mut tenant, at, &operation);
            let Some(served) = tenant.served_pages().last().cloned() else {
                prop_assert_eq!((&*operation, reply.response.status().as_u16()), ("resend", 400));
                continue;
            };
            let (positions, body) = (served.positions, reply.response.into_body());
            match (&*operation, &last) {
                ("resend", Some((_, before))) => prop_assert_eq!(&body, before),
                ("next", Some((end, _))) => prop_assert_eq!(positions.start, *end),
                ("next" | "head", _) => prop_assert_eq!(positions.start, 0),
                _ => {}
            }
            let expected = tenant.records("events/page", positions.clone()).join(",");
            let text = String::from_utf8(body.clone()).unwrap();
            let whole = format!("\"result\":[{expected}],");
            prop_assert!(text.contains(&whole));
            prop_assert!(positions.end - positions.start <= page_size);
            last = Some((positions.end, body));
        }
    }

    #[test]
    fn next_alone_reaches_every_event(
        events in 1..200_u64,
        span in 1..50_000_u64,
        page_size in 1..50_u64,
        hour_windows: bool,
    ) {
        let mut tenant = tenant(DataExport {
            events: Events { seed: 2, backlog: events, span, per_second: 0 },
            hour_windows,
            ..backlog(0, page_size)
        });
        let mut read = records(&turn(&mut tenant, 0, "head"));
        for _ in 0..events + span / 3600 + 2 {
            read.extend(records(&turn(&mut tenant, 0, "next")));
        }
        prop_assert_eq!(read, tenant.records("events/page", 0..events));
    }

    #[test]
    fn no_request_at_any_moment_is_too_much(
        requests in prop::collection::vec((any::<u64>(), "[ -~é]{0,20}", "[ -~]{0,20}"), 1..20),
        epochs in prop::collection::vec((any::<u64>(), any::<u64>()), 1..20),
        origin: i64,
        (backlog, span, per_second) in any::<(u64, u64, u64)>(),
        hour_windows: bool,
    ) {
        let mut tenant = StandIn::new(Options {
            dataexport: DataExport {
                origin,
                events: Events { seed: 3, backlog, span, per_second },
                page_size: 2,
                hour_windows,
                served: true,
                ..DataExport::default()
            },
            ..Options::default()
        });
        for (at, operation, index) in requests {
            let form = form_urlencoded::Serializer::new(String::new())
                .append_pair("operation", &operation)
                .append_pair("index", &index)
                .finish();
            let reply = ask(&mut tenant, at, "events/page", &form);
            let is_epoch = !operation.is_empty() && operation.bytes().all(|byte| byte.is_ascii_digit());
            let status = reply.response.status().as_u16();
            prop_assert!(is_epoch || matches!(status, 400 | 429), "{operation}: {status}");
        }
        for (at, epoch) in epochs {
            for operation in [epoch.to_string().as_str(), "next", "tail", "head"] {
                let reply = turn(&mut tenant, at, operation);
                if reply.response.status() != 429 {
                    prop_assert!(records(&reply).len() <= 2);
                }
            }
        }
    }
}
