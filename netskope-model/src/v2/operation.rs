//! What an iterator can be asked to do.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// An operation of an iterator; all but [`Operation::Resend`] move its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// The first page from this time on, in seconds since 1970.
    Epoch(u64),
    /// The first page that is stored.
    Head,
    /// The most current page.
    Tail,
    /// The page after the one before.
    Next,
    /// The page before, once more.
    Resend,
}

/// Where a fresh index starts. There is no default: what a tenant does with a bare `next` on a fresh index is documented nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Start {
    /// With the oldest records that the tenant keeps.
    Head,
    /// With what comes in from now on.
    Tail,
    /// At this time, in seconds since 1970.
    At(u64),
}

impl From<Start> for Operation {
    fn from(start: Start) -> Self {
        match start {
            Start::Head => Self::Head,
            Start::Tail => Self::Tail,
            Start::At(seconds) => Self::Epoch(seconds),
        }
    }
}

/// How far clocks may differ; Kerberos allows for as much.
const ROOM: u64 = 5 * 60;

impl Operation {
    /// What gives no less, asked later than at this time in seconds since 1970. The tail moves on meanwhile.
    pub(crate) const fn later(self, than: u64) -> Self {
        match self {
            Self::Tail => Self::Epoch(than.saturating_sub(ROOM)),
            other => other,
        }
    }

    /// What gives the same page, whether or not this was answered already.
    pub(crate) const fn again(self) -> Self {
        match self {
            Self::Next => Self::Resend,
            other => other,
        }
    }

    /// The operation of this text, as it is on the wire.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "head" => Self::Head,
            "tail" => Self::Tail,
            "next" => Self::Next,
            "resend" => Self::Resend,
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Self::Epoch(digits.parse().ok()?)
            }
            _ => return None,
        })
    }
}

/// As it is on the wire.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Epoch(seconds) => write!(f, "{seconds}"),
            Self::Head => f.write_str("head"),
            Self::Tail => f.write_str("tail"),
            Self::Next => f.write_str("next"),
            Self::Resend => f.write_str("resend"),
        }
    }
}

impl Serialize for Operation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Operation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("\"{text}\" is no operation")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_read_as_it_is_written() {
        use Operation::{Epoch, Head, Next, Resend, Tail};
        for operation in [Epoch(0), Epoch(1_700_000_000), Head, Tail, Next, Resend] {
            assert_eq!(Operation::parse(&operation.to_string()), Some(operation));
        }
        for text in ["", "-1", "Next", "1.5", "99999999999999999999999"] {
            assert_eq!(Operation::parse(text), None, "{text}");
        }
    }
}
