//! The tail, by clocks that differ.

use super::*;

/// A page that says up to when the tenant has given everything.
fn reaching(mark: &str, ids: &str) -> Answer {
    let page = page(ids).unwrap();
    let body = String::from_utf8(page.into_body()).unwrap();
    answer(200, &[], body.replace("1700000000", mark))
}

/// What a drain does by a clock that is an hour ahead of the tenant's, where so much fails first.
fn an_hour_ahead(drain: Drain, failures: impl IntoIterator<Item = Answer>) -> String {
    let (mut failures, mut pages) = (failures.into_iter(), ["", "b"].into_iter());
    let answers = |now: Tick| {
        let tenant = BEGAN - 3_600 + now.since(Tick::from_millis(1_000)).as_secs();
        let page = || Some(reaching(&tenant.to_string(), pages.next()?));
        failures.next().or_else(page)
    };
    run_with(drain, answers).log
}

#[test]
fn a_clock_that_is_ahead_costs_no_record_of_a_tail() {
    let mended = BEGAN - 3_600 - 300;
    for failed in [status(503), status(429), failure(FailureKind::Connect)] {
        for times in [1, 4] {
            let log = an_hour_ahead(
                drain(Resume::Fresh(Start::Tail)),
                vec![failed.clone(); times],
            );
            let asked = [SINCE].repeat(times).join(" ");
            assert_eq!(
                log,
                format!("+{SINCE} tail {asked} +{mended} {mended} b +next")
            );
        }
    }
    // The next run, which cannot know when between the two intents the one before ended, and for which no time has passed.
    let begun = |start| {
        let intent = Intent {
            sequence: 1,
            operation: Operation::parse(SINCE).unwrap(),
        };
        drain(Resume::of(None, Some(intent), start).unwrap())
    };
    let mended = mended - 300;
    let log = an_hour_ahead(begun(Some(Start::Tail)), []);
    assert_eq!(log, format!("{SINCE} +{mended} {mended} b +next"));
    // Whoever wants a time to come gets it.
    for start in [None, Some(Start::Head), Some(Start::At(5))] {
        assert_eq!(
            an_hour_ahead(begun(start), []),
            format!("{SINCE} - +next next b +next")
        );
    }
    let to_come = drain(Resume::Fresh(Start::At(BEGAN)));
    assert_eq!(
        an_hour_ahead(to_come, []),
        format!("+{BEGAN} {BEGAN} - +next next b +next")
    );
}

#[test]
fn a_tail_is_asked_for_anew_only_from_before() {
    let tail = |marks: &[&str]| {
        let pages = marks.iter().map(|mark| reaching(mark, "a"));
        run(
            drain(Resume::Fresh(Start::Tail)),
            [status(500)].into_iter().chain(pages),
        )
        .log
    };
    // Each time a little behind.
    let log = tail(&["1699999999", "1699999000", "1699998000", "1699998000"]);
    let intents = log.split(' ').filter_map(|word| word.strip_prefix('+'));
    let asked: Vec<u64> = intents.filter_map(|time| time.parse().ok()).collect();
    assert!(asked.is_sorted_by(|a, b| a > b), "{log}");
    assert_eq!(asked.len(), 4, "{log}");
    // What shows nothing is a page.
    for mark in [SINCE, "1700000001", "null", "0", "-5"] {
        assert_eq!(
            tail(&[mark]),
            format!("+{SINCE} tail {SINCE} a +next"),
            "{mark}"
        );
    }
    let lagging = || reaching("1600000000", "a");
    let done = run(
        drain(Resume::Fresh(Start::Tail)),
        [lagging(), lagging(), status(500), lagging()],
    );
    assert_eq!(
        done.log,
        format!("+{SINCE} tail a +next next a +next next resend")
    );
}

#[test]
fn what_failed_on_the_way_is_not_skipped() {
    let failed = || status(500);
    for (answers, log) in [
        // The index moved, or it did not.
        (vec![failed(), page("b")], "+next next resend b +next"),
        (
            vec![failed(), page("a"), page("b")],
            "+next next resend next b +next",
        ),
        // Each request fails once.
        (
            vec![failed(), failed(), page("a"), failed(), page("b")],
            "+next next resend resend next resend b +next",
        ),
    ] {
        assert_eq!(run(drain(Resume::After(after("a"))), answers).log, log);
    }
}
