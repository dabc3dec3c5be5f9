//! A log stream: what is asked after what came back.

mod tail;

use crate::driver::{Answer, answer};
use netskope_model::{
    Error, ErrorKind, Session, Tenant, V2Token,
    drain::{Drain, Resume, Step},
    flow::{FailureKind, Flow, Output, Tick, TransportFailure, WaitReason},
    retry::RetryPolicy,
    v2::{Commit, Index, Intent, Operation, Page, Start, Stream},
};
use std::time::Duration;

const TOKEN: &str = "2f57a4d1e2f57a4d1e2f57a4d1e2f57a";

fn drain(resume: Resume) -> Drain {
    let session = Session::new(
        Tenant::parse("acme.goskope.com").unwrap(),
        V2Token::new(TOKEN).unwrap(),
        RetryPolicy::patient(1).retries(4),
    );
    let stream = Stream::parse("page").unwrap();
    let index = Index::parse("siem-1").unwrap();
    Drain::new(session, stream, index, resume, BEGAN)
}

const BEGAN: u64 = 1_700_000_300;
/// What is asked in the place of a tail that was asked for then.
const SINCE: &str = "1700000000";

fn page(ids: &str) -> Answer {
    let records: Vec<_> = ids
        .chars()
        .map(|id| format!(r#"{{"_id":"{id}"}}"#))
        .collect();
    let body = format!(
        r#"{{"ok":1,"result":[{}],"wait_time":0,"timestamp_hwm":1700000000}}"#,
        records.join(",")
    );
    answer(200, &[], body)
}

fn after(ids: &str) -> Commit {
    let page = Page::read(page(ids).unwrap().into_body()).unwrap();
    Commit {
        sequence: 7,
        operation: Operation::Next,
        mark: page.mark().clone(),
        high_water_mark: page.high_water_mark(),
        before: None,
        at: 0,
    }
}

fn failure(kind: FailureKind) -> Answer {
    Err(TransportFailure::new(kind, "as the transport says"))
}

fn status(status: u16) -> Answer {
    answer(status, &[], r#"{"message":"as the tenant says"}"#)
}

/// What a drain did, in words: `+next` an intent, `next` a request, `abc` a page with these ids, `-` one without.
struct Done {
    log: String,
    waits: Vec<(Duration, WaitReason)>,
    error: Option<Error>,
}

/// Acknowledges every page, and stops where the answers end.
fn run(drain: Drain, answers: impl IntoIterator<Item = Answer>) -> Done {
    let mut answers = answers.into_iter();
    run_with(drain, |_| answers.next())
}

/// The same with answers that depend on when they are given.
fn run_with(mut drain: Drain, mut answers: impl FnMut(Tick) -> Option<Answer>) -> Done {
    let mut now = Tick::from_millis(1_000);
    let (mut log, mut waits) = (Vec::new(), Vec::new());
    let error = loop {
        match drain.poll(now) {
            Ok(Output::Transmit(request)) => {
                let Some(answer) = answers(now) else {
                    break None;
                };
                log.push(operation(&request.url));
                now = now + Duration::from_millis(50);
                drain.handle(now, answer.map(Into::into));
            }
            Ok(Output::Wait(wait)) => {
                waits.push((wait.duration, wait.reason));
                now = now + wait.duration;
            }
            Ok(Output::Deliver(Step::Intend(intent))) => {
                log.push(format!("+{}", intent.operation));
            }
            Ok(Output::Deliver(Step::Page(delivery))) => {
                log.push(ids(&delivery.page));
                drain.acknowledge();
            }
            Ok(Output::Finished) => unreachable!("a drain ends with an error only"),
            Err(error) => break Some(error),
        }
    };
    Done {
        log: log.join(" "),
        waits,
        error,
    }
}

fn operation(url: &str) -> String {
    let rest = url
        .strip_prefix("https://acme.goskope.com/api/v2/events/dataexport/events/page?operation=");
    let operation = rest.and_then(|rest| rest.strip_suffix("&index=siem-1"));
    operation.unwrap().to_owned()
}

fn ids(page: &Page) -> String {
    let ids: String = page
        .records()
        .map(|record| record.id().unwrap().into_owned())
        .collect();
    if ids.is_empty() { "-".to_owned() } else { ids }
}

#[test]
fn a_page_is_intended_asked_for_and_delivered() {
    let done = run(
        drain(Resume::Fresh(Start::At(1_700_000_000))),
        [page("ab"), page("c"), page("")],
    );
    assert_eq!(
        done.log,
        "+1700000000 1700000000 ab +next next c +next next - +next"
    );
}

#[test]
fn the_token_is_in_one_header_and_nowhere_else() {
    let Output::Transmit(request) = ({
        let mut drain = drain(Resume::Fresh(Start::Head));
        assert!(matches!(
            drain.poll(Tick::default()).unwrap(),
            Output::Deliver(Step::Intend(_))
        ));
        assert!(!format!("{drain:?}").contains(TOKEN));
        drain.poll(Tick::default()).unwrap()
    }) else {
        panic!("a request");
    };
    assert!(!format!("{request:?}").contains(TOKEN), "{request:?}");
    assert!(!format!("{:?}", request.secret).contains(TOKEN));
    let request: http::Request<Vec<u8>> = request.try_into().unwrap();
    assert_eq!(request.method(), "GET");
    assert_eq!(
        request.uri(),
        "https://acme.goskope.com/api/v2/events/dataexport/events/page?operation=head&index=siem-1"
    );
    assert_eq!(request.headers().len(), 2);
    assert_eq!(request.headers()["netskope-api-token"], TOKEN);
    assert!(request.headers()["netskope-api-token"].is_sensitive());
    assert!(request.body().is_empty());
}

/// The table, row by row: what is asked after this came back for the operation, the answer to which is the page `b`.
#[test]
fn each_answer_has_its_verdict() {
    let html = || answer(502, &[], "<html>502 Bad Gateway</html>");
    let rows: [(&str, &dyn Fn() -> Answer, bool); 17] = [
        (
            "ok other than 1",
            &|| answer(200, &[], r#"{"ok":0,"result":[]}"#),
            true,
        ),
        (
            "text for records",
            &|| answer(200, &[], r#"{"ok":1,"result":"failed"}"#),
            true,
        ),
        (
            "cut",
            &|| answer(200, &[], r#"{"ok":1,"result":[{"_id":"#),
            true,
        ),
        ("not JSON", &|| answer(200, &[], "<html>"), true),
        ("empty", &|| answer(200, &[], ""), true),
        ("409", &|| status(409), false),
        ("429", &|| status(429), false),
        ("408", &|| status(408), true),
        ("500", &|| status(500), true),
        ("502 page", &html, true),
        ("timeout", &|| failure(FailureKind::Timeout), true),
        ("cut connection", &|| failure(FailureKind::Cut), true),
        ("unknown failure", &|| failure(FailureKind::Other), true),
        ("no address", &|| failure(FailureKind::Resolve), false),
        ("no connection", &|| failure(FailureKind::Connect), false),
        ("no TLS", &|| failure(FailureKind::Handshake), false),
        (
            "large headers",
            &|| failure(FailureKind::LargeHeaders),
            true,
        ),
    ];
    for (name, came, in_doubt) in rows {
        let done = run(drain(Resume::Fresh(Start::Head)), [came(), page("b")]);
        assert_eq!(done.log, "+head head head b +next", "{name}");
        let done = run(drain(Resume::Fresh(Start::At(5))), [came(), page("b")]);
        assert_eq!(done.log, "+5 5 5 b +next", "{name}");
        let done = run(drain(Resume::Fresh(Start::Tail)), [came(), page("b")]);
        assert_eq!(done.log, format!("+{SINCE} tail {SINCE} b +next"), "{name}");
        let done = run(drain(Resume::After(after("a"))), [came(), page("b")]);
        let repeated = if in_doubt { "resend" } else { "next" };
        assert_eq!(done.log, format!("+next next {repeated} b +next"), "{name}");
        let doubt = Resume::Doubt {
            last: Some(after("a")),
            asked: Operation::Next,
            is_tail: false,
        };
        let done = run(drain(doubt), [came(), page("b")]);
        assert_eq!(done.log, "resend resend b +next", "{name}");
    }
    for (kind, came) in [
        (ErrorKind::Refused, status(401)),
        (ErrorKind::Refused, status(403)),
        (ErrorKind::Rejected, status(400)),
        (ErrorKind::Rejected, status(302)),
        (ErrorKind::Tls, failure(FailureKind::Tls)),
        (ErrorKind::TooLarge, failure(FailureKind::TooLarge)),
    ] {
        for resume in [Resume::Fresh(Start::Tail), Resume::After(after("a"))] {
            let done = run(drain(resume), [came.clone(), page("b")]);
            let error = done.error.unwrap();
            assert_eq!(error.kind(), kind, "{error}");
            assert_eq!(done.log.split(' ').count(), 2, "{}", done.log);
            // Nobody can ask a tenant for a smaller page.
            let hint = error.hint().unwrap_or_default();
            assert!(!hint.contains("fewer records"), "{hint}");
        }
    }
    let done = run(drain(Resume::After(after("a"))), [answer(204, &[], "")]);
    assert_eq!(done.log, "+next next - +next");
}

fn doubt(last: Option<&str>, asked: Operation) -> Drain {
    drain(Resume::Doubt {
        last: last.map(after),
        asked,
        is_tail: false,
    })
}

#[test]
fn doubt_is_cured_by_asking_for_the_same_page() {
    use Operation::{Epoch, Head, Next, Tail};
    // The page was lost on its way, or the index had not moved.
    for (drain, answers, log) in [
        (doubt(Some("a"), Next), vec![page("b")], "resend b +next"),
        (
            doubt(Some("a"), Next),
            vec![page("a"), page("b")],
            "resend next b +next",
        ),
        (
            doubt(Some(""), Next),
            vec![page(""), page("b")],
            "resend next b +next",
        ),
        (doubt(Some("a"), Next), vec![page("")], "resend - +next"),
        (doubt(None, Head), vec![page("a")], "head a +next"),
        (doubt(None, Epoch(5)), vec![page("a")], "5 a +next"),
        (doubt(Some("a"), Epoch(5)), vec![page("a")], "5 a +next"),
        (
            doubt(None, Tail),
            vec![page("a")],
            "+1700000000 tail a +next",
        ),
        (
            doubt(None, Tail),
            vec![page("")],
            "+1700000000 tail - +next",
        ),
        (
            doubt(Some("a"), Tail),
            vec![page("a")],
            "+1700000000 tail a +next",
        ),
        // Nothing is known of the page before, so whatever it is, it is given.
        (doubt(None, Next), vec![page("a")], "resend a +next"),
        (doubt(None, Next), vec![page("")], "resend - +next"),
    ] {
        assert_eq!(run(drain, answers).log, log);
    }
}

/// A tenant that knows of nothing to send again may refuse to, say so in a 200, or send a page of who used the index before.
#[test]
fn until_a_page_is_safe_the_first_one_is_asked_for_anew() {
    let failed = || answer(200, &[], r#"{"ok":0}"#);
    for (start, asked) in [
        (Start::Head, "head"),
        (Start::At(5), "5"),
        (Start::Tail, SINCE),
    ] {
        let first = Operation::from(start);
        let answers = [failed(), status(500), failed(), page("a")];
        let done = run(drain(Resume::Fresh(start)), answers);
        assert_eq!(
            done.log,
            format!("+{asked} {first} {asked} {asked} {asked} a +next")
        );
        let mut drain = drain(Resume::Fresh(start));
        let mut asked_for = Vec::new();
        for _ in 0..3 {
            // A page that is not acknowledged, and an answer that is not awaited.
            match drain.poll(Tick::default()).unwrap() {
                Output::Transmit(request) => asked_for.push(operation(&request.url)),
                other => assert!(matches!(other, Output::Deliver(Step::Intend(_)))),
            }
        }
        drain.handle(Tick::default(), page("a").map(Into::into));
        drain.poll(Tick::default()).unwrap();
        let Output::Transmit(request) = drain.poll(Tick::default()).unwrap() else {
            panic!("a request");
        };
        asked_for.push(operation(&request.url));
        assert_eq!(asked_for, [&first.to_string(), asked, asked]);
    }
}

#[test]
fn a_record_that_comes_again_under_its_id_is_not_dropped() {
    let record = |mark, state| {
        let body = format!(
            r#"{{"ok":1,"result":[{{"_id":"a","state":"{state}"}}],"wait_time":0,"timestamp_hwm":{mark}}}"#
        );
        answer(200, &[], body)
    };
    // The high-water mark has seconds, so it may be the same.
    for mark in [1_700_000_060, 1_700_000_000] {
        let done = run(
            doubt(Some("a"), Operation::Next),
            [record(mark, "closed"), page("b")],
        );
        assert_eq!(done.log, "resend a +next next b +next");
    }
}

#[test]
fn an_index_that_a_tenant_forgot_is_an_error() {
    let done = run(doubt(Some("a"), Operation::Next), [status(400)]);
    let error = done.error.unwrap();
    assert_eq!(
        error.to_string(),
        "the tenant no longer knows this index: the tenant rejected the request with HTTP 400 Bad Request: as the tenant says"
    );
    let done = run(doubt(Some("a"), Operation::Next), [status(302)]);
    assert!(!done.error.unwrap().to_string().contains("no longer"));
    let done = run(drain(Resume::Fresh(Start::Head)), [status(400)]);
    assert!(!done.error.unwrap().to_string().contains("no longer"));
}

#[test]
fn a_server_that_always_fails_is_given_up_whatever_is_asked_in_between() {
    let answers = std::iter::repeat_with(|| [status(500), page("a")]).flatten();
    let done = run(drain(Resume::After(after("a"))), answers.take(100));
    assert_eq!(done.error.unwrap().status(), Some(500));
    assert_eq!(
        done.log,
        "+next next resend next resend next resend next resend next"
    );
    let done = run(
        drain(Resume::Fresh(Start::Tail)),
        std::iter::repeat_with(|| status(500)).take(100),
    );
    assert_eq!(done.error.unwrap().status(), Some(500));
    let repeated = [SINCE; 4].join(" ");
    assert_eq!(done.log, format!("+{SINCE} tail {repeated}"));
}

#[test]
fn the_next_page_is_asked_for_when_the_tenant_said() {
    let asked = |wait_time, records| {
        let body = format!(r#"{{"ok":1,"result":[{records}],"wait_time":{wait_time}}}"#);
        let answers = [answer(200, &[], body), page("b")];
        run(drain(Resume::After(after("a"))), answers).waits
    };
    let record = r#"{"_id":"x"}"#;
    let wait = |seconds| vec![(Duration::from_secs(seconds), WaitReason::Asked)];
    assert_eq!(asked("0", record), []);
    assert_eq!(asked("7", record), wait(7));
    assert_eq!(asked("null", record), wait(1));
    assert_eq!(asked("null", ""), wait(30));
    assert_eq!(asked("0", ""), wait(5));
    assert_eq!(asked("86400", record), wait(300));
}

#[test]
fn waits_say_why_and_failures_are_told() {
    let mut drain = drain(Resume::After(after("a")));
    let now = Tick::default();
    drain.poll(now).unwrap();
    assert!(matches!(drain.poll(now).unwrap(), Output::Transmit(_)));
    drain.handle(now, status(500).map(Into::into));
    let Output::Wait(wait) = drain.poll(now).unwrap() else {
        panic!("a wait");
    };
    assert_eq!(wait.reason, WaitReason::Retrying(ErrorKind::Server));
    assert_eq!(drain.failures(), 1);
    assert_eq!(drain.failure().unwrap().status(), Some(500));
    let now = now + wait.duration;
    drain.poll(now).unwrap();
    drain.handle(now, page("b").map(Into::into));
    assert!(matches!(
        drain.poll(now).unwrap(),
        Output::Deliver(Step::Page(_))
    ));
    assert_eq!((drain.failures(), drain.failure().is_some()), (0, false));
}

/// A request whose answer nobody waited for is in doubt as well, and a page that nobody acknowledged comes again.
#[test]
fn next_is_sent_once() {
    let mut drain = drain(Resume::After(after("a")));
    let now = Tick::from_millis(1_000);
    let transmitted = |drain: &mut Drain| match drain.poll(now).unwrap() {
        Output::Transmit(request) => operation(&request.url),
        other => panic!("{other:?}"),
    };
    drain.poll(now).unwrap();
    assert_eq!(transmitted(&mut drain), "next");
    assert_eq!(transmitted(&mut drain), "resend");
    assert_eq!(transmitted(&mut drain), "resend");
    drain.handle(now, page("b").map(Into::into));
    let delivered = |drain: &mut Drain| match drain.poll(now).unwrap() {
        Output::Deliver(Step::Page(delivery)) => (delivery.sequence, ids(&delivery.page)),
        other => panic!("{other:?}"),
    };
    assert_eq!(delivered(&mut drain), (8, "b".to_owned()));
    assert_eq!(transmitted(&mut drain), "resend");
    drain.handle(now, page("b").map(Into::into));
    assert_eq!(delivered(&mut drain), (8, "b".to_owned()));
    drain.acknowledge();
    drain.acknowledge();
    let Output::Deliver(Step::Intend(intent)) = drain.poll(now).unwrap() else {
        panic!("an intent");
    };
    assert_eq!((intent.sequence, intent.operation), (9, Operation::Next));
}

#[test]
fn errors_say_what_to_do_and_hold_no_token() {
    let echo = |status| {
        let body = format!(r#"{{"message":"You cannot consume this service {TOKEN}"}}"#);
        answer(status, &[], body)
    };
    for (status, words, hint) in [
        (401, "the tenant refused the token: You", "has not expired"),
        (
            403,
            "the tenant refused the token: You",
            "the scope of this stream",
        ),
        (
            409,
            "another consumer uses this index: You",
            "an index of its own",
        ),
        (404, "HTTP 404 Not Found: You", ""),
        (503, "HTTP 503 Service Unavailable: You", "try again later"),
    ] {
        let answers = std::iter::repeat_with(|| echo(status)).take(20);
        let error = run(drain(Resume::After(after("a"))), answers)
            .error
            .unwrap();
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.hint().unwrap_or_default().contains(hint), "{error}");
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("[token]") && !shown.contains(TOKEN),
            "{shown}"
        );
    }
}

#[test]
fn a_page_can_be_acknowledged_until_the_next_request_is_due() {
    let mut drain = drain(Resume::After(after("a")));
    let now = Tick::from_millis(1_000);
    drain.poll(now).unwrap();
    drain.poll(now).unwrap();
    let slow = r#"{"ok":1,"result":[{"_id":"b"}],"wait_time":7}"#;
    drain.handle(now, answer(200, &[], slow).map(Into::into));
    assert!(matches!(
        drain.poll(now).unwrap(),
        Output::Deliver(Step::Page(_))
    ));
    assert!(matches!(drain.poll(now).unwrap(), Output::Wait(_)));
    drain.acknowledge();
    assert!(matches!(drain.poll(now).unwrap(), Output::Wait(_)));
    let later = now + Duration::from_secs(7);
    assert!(matches!(
        drain.poll(later).unwrap(),
        Output::Deliver(Step::Intend(_))
    ));
}

#[test]
fn a_page_that_is_sent_again_from_before_an_empty_one_is_known() {
    let cut = || failure(FailureKind::Cut);
    let lost = || [page(""), page(""), cut(), page("abc"), page("d")];
    let done = run(drain(Resume::After(after("abc"))), lost());
    assert_eq!(
        done.log,
        "+next next - +next next - +next next resend next d +next"
    );
    // And by the next run, which knows of it by the commit of the empty page.
    let mut empty = after("");
    empty.before = Some(after("abc").mark.digest);
    let doubt = Resume::Doubt {
        last: Some(empty),
        asked: Operation::Next,
        is_tail: false,
    };
    assert_eq!(
        run(drain(doubt), [page("abc"), page("d")]).log,
        "resend next d +next"
    );
}
