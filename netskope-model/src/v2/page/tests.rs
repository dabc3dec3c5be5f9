use super::*;

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
        "{\"_id\": \"5bd5\", \"timestamp\": 1708955654, \"user\": \"a@b\"}\n{\"_id\":\"5bd6\",\"dlp_incident_id\":8142836178423657021}\n"
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
    assert_eq!(page.ndjson(), "{ \t\"a\":  \"x\\n\"}\n");
}

#[test]
fn a_page_is_known_again_by_its_records() {
    let page = read(r#"{"ok":1,"result":[{"_id":"a","n":1},{"_id":"b"}]}"#).unwrap();
    let again =
        read(r#"{"wait_time":7,"result":[{"_id":"a","n":1} , {"_id":"b"}],"ok":1}"#).unwrap();
    let rewritten = read(r#"{"ok":1,"result":[{"n":1,"_id":"a"},{"_id":"b"}]}"#).unwrap();
    let other = read(r#"{"ok":1,"result":[{"_id":"a","n":1},{"_id":"c"}]}"#).unwrap();
    let empty = read(r#"{"ok":1,"result":[]}"#).unwrap();
    assert_eq!(page.mark().digest, again.mark().digest);
    assert!(page.mark().is_same_page(rewritten.mark()));
    assert!(!page.mark().is_same_page(other.mark()));
    assert!(!page.mark().is_same_page(empty.mark()));
    assert!(empty.mark().is_same_page(Page::without_content().mark()));
}
