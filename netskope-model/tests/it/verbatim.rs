//! The same answers for a caller that reads the records itself.

use crate::driver::{answer, run, session};
use netskope_model::v1::clients::{Absence, Request};

#[test]
fn records_stay_as_they_were_written() {
    let body = r#" {"status": "success", "data": [
        {"attributes": {"_id": "a", "big": 123456789012345678901234567890, "x": 1.10} } , {"_id" : "b]"}
    ]}"#;
    let done = run(session().page_of::<String>(Request::new()), |_, _| {
        answer(200, &[], body)
    });
    let expected = [
        r#"{"_id": "a", "big": 123456789012345678901234567890, "x": 1.10}"#,
        r#"{"_id" : "b]"}"#,
    ];
    assert_eq!(done.items[0].devices(), expected);
    let absent = run(session().page_of::<String>(Request::new()), |_, _| {
        answer(204, &[], "")
    });
    assert_eq!(absent.items[0].absence(), Some(Absence::NoContent));
}

#[test]
fn a_record_that_is_none_stays_unread_in_either_form() {
    let body = r#"{"status":"success","data":[7,{"_id":"a"}]}"#;
    let typed = run(session().page(Request::new()), |_, _| {
        answer(200, &[], body)
    });
    let verbatim = run(session().page_of::<String>(Request::new()), |_, _| {
        answer(200, &[], body)
    });
    assert_eq!(typed.items[0].unread(), ["7"]);
    assert_eq!(verbatim.items[0].unread(), ["7"]);
}

#[test]
fn request_and_errors_are_those_of_the_typed_call() {
    for body in [
        "",
        "{",
        "<html>",
        r#"{"status":"success","data":{"a":1}}"#,
        r#"{"status":"error","errorCode":"General Error","errors":["one"]}"#,
    ] {
        let typed = run(session().page(Request::new()), |_, _| {
            answer(200, &[], body)
        });
        let verbatim = run(session().page_of::<String>(Request::new()), |_, _| {
            answer(200, &[], body)
        });
        let said = |error: Option<netskope_model::Error>| error.unwrap().to_string();
        assert_eq!(said(typed.error), said(verbatim.error), "{body}");
        let sent = |requests: &[(_, http::Request<Vec<u8>>)]| format!("{:?}", requests[0].1);
        assert_eq!(sent(&typed.requests), sent(&verbatim.requests));
    }
}
