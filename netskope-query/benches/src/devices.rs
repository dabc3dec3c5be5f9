//! Synthetic devices, the same ones each time.

use serde_json::{Value, json};

/// A device as a program that works with devices would hold it.
pub(crate) struct Device {
    pub(crate) id: String,
    pub(crate) client_version: String,
    pub(crate) client_install_time: i64,
    pub(crate) host_info: HostInfo,
    pub(crate) last_event: LastEvent,
    pub(crate) users: Vec<User>,
}

pub(crate) struct HostInfo {
    pub(crate) hostname: String,
    pub(crate) os: i64,
    pub(crate) os_version: String,
    pub(crate) device_make: String,
    pub(crate) device_model: String,
    pub(crate) nsdeviceuid: String,
}

pub(crate) struct LastEvent {
    pub(crate) status: i64,
    pub(crate) event: i64,
    pub(crate) actor: i64,
    pub(crate) timestamp: i64,
}

pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) username: String,
    pub(crate) userkey: String,
    pub(crate) source: i64,
    pub(crate) added: i64,
}

/// The name that exactly one of the devices has.
pub(crate) const RARE_NAME: &str = "LAPTOP-00bench1";

const PREFIXES: &[&str] = &["DESKTOP-", "LAPTOP-", "MAC-", "WS-"];
const FIRST: &[&str] = &[
    "alice", "amir", "anna", "bob", "carla", "chen", "david", "elena", "emma", "farid", "grace",
    "hugo", "ines", "jack", "kofi", "lena", "maria", "nina", "omar", "paul", "rosa", "tom",
];
const LAST: &[&str] = &[
    "adams", "berg", "costa", "diaz", "evans", "fischer", "garcia", "haddad", "ito", "jones",
    "kim", "lopez", "meyer", "novak", "okafor", "patel", "smith",
];

/// So many devices; fewer are the first of more, but for the one with the rare name, which stands in the middle.
pub(crate) fn devices(count: usize) -> Vec<Device> {
    let mut random = Random(42);
    let mut devices: Vec<_> = (0..count)
        .map(|number| device(number, &mut random))
        .collect();
    RARE_NAME.clone_into(&mut devices[count / 2].host_info.hostname);
    devices
}

fn device(number: usize, random: &mut Random) -> Device {
    let users = match random.below(100) {
        0..70 => 1,
        70..90 => 2,
        90..97 => 3,
        _ => 5,
    };
    Device {
        id: format!("{:016x}{number:08x}", random.next()),
        client_version: format!(
            "1{}.0.{}.{}",
            random.below(30),
            random.below(9),
            random.below(3000)
        ),
        client_install_time: time(random),
        host_info: HostInfo {
            hostname: format!("{}{:07x}", random.one_of(PREFIXES), random.below(1 << 28)),
            os: [0, 0, 0, 1, 1, 3, 4][random.index(7)],
            os_version: format!("1{}.{}", random.below(6), random.below(8)),
            device_make: format!("Maker {}", random.below(12)),
            device_model: format!("Model {}", random.below(400)),
            nsdeviceuid: format!("{:016X}-{:016X}", random.next(), random.next()),
        },
        last_event: LastEvent {
            // Disabled, enabled and uninstalled as 1 to 8 to 1.
            status: [0, 1, 1, 1, 1, 1, 1, 1, 1, 2][random.index(10)],
            event: code(random, 12),
            actor: [0, 1, 2, 4][random.index(4)],
            timestamp: time(random),
        },
        users: (0..users).map(|_| user(random)).collect(),
    }
}

fn user(random: &mut Random) -> User {
    User {
        id: format!("{:024x}", random.next()),
        username: format!(
            "{}.{}@acme.example",
            random.one_of(FIRST),
            random.one_of(LAST)
        ),
        userkey: format!("{:020X}", random.next()),
        source: code(random, 3),
        added: time(random),
    }
}

fn time(random: &mut Random) -> i64 {
    1_700_000_000 + code(random, 60_000_000)
}

fn code(random: &mut Random, below: u32) -> i64 {
    i64::from(random.below(below))
}

impl Device {
    /// The names of all users in one text.
    pub(crate) fn usernames(&self) -> String {
        let names = self.users.iter().map(|user| user.username.as_str());
        names.collect::<Vec<_>>().join("\n")
    }

    /// The device as the interface writes it, with codes as numbers.
    pub(crate) fn json(&self) -> Value {
        let (host, event) = (&self.host_info, &self.last_event);
        let users: Vec<_> = self.users.iter().map(User::json).collect();
        json!({
            "_id": self.id,
            "device_id": self.id,
            "client_version": self.client_version,
            "client_install_time": self.client_install_time,
            "host_info": {
                "hostname": host.hostname,
                "os": host.os,
                "os_version": host.os_version,
                "device_make": host.device_make,
                "device_model": host.device_model,
                "nsdeviceuid": host.nsdeviceuid,
            },
            "last_event": {
                "status": event.status,
                "event": event.event,
                "actor": event.actor,
                "timestamp": event.timestamp,
            },
            "users": users,
        })
    }
}

impl User {
    fn json(&self) -> Value {
        json!({
            "_id": self.id,
            "username": self.username,
            "userkey": self.userkey,
            "user_source": self.source,
            "user_added_time": self.added,
        })
    }
}

/// `SplitMix64`: small, and good enough to look random.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u32) -> u32 {
        let scaled = (self.next() >> 32) * u64::from(bound);
        u32::try_from(scaled >> 32).unwrap_or_default()
    }

    fn index(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.index(list.len())]
    }
}
