//! Names of devices and people.

use super::{Fleet, Purpose};
use netskope_model::codes::Os;

const FIRST: [&str; 24] = [
    "Ada", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Kemal",
    "Lucía", "Mina", "Noor", "Olga", "Priya", "Quentin", "Rosa", "Sven", "Tala", "Uma", "Viktor",
    "Wanda", "Yusuf",
];
const LAST: [&str; 20] = [
    "abbott", "baumann", "costa", "dubois", "eriksen", "fischer", "greco", "haddad", "ivanova",
    "jensen", "kimura", "lopez", "moreau", "novak", "okafor", "petrov", "rossi", "silva", "tanaka",
    "weber",
];
const SITES: [&str; 8] = ["BER", "LON", "NYC", "OSL", "PAR", "ROM", "SFO", "TYO"];
const DOMAINS: [&str; 3] = ["example.com", "example.org", "example.net"];

/// A user, who may have several devices.
pub(super) struct Person {
    pub(super) username: String,
    pub(super) userkey: String,
}

/// The person of this number.
pub(super) fn person(fleet: Fleet, number: u64) -> Person {
    let mut random = fleet.random(Purpose::Person, number);
    let first = ascii(random.pick(&FIRST));
    let (last, domain) = (random.pick(&LAST), random.pick(&DOMAINS));
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    Person {
        username: format!("{first}.{last}{number}@{domain}"),
        userkey: random.text(alphabet, 20),
    }
}

/// A name of the device's own: no other number of the fleet has it, in any case of letters.
pub(super) fn hostname(fleet: Fleet, number: u64, os: Os) -> String {
    let mut random = fleet.random(Purpose::Name, number);
    let (first, site) = (random.pick(&FIRST), random.pick(&SITES));
    let style = random.below(6);
    match (os, style) {
        (Os::WindowsServer, _) => format!("SRV-{site}{number:03}"),
        (Os::Linux, _) => format!("dev_{}-{number}", site.to_lowercase()),
        (Os::Mac | Os::Ios, 0 | 1) => format!("{first}\u{2019}s Mac ({number})"),
        (Os::Mac | Os::Ios, 2) => format!("{first}\u{2019}s MacBook Pro {number}"),
        (Os::Mac, 3) => format!("{}s-mac-{number}", ascii(first)),
        (Os::Android | Os::Ios, _) => format!("{first} phone {number}"),
        (_, 0) => format!("Meeting room {site} [{number}]"),
        (_, 1) => format!("{}-laptop-{number}", ascii(first)),
        (_, 2) => format!("DESKTOP-{}{number}", random.hex(4).to_uppercase()),
        _ => format!("{site}-LT-{number:04}"),
    }
}

/// The same name in other letters, as happens when a device is set up again.
pub(super) fn in_other_case(name: &str) -> String {
    let lower = name.to_lowercase();
    if lower == name {
        name.to_uppercase()
    } else {
        lower
    }
}

fn ascii(name: &str) -> String {
    name.to_lowercase().replace('í', "i")
}
