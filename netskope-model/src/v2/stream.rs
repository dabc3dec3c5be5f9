//! The names of the log streams.

use crate::error::{Error, ErrorKind};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{borrow::Cow, fmt, str::FromStr};

/// The events that a tenant exports: the published description of the interface, and `endpoint` and `network` of later clients.
const EVENTS: [&str; 9] = [
    "alert",
    "application",
    "audit",
    "connection",
    "endpoint",
    "incident",
    "infrastructure",
    "network",
    "page",
];

/// The alerts that a tenant exports: the names of `netskopesdk`, and `content` and `device` of later clients.
const ALERTS: [&str; 13] = [
    "compromisedcredential",
    "content",
    "ctep",
    "device",
    "dlp",
    "malsite",
    "malware",
    "policy",
    "quarantine",
    "remediation",
    "securityassessment",
    "uba",
    "watchlist",
];

/// A log stream of a tenant, such as `events/page` or `alerts/dlp`.
///
/// ```
/// use netskope_model::v2::Stream;
///
/// assert_eq!(Stream::parse("page")?.to_string(), "events/page");
/// assert_eq!(Stream::parse("alerts/dlp")?, Stream::parse("dlp")?);
/// // Tenants get new ones; with its family, any name will do.
/// assert_eq!(Stream::parse("alerts/brandnew")?.name(), "brandnew");
/// assert!(Stream::parse("brandnew").is_err());
/// # Ok::<_, netskope_model::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stream {
    family: Family,
    name: Cow<'static, str>,
}

/// The two halves of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Events of a kind.
    Events,
    /// Alerts of a type.
    Alerts,
}

impl Family {
    /// Its part of the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Alerts => "alerts",
        }
    }

    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Events => &EVENTS,
            Self::Alerts => &ALERTS,
        }
    }
}

impl Stream {
    /// A stream by its name, alone or after its family and a slash.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] where a name without a family is not a known one, or no name at all.
    pub fn parse(text: &str) -> Result<Self, Error> {
        match text.split_once('/') {
            None => Self::all()
                .find(|stream| stream.name == text)
                .ok_or_else(|| unknown(text)),
            Some(("events", name)) => Self::named(Family::Events, name),
            Some(("alerts", name)) => Self::named(Family::Alerts, name),
            Some(_) => Err(unknown(text)),
        }
    }

    /// All streams that are known by name; events first.
    pub fn all() -> impl Iterator<Item = Self> {
        [Family::Events, Family::Alerts]
            .into_iter()
            .flat_map(|family| {
                family.names().iter().map(move |&name| Self {
                    family,
                    name: Cow::Borrowed(name),
                })
            })
    }

    /// Whether it is one of the events or of the alerts.
    pub fn family(&self) -> Family {
        self.family
    }

    /// Its name within its family.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn named(family: Family, name: &str) -> Result<Self, Error> {
        let well_formed = name.len() <= 64
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !well_formed {
            return Err(unknown(name));
        }
        let known = family.names().iter().find(|&&known| known == name);
        let name = known.map_or_else(|| name.to_owned().into(), |&known| known.into());
        Ok(Self { family, name })
    }
}

fn unknown(text: &str) -> Error {
    Error::new(
        ErrorKind::Request,
        format!(
            "no log stream is called \"{}\"; the events are {}; the alerts are {}",
            crate::error::printable(text),
            EVENTS.join(", "),
            ALERTS.join(", "),
        ),
    )
    .with_hint("a newer one is named with its family, such as alerts/NAME, in lower case")
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.family.as_str(), self.name)
    }
}

impl FromStr for Stream {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl Serialize for Stream {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stream {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_stream_is_found_by_both_its_names() {
        for stream in Stream::all() {
            assert_eq!(Stream::parse(stream.name()).unwrap(), stream);
            assert_eq!(Stream::parse(&stream.to_string()).unwrap(), stream);
        }
        assert_eq!(Stream::all().count(), 22);
    }

    #[test]
    fn what_is_no_part_of_an_address_is_no_stream() {
        for text in [
            "",
            "Page",
            "events/",
            "events/../v1",
            "events/a b",
            "events/a?b",
            "logs/page",
            "clientstatus",
            "events/page/x",
        ] {
            assert!(Stream::parse(text).is_err(), "{text}");
        }
    }
}
