//! Devices as filters see them: each documented field by its path, and any other by name.
//!
//! A documented field is looked for where it is documented, so a user has no `host_info`; other names may be anywhere.

use super::{Device, HostInfo, LastEvent, User};
use crate::codes::{Coded, Codes};
use crate::lenient::Lenient;
use netskope_query::{Accessor, Record, Scalar, Visit, values_at};
use serde_json::{Map, Number, Value};

type Get<R> = for<'r> fn(&'r R, &mut Visit<'_, 'r>) -> bool;

/// A table of paths, each with the field, or the field of a field, that stands there.
macro_rules! table {
    ($get:ident { $($path:literal $field:ident $(. $inner:ident)?,)+ }) => {
        &[$(($path, |record, seen| {
            $get(record, $path, seen, |record, seen| table!(@show record seen $path $field $(. $inner)?))
        }),)+]
    };
    (@show $record:ident $seen:ident $path:literal $field:ident) => {
        top(&$record.$field, $seen)
    };
    (@show $record:ident $seen:ident $path:literal $field:ident . $inner:ident) => {
        inside(&$record.$field, after_first($path), $seen, |inner, _, seen| inner.$inner.show(seen))
    };
}

const DEVICE: &[(&str, Get<Device>)] = table!(of_device {
    "_id" id,
    "client_install_time" client_install_time,
    "client_version" client_version,
    "device_id" device_id,
    "host_info" host_info,
    "host_info.device_make" host_info.device_make,
    "host_info.device_model" host_info.device_model,
    "host_info.hostname" host_info.hostname,
    "host_info.nsdeviceuid" host_info.nsdeviceuid,
    "host_info.os" host_info.os,
    "host_info.os_version" host_info.os_version,
    "last_event" last_event,
    "last_event.actor" last_event.actor,
    "last_event.event" last_event.event,
    "last_event.npa_status" last_event.npa_status,
    "last_event.status" last_event.status,
    "last_event.status_v2" last_event.status_v2,
    "last_event.timestamp" last_event.timestamp,
    "users" users,
});

const USER: &[(&str, Get<Lenient<User>>)] = table!(of_user {
    "_id" id,
    "device_classification_status" device_classification_status,
    "last_event" last_event,
    "last_event.actor" last_event.actor,
    "last_event.event" last_event.event,
    "last_event.npa_status" last_event.npa_status,
    "last_event.status" last_event.status,
    "last_event.status_v2" last_event.status_v2,
    "last_event.timestamp" last_event.timestamp,
    "user_added_time" user_added_time,
    "user_source" user_source,
    "userkey" userkey,
    "username" username,
});

/// What no user has.
const OF_DEVICES: &[&str] = &["client_install_time", "device_id", "host_info", "users"];

impl Record for Device {
    type Row = Lenient<User>;

    fn field(path: &str) -> Option<Accessor<Self>> {
        Some(find(DEVICE, path).unwrap_or_else(|| Accessor::At(path.into(), other_of_device)))
    }

    fn rows(&self, _users: &str) -> &[Self::Row] {
        self.users.get().map_or(&[], Vec::as_slice)
    }
}

/// A user of a device: a row of its record.
impl Record for Lenient<User> {
    type Row = Self;

    fn field(path: &str) -> Option<Accessor<Self>> {
        find(USER, path).or_else(|| {
            let is_of_devices = OF_DEVICES.contains(&path.split('.').next()?);
            (!is_of_devices).then(|| Accessor::At(path.into(), other_of_user))
        })
    }
}

fn find<R>(table: &[(&str, Get<R>)], path: &str) -> Option<Accessor<R>> {
    let (_, get) = table.iter().find(|(known, _)| *known == path)?;
    Some(Accessor::Each(*get))
}

fn of_device<'r>(
    device: &'r Device,
    _: &str,
    seen: &mut Visit<'_, 'r>,
    show: impl FnOnce(&'r Device, &mut Visit<'_, 'r>) -> bool,
) -> bool {
    show(device, seen)
}

fn of_user<'r>(
    user: &'r Lenient<User>,
    path: &str,
    seen: &mut Visit<'_, 'r>,
    show: impl FnOnce(&'r User, &mut Visit<'_, 'r>) -> bool,
) -> bool {
    match user {
        Lenient::Known(user) => show(user, seen),
        Lenient::Absent => seen(Scalar::Absent),
        Lenient::Odd(value) => seen(Scalar::Absent) || values_at(value, path, seen),
    }
}

fn other_of_device<'r>(device: &'r Device, path: &str, seen: &mut Visit<'_, 'r>) -> bool {
    match path.split_once('.') {
        Some(("host_info", rest)) => inside(&device.host_info, rest, seen, |host, rest, seen| {
            other(&host.other, rest, seen)
        }),
        Some(("last_event", rest)) => inside(&device.last_event, rest, seen, other_of_event),
        _ => other(&device.other, path, seen),
    }
}

fn other_of_user<'r>(user: &'r Lenient<User>, path: &str, seen: &mut Visit<'_, 'r>) -> bool {
    of_user(user, path, seen, |user, seen| match path.split_once('.') {
        Some(("last_event", rest)) => inside(&user.last_event, rest, seen, other_of_event),
        _ => other(&user.other, path, seen),
    })
}

fn other_of_event<'r>(event: &'r LastEvent, path: &str, seen: &mut Visit<'_, 'r>) -> bool {
    other(&event.other, path, &mut |value| {
        value != Scalar::Absent && seen(value)
    })
}

/// A field that is not documented: below the longest start of the path that is a key.
fn other<'r>(fields: &'r Map<String, Value>, path: &str, seen: &mut Visit<'_, 'r>) -> bool {
    let ends = std::iter::once(path.len()).chain(path.rmatch_indices('.').map(|(at, _)| at));
    for (key, rest) in ends.filter_map(|end| path.split_at_checked(end)) {
        if let Some(value) = fields.get(key) {
            return values_at(value, rest.strip_prefix('.').unwrap_or(rest), seen);
        }
    }
    seen(Scalar::Absent)
}

/// A field of the record itself.
fn top<'r, T: Show>(field: &'r Lenient<T>, seen: &mut Visit<'_, 'r>) -> bool {
    if field.is_absent() {
        return seen(Scalar::Absent);
    }
    field.show(seen)
}

/// A field of a field; `path` is that within it.
fn inside<'r, T>(
    field: &'r Lenient<T>,
    path: &str,
    seen: &mut Visit<'_, 'r>,
    show: impl FnOnce(&'r T, &str, &mut Visit<'_, 'r>) -> bool,
) -> bool {
    match field {
        Lenient::Absent => seen(Scalar::Absent),
        Lenient::Known(inner) => show(inner, path, seen),
        Lenient::Odd(value) => values_at(value, path, seen),
    }
}

fn after_first(path: &str) -> &str {
    path.split_once('.').map_or("", |(_, rest)| rest)
}

/// What shows its values, of which what is absent has none.
trait Show {
    fn show<'r>(&'r self, seen: &mut Visit<'_, 'r>) -> bool;
}

impl<T: Show> Show for Lenient<T> {
    fn show<'r>(&'r self, seen: &mut Visit<'_, 'r>) -> bool {
        match self {
            Self::Absent => false,
            Self::Known(value) => value.show(seen),
            Self::Odd(value) => values_at(value, "", seen),
        }
    }
}

impl Show for String {
    fn show<'r>(&'r self, seen: &mut Visit<'_, 'r>) -> bool {
        seen(self.into())
    }
}

impl Show for Number {
    fn show<'r>(&'r self, seen: &mut Visit<'_, 'r>) -> bool {
        seen(self.into())
    }
}

impl<C: Codes> Show for Coded<C> {
    fn show<'r>(&'r self, seen: &mut Visit<'_, 'r>) -> bool {
        match self.as_written() {
            Ok(value) => seen(value),
            Err(value) => values_at(value, "", seen),
        }
    }
}

impl Show for Vec<Lenient<User>> {
    fn show<'r>(&'r self, seen: &mut Visit<'_, 'r>) -> bool {
        self.iter().any(|user| match user {
            Lenient::Odd(value) => seen(value.into()),
            Lenient::Absent | Lenient::Known(_) => seen(Scalar::Other),
        })
    }
}

macro_rules! show_as_object {
    ($($record:ty),+) => {$(
        impl Show for $record {
            fn show<'r>(&'r self, seen: &mut Visit<'_, 'r>) -> bool {
                seen(Scalar::Other)
            }
        }
    )+};
}

show_as_object!(HostInfo, LastEvent);
