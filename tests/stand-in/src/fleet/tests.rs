use super::*;
use netskope_model::codes::{Codes, Event};
use std::collections::{BTreeMap, BTreeSet};

const NOW: i64 = 1_700_000_000;

fn fleet(count: u64, seed: u64) -> Vec<Value> {
    devices(Fleet::new(count, seed, NOW)).collect()
}

fn text<'a>(record: &'a Value, pointer: &str) -> &'a str {
    record.pointer(pointer).and_then(Value::as_str).unwrap()
}

fn users(record: &Value) -> &[Value] {
    record["users"].as_array().unwrap()
}

#[test]
fn the_same_seed_gives_the_same_fleet() {
    assert_eq!(fleet(300, 7), fleet(300, 7));
    assert_ne!(fleet(300, 7), fleet(300, 8));
    assert_eq!(fleet(300, 7)[..100], fleet(100, 7));
}

#[test]
fn time_moves_with_the_present() {
    let later: Vec<Value> = devices(Fleet::new(1, 7, NOW + 500)).collect();
    let seen = |fleet: &[Value]| fleet[0]["last_event"]["timestamp"].as_i64().unwrap();
    assert_eq!(seen(&later), seen(&fleet(1, 7)) + 500);
}

#[test]
fn identities_are_unique_and_names_are_not() {
    let fleet = fleet(2000, 7);
    let ids: BTreeSet<&str> = fleet.iter().map(|record| text(record, "/_id")).collect();
    assert_eq!(ids.len(), fleet.len());
    let mut names = BTreeMap::new();
    for record in &fleet {
        *names
            .entry(text(record, "/host_info/hostname"))
            .or_insert(0) += 1;
        assert_eq!(record["_id"], record["device_id"]);
    }
    assert!(names.values().any(|&count| count > 1));
    let cases: BTreeSet<String> = names.keys().map(|name| name.to_lowercase()).collect();
    assert!(cases.len() < names.len());
    for part in [" ", "[", "(", "\u{2019}"] {
        assert!(names.keys().any(|name| name.contains(part)), "{part}");
    }
}

#[test]
fn both_recorded_shapes_are_there() {
    let fleet = fleet(2000, 7);
    let plain = |record: &&Value| record["_id"] == record["host_info"]["hostname"];
    let full = |record: &&Value| record["host_info"]["steeringConfig"].is_string();
    assert!(fleet.iter().filter(plain).count() > 400);
    assert!(fleet.iter().filter(full).count() > 400);
    for record in fleet.iter().filter(full) {
        let _: i64 = text(record, "/host_info/last_hostinfo_update_timestamp")
            .parse()
            .unwrap();
        assert!(
            !record["host_info"]["macAddresses"]
                .as_array()
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            record["last_event_service_name"],
            record["last_event"]["service_name"]
        );
    }
    assert!(
        fleet
            .iter()
            .any(|record| record.get("client_install_time").is_none())
    );
}

#[test]
fn users_are_newest_first_and_differ_as_recorded() {
    let fleet = fleet(2000, 7);
    for record in &fleet {
        let seen = |user: &Value| user["last_event"]["timestamp"].as_i64().unwrap();
        assert!((1..=5).contains(&users(record).len()));
        assert!(users(record).is_sorted_by_key(|user| -seen(user)));
        assert_eq!(record["last_event"], users(record)[0]["last_event"]);
        assert!(seen(&users(record)[0]) < NOW);
    }
    let all: Vec<&Value> = fleet.iter().flat_map(users).collect();
    let any = |wanted: &dyn Fn(&Value) -> bool| all.iter().any(|user| wanted(user));
    assert!(any(&|user| user.get("username").is_none()));
    assert!(any(&|user| user["user_added_time"].is_f64()));
    assert!(any(
        &|user| user["user_added_time"].is_i64() || user["user_added_time"].is_u64()
    ));
    assert!(any(&|user| user["user_state"] == 2));
    assert!(any(&|user| user.get("user_state").is_none()));
    assert!(any(
        &|user| user["device_classification_status"] == "Not Configured"
    ));
    assert!(any(
        &|user| user["last_event"]["event_id"].as_u64() > Some(1 << 53)
    ));
}

#[test]
fn who_caused_an_event_fits_it() {
    for record in fleet(2000, 7) {
        let event = &record["last_event"];
        let label = text(event, "/event");
        let known = Event::from_label(label).unwrap();
        let actor = match known {
            Event::UserDisabled | Event::UserEnabled => "User",
            Event::AdminDisabled | Event::AdminEnabled => "Admin",
            _ => "System",
        };
        assert_eq!(event["actor"], actor, "{label}");
        assert_eq!(
            known == Event::Uninstalled,
            event["status"] == "Uninstalled"
        );
        if label.ends_with(" Disabled") || label.ends_with(" Enabled") {
            assert!(label.ends_with(text(event, "/status")));
        }
    }
}
