use super::*;
use proptest::{prelude::*, sample::Index};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

fn read(body: &str) -> Result<Page, Error> {
    Page::read(body.as_bytes().to_vec())
}

#[test]
fn a_real_page_is_taken_apart_and_nothing_is_dropped() {
    let page = read(
        r#"{"ok": 1, "result": [ {"_id": "5bd5", "timestamp": 1708955654, "user": "a@b"}, {"_id":"5bd6","dlp_incident_id":8142836178423657021} ],
            "wait_time": 1, "timestamp_hwm": 1708955663, "analyze_result": true}"#,
    )
    .unwrap();
    assert_eq!(
        page.ndjson(),
        b"{\"_id\": \"5bd5\", \"timestamp\": 1708955654, \"user\": \"a@b\"}\n{\"_id\":\"5bd6\",\"dlp_incident_id\":8142836178423657021}\n"
    );
    assert_eq!(page.len(), 2);
    assert_eq!(page.wait_time(), Some(1));
    assert_eq!(page.high_water_mark(), Some(1_708_955_663));
    assert_eq!(page.others(), [("analyze_result".into(), "true".into())]);
    assert_eq!(page.mark().first_id.as_deref(), Some("5bd5"));
    assert_eq!(page.mark().last_id.as_deref(), Some("5bd6"));
    let record = page.records().next().unwrap();
    assert_eq!(record.timestamp(), Some(1_708_955_654));
    assert_eq!(record.user().as_deref(), Some("a@b"));
}

#[test]
fn an_error_is_never_an_empty_page() {
    for (body, kind) in [
        ("", ErrorKind::Unreadable),
        ("[]", ErrorKind::Unreadable),
        ("{}", ErrorKind::Unreadable),
        (r#"{"ok":1}"#, ErrorKind::Unreadable),
        (r#"{"ok":1,"result":{}}"#, ErrorKind::Unreadable),
        (r#"{"ok":1,"result":[1]}"#, ErrorKind::Unreadable),
        (
            r#"{"ok":1,"result":[],"wait_time":3"#,
            ErrorKind::Unreadable,
        ),
        (r#"{"ok":0,"result":[]}"#, ErrorKind::Server),
        (
            r#"{"ok":1,"result":"Index is not found"}"#,
            ErrorKind::Server,
        ),
    ] {
        assert_eq!(read(body).unwrap_err().kind(), kind, "{body}");
    }
    assert!(
        read(r#"{"ok":1,"result":[],"wait_time":30}"#)
            .unwrap()
            .is_empty()
    );
    assert!(!Page::without_content().has_content());
}

#[test]
fn a_record_is_one_line() {
    let page = read("{\"ok\":1,\"result\":[{\n\t\"a\":\r\n\"x\\n\"}]}").unwrap();
    assert_eq!(page.ndjson(), b"{ \t\"a\":  \"x\\n\"}\n");
}

#[test]
fn a_page_is_known_again_by_its_records() {
    let page = read(r#"{"ok":1,"result":[{"_id":"a","n":1},{"_id":"b"}]}"#).unwrap();
    let again =
        read(r#"{"wait_time":7,"result":[{"_id":"a","n":1} , {"_id":"b"}],"ok":1}"#).unwrap();
    let other = read(r#"{"ok":1,"result":[{"_id":"a","n":1},{"_id":"c"}]}"#).unwrap();
    let empty = read(r#"{"ok":1,"result":[]}"#).unwrap();
    let changed = read(r#"{"ok":1,"result":[{"_id":"a","n":2},{"_id":"b"}]}"#).unwrap();
    let digest = |page: &Page| page.mark().digest;
    assert_eq!(digest(&page), digest(&again));
    assert_eq!(digest(&empty), digest(&Page::without_content()));
    for unlike in [&other, &changed, &empty] {
        assert_ne!(digest(&page), digest(unlike));
    }
}

#[test]
fn a_page_is_read_from_wherever_its_records_are() {
    for body in [
        r#"{"a":"\"result\":[{}]","result":[{"_id":"x","s":"}],\\"},{}],"ok":1}"#,
        r#" {"ok":1,"result":[{}],"res\u0075lt":[{"_id":"x","s":"}],\\"},{}]} "#,
        r#"{"ok":1,"result":"no","result":[{"_id":"x","s":"}],\\"}  ,  {}  ]}"#,
    ] {
        let page = read(body).unwrap();
        assert_eq!(
            page.ndjson(),
            b"{\"_id\":\"x\",\"s\":\"}],\\\\\"}\n{}\n",
            "{body}"
        );
        assert_eq!((page.len(), page.mark().last_id.as_deref()), (2, None));
    }
    let failed = read(r#"{"ok":1,"result":[{}],"result":"no"}"#).unwrap_err();
    assert_eq!(failed.kind(), ErrorKind::Server);
}

#[test]
fn records_move_together() {
    let page = read("{\"result\":[{}    ,{\"a\":\"\u{e9}\"}]}").unwrap();
    assert_eq!(page.ndjson(), "{}\n{\"a\":\"\u{e9}\"}\n".as_bytes());
}

#[test]
fn a_body_that_is_no_page_is_said_to_be_none() {
    let say = |body: &[u8]| Page::read(body.to_vec()).unwrap_err().to_string();
    let deep = ["{\"ok\":1,\"result\":[{\"a\":", &"[".repeat(1 << 20)].concat();
    for (body, expected) in [
        (
            &b"{\"ok\":1,\n\"result\":[{}}"[..],
            "the tenant's answer is not JSON (line 2, column 13)",
        ),
        (
            b"\xef\xbb\xbf{\"ok\":1,\"result\":[]}",
            "the tenant's answer is not JSON (line 1, column 1)",
        ),
        (
            b"{\"ok\":1,\"result\":[{\"a\":\"\xff\"}]}",
            "the answer is not UTF-8",
        ),
        (
            b"{\"ok\":1,\"result\":[{},[]]}",
            "the answer has a record that is not an object",
        ),
        (
            deep.as_bytes(),
            "the tenant's answer is cut off after 1048599 bytes",
        ),
        (b"", "the tenant's answer is empty"),
        (
            b"<html>502</html>",
            "the tenant answered with a web page instead of JSON",
        ),
        (
            b"{\"ok\":1,\"result\":[",
            "the tenant's answer is cut off after 18 bytes",
        ),
    ] {
        assert!(say(body).contains(expected), "{}", say(body));
    }
}

#[test]
fn no_part_of_a_page_may_be_other_than_utf8() {
    let deep = [&b"[".repeat(100)[..], b"\"\xe9\"", &b"]".repeat(100)].concat();
    for value in [&b"\"\xe9\""[..], &deep] {
        for (before, after) in [
            ("{\"result\":[{\"a\":", "}]}"),
            ("{\"result\":[{\"a\":", "}],\"result\":[]}"),
            ("{\"ok\":0,\"a\":", ",\"result\":[]}"),
            ("[", "]"),
        ] {
            let body = [before.as_bytes(), value, after.as_bytes()].concat();
            let error = Page::read(body).unwrap_err().to_string();
            assert!(error.contains("the answer is not UTF-8"), "{error}");
        }
    }
    let error = Page::read(b"{\"\xe9\":1}".to_vec()).unwrap_err();
    assert!(error.to_string().contains("not UTF-8"), "{error}");
}

#[test]
fn a_record_may_be_nested_deep() {
    let record = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let page = read(&format!("{{\"result\":[{record},{{}}]}}")).unwrap();
    assert_eq!(page.ndjson(), format!("{record}\n{{}}\n").as_bytes());
}

/// The records of a page as lines, by `serde_json`.
fn elsewhere(body: &[u8]) -> Option<String> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_slice(body).ok()?;
    let result = members.get("result")?.get();
    if members.get("ok").is_some_and(|ok| ok.get() != "1") {
        return None;
    }
    let records: Vec<&RawValue> = serde_json::from_str(result).ok()?;
    let line = |record: &&RawValue| {
        let line = record.get().replace(['\n', '\r'], " ");
        line.starts_with('{').then_some(line + "\n")
    };
    records.iter().map(line).collect()
}

fn any_body() -> impl Strategy<Value = Vec<u8>> {
    let value = || {
        prop_oneof![
            "-?(0|[1-9][0-9]{0,19})(\\.[0-9]{1,9})?(e[0-9])?",
            "\"[ -!#-\\[\\]-~\u{e9}]{0,90}\"",
            Just(r#""\"result\":[{}]""#.to_owned()),
            Just(r#"{"result": [ ], "a" : "\u00e9\\"}"#.to_owned()),
            Just("[ true,\r\nfalse , null]".to_owned()),
            Just("\"Index is not found\"".to_owned()),
        ]
    };
    let space = || "( |\n|\r|\t){0,2}";
    let member = (space(), "[a-z_]{3,20}", space(), value())
        .prop_map(|(a, name, b, value)| format!("{a}\"{name}\"{b}:{b}{value}{a}"));
    let record = prop::collection::vec(member.clone(), 0..6)
        .prop_map(|members| format!("{{{}}}", members.join(",")));
    let list = (prop::collection::vec(record, 0..4), space()).prop_map(|(records, space)| {
        format!(
            "\"result\":{space}[{space}{}{space}]",
            records.join(&format!("{space},{space}"))
        )
    });
    let members = (
        Just("\"ok\":1".to_owned()),
        list,
        prop::collection::vec(member, 0..3),
        Just("\"wait_time\":5".to_owned()),
    );
    members
        .prop_flat_map(|(ok, list, mut others, wait_time)| {
            others.extend([ok, list, wait_time]);
            Just(others).prop_shuffle()
        })
        .prop_map(|members| format!("{{{}}}", members.join(",")).into_bytes())
}

fn assert_same(body: &[u8]) -> Result<(), TestCaseError> {
    let here = Page::read(body.to_vec()).ok();
    let lines = here
        .as_ref()
        .map(|page| String::from_utf8(page.ndjson().to_owned()).unwrap());
    prop_assert_eq!(
        &lines,
        &elsewhere(body),
        "{}",
        String::from_utf8_lossy(body)
    );
    let Some(page) = here else { return Ok(()) };
    prop_assert_eq!(page.len(), lines.unwrap().lines().count() as u64);
    let records: Vec<_> = page.records().map(Record::text).collect();
    for record in &records {
        prop_assert!(
            serde_json::from_str::<BTreeMap<String, &RawValue>>(record).is_ok(),
            "{}",
            record
        );
    }
    prop_assert_eq!(page.mark().digest, Digest::of(page.ndjson()));
    prop_assert_eq!(
        &page.mark().first_id,
        &page
            .records()
            .next()
            .and_then(|record| Some(record.id()?.into_owned()))
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn pages_are_read_as_elsewhere(body in any_body()) {
        prop_assert!(Page::read(body.clone()).is_ok());
        assert_same(&body)?;
    }

    #[test]
    fn changed_pages_are_judged_as_elsewhere(
        mut body in any_body(),
        changes in prop::collection::vec((any::<Index>(), prop_oneof![any::<u8>(), prop::sample::select(b"[]{}:,\"\\0-. \n".to_vec())]), 1..3),
    ) {
        for (place, byte) in changes {
            let place = place.index(body.len());
            body[place] = byte;
        }
        assert_same(&body)?;
    }

    #[test]
    fn cut_pages_are_refused(body in any_body(), end: Index) {
        let cut = &body[..end.index(body.len())];
        prop_assert_eq!(Page::read(cut.to_vec()).unwrap_err().kind(), ErrorKind::Unreadable);
    }
}

#[test]
fn memory_is_not_taken_by_what_no_page_has() {
    let members = r#","a":1"#.repeat(300);
    let error = read(&format!(r#"{{"ok":1,"result":[]{members}}}"#)).unwrap_err();
    assert_eq!(error.to_string(), "the answer has more than 256 members");
    let of = |records: usize| {
        let records = vec!["{}"; records].join(",");
        read(&format!(r#"{{"ok":1,"result":[{records}]}}"#))
    };
    assert_eq!(of(1_000_000).unwrap().len(), 1_000_000);
    let error = of(1_000_001).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    let id = "x".repeat(1 << 20);
    let page = read(&format!(r#"{{"ok":1,"result":[{{"_id":"{id}"}}]}}"#)).unwrap();
    assert_eq!((page.len(), &page.mark().first_id), (1, &None));
}
