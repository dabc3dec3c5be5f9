//! Which page it is.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What tells one page from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// How many records it has.
    pub records: u64,
    /// The `_id` of its first record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_id: Option<String>,
    /// The `_id` of its last record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_id: Option<String>,
    /// What its records add up to.
    pub digest: Digest,
}

impl Mark {
    /// Whether two marks are of one page.
    ///
    /// They are if all records are the same, byte for byte. A tenant that writes a page anew for `resend`, say with members
    /// in another order, is recognised by the number of records and the ids of the first and the last one.
    pub fn is_same_page(&self, other: &Self) -> bool {
        let ids_agree = self.records > 0
            && self.first_id.is_some()
            && self.last_id.is_some()
            && (self.records, &self.first_id, &self.last_id)
                == (other.records, &other.first_id, &other.last_id);
        self.digest == other.digest || ids_agree
    }
}

/// The XXH3 hash, of 128 bits, of records as lines.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(u128);

impl Digest {
    /// The digest of records, each with a line feed behind it.
    pub fn of(ndjson: &[u8]) -> Self {
        Self(twox_hash::XxHash3_128::oneshot(ndjson))
    }
}

/// As 32 hexadecimal digits.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match u128::from_str_radix(&text, 16) {
            Ok(hash) if text.len() == 32 => Ok(Self(hash)),
            _ => Err(serde::de::Error::custom(format!("\"{text}\" is no digest"))),
        }
    }
}
