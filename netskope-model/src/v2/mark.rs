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

/// The XXH3 hash, of 128 bits, of records as lines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(u128);

impl Digest {
    /// The digest of records, each with a line feed behind it.
    pub fn of(ndjson: &[u8]) -> Self {
        Self(twox_hash::XxHash3_128::oneshot(ndjson))
    }
}

/// A [`Digest`] of records that come one after the other.
#[derive(Clone, Default)]
pub struct Digester(twox_hash::xxhash3_128::Hasher);

impl Digester {
    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    /// The digest of all bytes so far.
    pub fn finish(&self) -> Digest {
        Digest(self.0.finish_128())
    }
}

impl fmt::Debug for Digester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digester({})", self.finish())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_to_the_digest_of_the_whole() {
        let text = "{\"_id\":\"a\"}\n".repeat(100);
        for size in [1, 7, 256, 5_000] {
            let mut digester = Digester::default();
            text.as_bytes()
                .chunks(size)
                .for_each(|part| digester.update(part));
            assert_eq!(digester.finish(), Digest::of(text.as_bytes()), "{size}");
        }
    }
}
