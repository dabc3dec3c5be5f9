use super::*;
use serde_json::json;

fn picked(list: &str, record: Value) -> String {
    let device: Device = serde_json::from_value(record).unwrap();
    serde_json::to_string(&Fields::parse(list).unwrap().pick(&device).unwrap()).unwrap()
}

fn text(value: &Value) -> String {
    cell(value, &plain)
}

#[test]
fn paths_keep_their_order_and_their_names() {
    let record = json!({"_id": "a", "host_info": {"hostname": "h", "os": 1}});
    assert_eq!(
        picked("host_info.os, _id,host_info.hostname", record),
        r#"{"host_info.os":1,"_id":"a","host_info.hostname":"h"}"#
    );
}

#[test]
fn what_a_device_does_not_have_is_null() {
    let record = json!({"_id": "a"});
    assert_eq!(
        picked("_id.x,host_info.os,y", record),
        r#"{"_id.x":null,"host_info.os":null,"y":null}"#
    );
}

#[test]
fn below_a_list_each_element_has_its_place() {
    let record = json!({"users": [{"username": "a", "groups": ["g", "h"]}, {}, {"username": "c"}]});
    assert_eq!(
        picked("users.username,users.groups", record),
        r#"{"users.username":["a",null,"c"],"users.groups":[["g","h"],null,null]}"#
    );
}

#[test]
fn cells_hold_plain_text() {
    assert_eq!(text(&json!(null)), "");
    assert_eq!(text(&json!("a \"b\"")), "a \"b\"");
    assert_eq!(
        text(&json!(18_446_744_073_709_551_615_u64)),
        "18446744073709551615"
    );
    assert_eq!(text(&json!([["g", "h"], null, 3])), "g; h; ; 3");
    assert_eq!(text(&json!({"a": [1]})), r#"{"a":[1]}"#);
}

#[test]
fn a_list_with_a_hole_is_refused() {
    for list in ["", "a,,b", ".a", "a.", "a..b", "a,"] {
        let failure = Fields::parse(list).unwrap_err();
        assert_eq!(failure.exit(), Exit::Usage, "{list}");
    }
}

#[test]
fn a_path_is_there_once() {
    let failure = Fields::parse("_id,host_info, _id").unwrap_err();
    assert_eq!(failure.exit(), Exit::Usage);
    assert!(
        failure.to_string().contains("'_id' is there twice"),
        "{failure}"
    );
}

#[test]
fn an_unknown_path_is_pointed_out_with_what_there_is() {
    let unknown = |list: &str| Fields::parse(list).unwrap().unknown().collect::<Vec<_>>();
    assert_eq!(
        unknown("hostname,colour"),
        [
            "no device field 'hostname' is known; there is host_info.hostname",
            "no device field 'colour' is known",
        ]
    );
    assert!(
        unknown("_id,host_info,users,users.last_event.status,users.last_event,last_event")
            .is_empty()
    );
}
