//! Records that no recording has: numbers for labels, unknown codes, missing, odd and extra fields, large integers.

use crate::driver::{run, session, success};
use crate::filtering::filters_agree_on;
use netskope_model::{
    codes::{Event, Status},
    v1::{clients::Request, device::Device},
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn round_trip(record: &Value) -> Device {
    let device: Device = serde_json::from_value(record.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&device).unwrap(), record);
    let from_text: Device = serde_json::from_str(&record.to_string()).unwrap();
    assert_eq!(from_text, device);
    device
}

#[test]
fn the_articles_numeric_form_is_understood() {
    let device = round_trip(&json!({
        "_id": "1", "client_install_time": 1_532_040_251, "device_id": "1",
        "host_info": {"hostname": "A", "os": 4, "os_version": "10.0"},
        "last_event": {"actor": 2, "event": 1, "status": 0, "timestamp": 1_548_578_307},
        "users": [{"_id": "u", "client_version": "1.1", "device_classification_status": 0, "user_source": "1",
                   "last_event": {"actor": 2, "event": 11, "status": 1, "timestamp": 1}}]
    }));
    let event = device.last_event.get().unwrap();
    assert_eq!(event.status.get(), Some(&Status::Disabled.into()));
    assert_eq!(event.event.get(), Some(&Event::TunnelUp.into()));
    let user = device.users().next().unwrap();
    assert_eq!(user.user_source.get().unwrap().to_string(), "Manual");
    assert_eq!(user.other["client_version"], "1.1");
}

#[test]
fn what_is_not_known_is_kept() {
    for record in [
        json!({}),
        json!({"_id": null, "users": null, "host_info": null, "last_event": []}),
        json!({"_id": 7, "client_version": 1.5, "users": "none", "host_info": "?"}),
        json!({"users": [], "last_event": {}, "host_info": {}}),
        json!({"users": [null, 3, "x", {}, {"username": null, "last_event": 0}]}),
        json!({"last_event": {"status": 77, "event": "Rebooted", "actor": null, "timestamp": "1720527733"}}),
        json!({"host_info": {"os": "Plan 9", "macaddresses": ["02:00"], "nested": {"deep": [1, {"x": null}]}}}),
        json!({"incident": 9_064_411_288_558_768_620_u64, "low": i64::MIN, "high": u64::MAX, "edge": 9_007_199_254_740_993_i64}),
        json!({"users": [{"user_added_time": 1_650_583_473.179_131_7, "user_id": 9_007_199_254_740_993_i64}]}),
    ] {
        round_trip(&record);
        filters_agree_on(&record);
    }
}

#[test]
fn large_integers_and_long_fractions_keep_every_digit() {
    let text = r#"{"big":9064411288558768620,"neg":-9007199254740993,"time":1710151785.0721564}"#;
    let device: Device = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&device).unwrap(), text);
}

#[test]
fn bare_records_are_taken_too() {
    let bare = json!({"_id": "bare", "attributes": "not a wrapper"});
    let wrapped = json!({"attributes": {"_id": "wrapped"}});
    let done = run(session().page(Request::new()), |_, _| {
        success(&json!([bare, wrapped]))
    });
    let ids: Vec<_> = done.items[0]
        .devices()
        .iter()
        .filter_map(Device::id)
        .collect();
    assert_eq!(ids, ["bare", "wrapped"]);
    assert_eq!(
        serde_json::to_value(&done.items[0].devices()[0]).unwrap(),
        bare
    );
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop_oneof![
            Just("Enabled"),
            Just("0"),
            Just("Windows"),
            Just("1720527733")
        ]
        .prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((any_key(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("_id"),
        Just("host_info"),
        Just("hostname"),
        Just("os"),
        Just("last_event"),
        Just("status"),
        Just("event"),
        Just("timestamp"),
        Just("users"),
        Just("username"),
        Just("user_added_time"),
        Just("other"),
    ]
    .prop_map(str::to_owned)
}

proptest! {
    #[test]
    fn any_object_is_a_device_and_is_written_back(members in prop::collection::vec((any_key(), any_value()), 0..8)) {
        round_trip(&Value::Object(members.into_iter().collect()));
    }
}

/// What users may have, that is nothing of a device's alone.
fn any_user() -> impl Strategy<Value = Value> {
    let key = any_key().prop_filter("a user's", |key| key != "host_info" && key != "users");
    let object = prop::collection::vec((key, any_value()), 0..5)
        .prop_map(|members| Value::Object(members.into_iter().collect()));
    prop_oneof![4 => object, 1 => Just(Value::Null), 1 => Just(Value::from("x"))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn filters_agree(
        members in prop::collection::vec((any_key(), any_value()), 0..6),
        users in prop::collection::vec(any_user(), 0..3),
    ) {
        let mut record: serde_json::Map<_, _> = members.into_iter().collect();
        record.insert("users".to_owned(), users.into());
        filters_agree_on(&record.into());
    }
}
