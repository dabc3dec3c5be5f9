//! One device.

use super::names::{self, Person};
use super::platform::Platform;
use super::{Fleet, Purpose, events};
use crate::random::Random;
use netskope_model::codes::{Classification, Codes, Os, UserSource};
use serde_json::{Value, json};
use std::cmp::Reverse;

/// Which of the recorded shapes a record has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// 2022: the identity is the name.
    Plain,
    /// 2024, of a client last heard of before that: an identity of its own, otherwise as before.
    Composite,
    /// 2024: all the newer fields.
    Full,
}

/// The attributes of the device of this number.
pub(super) fn device(fleet: Fleet, number: u64) -> Value {
    let mut random = fleet.random(Purpose::Device, number);
    let (shape, platform) = draw_kind(&mut random);
    let hostname = draw_hostname(&mut random, fleet, number, shape, platform.os);
    let users = draw_users(&mut random, fleet, number, shape);
    let id = match shape {
        Shape::Plain => hostname.clone(),
        Shape::Composite | Shape::Full => {
            format!("{}_{}", random.hex(20).to_uppercase(), random.uuid())
        }
    };
    let last_event = users[0]["last_event"].clone();
    let seen = last_event["timestamp"].as_i64().unwrap_or(fleet.now);
    let mut record = json!({
        "_id": id,
        "client_version": draw_client_version(&mut random, shape),
        "device_id": id,
        "host_info": draw_host_info(&mut random, shape, platform, &hostname, seen),
        "users": users,
    });
    if !random.one_in(6) {
        record["client_install_time"] = before(&mut random, seen).into();
    } else if shape != Shape::Plain {
        record["user_added_time"] = before(&mut random, seen).into();
    }
    if shape == Shape::Full {
        record["last_event_service_name"] = last_event["service_name"].clone();
    }
    record["last_event"] = last_event;
    record
}

fn draw_kind(random: &mut Random) -> (Shape, &'static Platform) {
    let shape = random.pick(&[
        Shape::Plain,
        Shape::Plain,
        Shape::Composite,
        Shape::Full,
        Shape::Full,
    ]);
    (shape, Platform::draw(random))
}

/// Its own name; now and then that of the device before it, or the same in other letters.
fn draw_hostname(random: &mut Random, fleet: Fleet, number: u64, shape: Shape, os: Os) -> String {
    let own = names::hostname(fleet, number, os);
    let Some(before) = number.checked_sub(1) else {
        return own;
    };
    let (_, platform) = draw_kind(&mut fleet.random(Purpose::Device, before));
    let other = names::hostname(fleet, before, platform.os);
    match random.below(24) {
        0 => names::in_other_case(&other),
        // Where the identity is the name, two devices cannot share one.
        1 | 2 if shape != Shape::Plain => other,
        _ => own,
    }
}

/// One to five users, newest first.
fn draw_users(random: &mut Random, fleet: Fleet, number: u64, shape: Shape) -> Vec<Value> {
    let count = random.pick(&[1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 5]);
    let mut users: Vec<Value> = (0..count)
        .map(|_| draw_user(random, fleet, number, shape))
        .collect();
    users.sort_by_key(|user| Reverse(user["last_event"]["timestamp"].as_i64()));
    users
}

fn draw_user(random: &mut Random, fleet: Fleet, number: u64, shape: Shape) -> Value {
    // Fewer people than devices, so that some have several, near each other in number.
    let Person { username, userkey } = names::person(fleet, number * 2 / 3 + random.below(6));
    let seen = before(random, fleet.now);
    let last_event = events::last_event(random, shape, seen);
    let source = random.pick(&[
        UserSource::Manual,
        UserSource::Manual,
        UserSource::Directory,
    ]);
    let gone = events::is_uninstalled(&last_event) && random.one_in(3);
    let classification = draw_classification(random, shape);
    let mut user = json!({
        "_id": random.hex(24),
        "device_classification_status": classification.row().label,
        "last_event": last_event,
        "user_source": source.row().label,
        "userkey": userkey,
    });
    if !random.one_in(25) {
        user["username"] = username.into();
    }
    if gone {
        user["user_state"] = 2.into();
    } else {
        user["user_added_time"] = draw_added_time(random, source, seen);
        if !random.one_in(6) {
            user["user_state"] = 0.into();
        }
    }
    if random.one_in(12) {
        const GROUPS: [&[&str]; 3] = [&[], &["engineering"], &["sales", "emea/field"]];
        let groups = random.pick(&GROUPS);
        user["user_groups"] = groups.into();
    }
    if shape == Shape::Full {
        let custom = random.pick(&["", "unmanaged", "unknown"]);
        user["device_classification_custom_status"] = custom.into();
    }
    user
}

fn draw_classification(random: &mut Random, shape: Shape) -> Classification {
    let known = match shape {
        Shape::Plain => &[
            Classification::Unknown,
            Classification::Unmanaged,
            Classification::Managed,
        ],
        _ => &[
            Classification::Unknown,
            Classification::Managed,
            Classification::NotConfigured,
        ],
    };
    random.pick(known)
}

/// A whole number of seconds, or with a fraction where the directory set it.
fn draw_added_time(random: &mut Random, source: UserSource, seen: i64) -> Value {
    let added = before(random, seen);
    if source == UserSource::Manual {
        return added.into();
    }
    let fraction = u32::try_from(random.below(10_000_000)).unwrap_or_default();
    let whole = u32::try_from(added).unwrap_or_default();
    (f64::from(whole) + f64::from(fraction) / 1e7).into()
}

fn draw_host_info(
    random: &mut Random,
    shape: Shape,
    platform: &Platform,
    hostname: &str,
    seen: i64,
) -> Value {
    let (make, model) = platform.model(random);
    let mut info = json!({
        "device_make": make,
        "device_model": model,
        "hostname": hostname,
        "managementID": if random.one_in(3) { random.hex(32).to_uppercase() } else { String::new() },
        "nsdeviceuid": if random.one_in(10) { String::new() } else { random.uuid() },
        "os": platform.os.row().label,
        "os_version": platform.version(random),
    });
    if shape == Shape::Full {
        let cards = 1 + random.below(3);
        info["last_hostinfo_update_timestamp"] = before(random, seen).to_string().into();
        info["macAddresses"] = (0..cards).map(|_| draw_mac_address(random)).collect();
        info["migrated_revision"] = random.pick(&["v1", "v2"]).into();
        info["old_nsdeviceuid"] = if random.one_in(2) {
            random.uuid()
        } else {
            String::new()
        }
        .into();
        info["serialNumber"] = random.text(b"0123456789ABCDEFGHJKLMNPQRSTVWXYZ", 10).into();
        info["steeringConfig"] = random
            .pick(&["Default tenant config", "Contractors"])
            .into();
    }
    info
}

/// An address of the range that no maker owns.
fn draw_mac_address(random: &mut Random) -> String {
    let pairs: Vec<String> = (0..5).map(|_| random.hex(2).to_uppercase()).collect();
    format!("02:{}", pairs.join(":"))
}

fn draw_client_version(random: &mut Random, shape: Shape) -> String {
    let major = match shape {
        Shape::Plain => 84 + random.below(11),
        Shape::Composite => 96 + random.below(10),
        Shape::Full => 110 + random.below(8),
    };
    format!("{major}.{}.0.{}", random.below(3), 553 + major * 13)
}

/// A time before this one, from a quarter of an hour to a year: recent ones are as common as old ones on a logarithmic scale.
fn before(random: &mut Random, time: i64) -> i64 {
    let magnitude = 1 << (10 + random.below(15));
    let age = magnitude + random.below(magnitude);
    time - i64::try_from(age).unwrap_or_default()
}
