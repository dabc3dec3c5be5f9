//! A device as `GET Client Data` returns it.
//!
//! The fields are those of the article and those that every recorded response has; all others are kept in `other`.

mod fields;

use crate::{
    codes::{Actor, Classification, Coded, Event, NpaStatus, Os, Status, StatusV2, UserSource},
    lenient::{Lenient, Shaped},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

/// A device with the Netskope client, its last event, and its users.
///
/// It is written back as the JSON value it was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Device {
    /// The record's identity; devices of the same name differ in it.
    #[serde(rename = "_id", default, skip_serializing_if = "Lenient::is_absent")]
    pub id: Lenient<String>,
    /// When the client was installed, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub client_install_time: Lenient<Number>,
    /// The client's version, such as `94.1.1.960`.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub client_version: Lenient<String>,
    /// The device's identity, in all recorded responses equal to `_id`.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub device_id: Lenient<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub host_info: Lenient<HostInfo>,
    /// What happened on it last, whoever was its user.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub last_event: Lenient<LastEvent>,
    /// Its users, the latest first.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub users: Lenient<Vec<Lenient<User>>>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What a device is: `host_info`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HostInfo {
    /// Its maker.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub device_make: Lenient<String>,
    /// Its model.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub device_model: Lenient<String>,
    /// Its name, which other devices may share.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub hostname: Lenient<String>,
    /// The client's own identity of the device, a UUID.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub nsdeviceuid: Lenient<String>,
    /// Its operating system.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub os: Lenient<Coded<Os>>,
    /// The operating system's version.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub os_version: Lenient<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The last thing that happened: `last_event`, of a device or of one of its users.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LastEvent {
    /// Who caused it.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub actor: Lenient<Coded<Actor>>,
    /// What it was.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub event: Lenient<Coded<Event>>,
    /// What Private Access has done since.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub npa_status: Lenient<Coded<NpaStatus>>,
    /// What the client has done since.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub status: Lenient<Coded<Status>>,
    /// The same in the newer numbering.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub status_v2: Lenient<Coded<StatusV2>>,
    /// When it was, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub timestamp: Lenient<Number>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// One user of a device: an element of `users`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// The record's identity, which two entries of one device may share.
    #[serde(rename = "_id", default, skip_serializing_if = "Lenient::is_absent")]
    pub id: Lenient<String>,
    /// Whether the device is one of the organisation's.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub device_classification_status: Lenient<Coded<Classification>>,
    /// What happened last under this user.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub last_event: Lenient<LastEvent>,
    /// When the user was added, in seconds since 1970, whole or with a fraction.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub user_added_time: Lenient<Number>,
    /// Where the user comes from.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub user_source: Lenient<Coded<UserSource>>,
    /// The user's key.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub userkey: Lenient<String>,
    /// The user's name, mostly an e-mail address.
    #[serde(default, skip_serializing_if = "Lenient::is_absent")]
    pub username: Lenient<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl Device {
    /// The `_id`.
    pub fn id(&self) -> Option<&str> {
        self.id.get().map(String::as_str)
    }

    /// `host_info.hostname`.
    pub fn hostname(&self) -> Option<&str> {
        self.host_info.get()?.hostname.get().map(String::as_str)
    }

    /// When it was last heard of, in whole seconds since 1970: `last_event.timestamp`.
    pub fn last_seen(&self) -> Option<i64> {
        self.last_event.get()?.seconds()
    }

    /// The users that are as documented, the latest first.
    pub fn users(&self) -> impl Iterator<Item = &User> {
        self.users
            .get()
            .into_iter()
            .flatten()
            .filter_map(Lenient::get)
    }
}

impl LastEvent {
    /// When it was, in whole seconds since 1970.
    pub fn seconds(&self) -> Option<i64> {
        self.timestamp.get()?.as_i64()
    }
}

macro_rules! shaped_as_object {
    ($($record:ty),+) => {$(
        impl Shaped for $record {
            fn fits(value: &Value) -> bool {
                value.is_object()
            }
        }
    )+};
}

shaped_as_object!(Device, HostInfo, LastEvent, User);
