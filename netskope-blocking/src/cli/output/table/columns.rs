//! The columns that people look a device up for.

use netskope_blocking::model::{
    age::age,
    lenient::Lenient,
    v1::device::{Device, HostInfo, LastEvent},
};
use serde::Serialize;
use std::fmt::Display;

/// A column: its title, and what it shows of a device at a time in seconds since 1970.
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) show: fn(&Device, i64) -> String,
}

/// Those that people need most come first: a narrow terminal has no room for the last ones.
pub(super) const COLUMNS: [Column; 8] = [
    column("HOSTNAME", |device, _| {
        host(device, |host| shown(&host.hostname))
    }),
    column("STATUS", |device, _| {
        event(device, |event| shown(&event.status))
    }),
    column("LAST EVENT", |device, _| {
        event(device, |event| shown(&event.event))
    }),
    column("WHEN", |device, now| {
        event(device, |event| when(event, now))
    }),
    column("USER", |device, _| users(device)),
    column("OS", |device, _| host(device, os)),
    column("CLIENT", |device, _| shown(&device.client_version)),
    column("CLASS", |device, _| classification(device)),
];

const fn column(title: &'static str, show: fn(&Device, i64) -> String) -> Column {
    Column { title, show }
}

fn host(device: &Device, show: impl Fn(&HostInfo) -> String) -> String {
    device.host_info.get().map_or_else(String::new, show)
}

fn event(device: &Device, show: impl Fn(&LastEvent) -> String) -> String {
    device.last_event.get().map_or_else(String::new, show)
}

/// The field as text; one of an undocumented type as JSON.
fn shown<T: Display + Serialize>(field: &Lenient<T>) -> String {
    match field {
        Lenient::Absent => String::new(),
        Lenient::Known(value) => value.to_string(),
        Lenient::Odd(value) => value.to_string(),
    }
}

fn os(host: &HostInfo) -> String {
    format!("{} {}", shown(&host.os), shown(&host.os_version))
        .trim()
        .to_owned()
}

fn when(event: &LastEvent, now: i64) -> String {
    event
        .seconds()
        .map_or_else(|| shown(&event.timestamp), |then| age(now, then))
}

/// The latest user with a name, and how many more there are.
fn users(device: &Device) -> String {
    let first = device
        .users()
        .find_map(|user| user.username.get())
        .cloned()
        .unwrap_or_default();
    match device.users().count() {
        0 | 1 => first,
        several => format!("{first} +{}", several - 1).trim_start().to_owned(),
    }
}

/// What the device is to its latest user.
fn classification(device: &Device) -> String {
    let latest = device.users().next();
    latest.map_or_else(String::new, |user| {
        shown(&user.device_classification_status)
    })
}
