//! Checksums that chain the lines of a ledger.

use netskope_model::v2::Digest;
use serde::{Deserialize, Serialize};

/// The checksum of a line, which goes into that of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(in crate::drain) struct Seal(Digest);

impl Default for Seal {
    fn default() -> Self {
        Self(Digest::of(b""))
    }
}

/// What stands between a line's text and its checksum.
const MEMBER: &str = ",\"sum\":\"";
const END: &str = "\"}";

impl Seal {
    /// The line of an object that comes after the line of this seal.
    pub(super) fn seal(self, object: &impl Serialize) -> (String, Self) {
        let object = serde_json::to_string(object).unwrap_or_default();
        let text = object.strip_suffix('}').unwrap_or_default();
        let seal = self.of(text);
        (format!("{text}{MEMBER}{}{END}\n", seal.0), seal)
    }

    /// The seal of a line, where it is one that comes after the line of this seal.
    pub(super) fn check(self, line: &str) -> Option<Self> {
        let (text, sum) = line.strip_suffix(END)?.rsplit_once(MEMBER)?;
        let seal = self.of(text);
        (seal.0.to_string() == sum).then_some(seal)
    }

    fn of(self, text: &str) -> Self {
        Self(Digest::of(format!("{}{text}", self.0).as_bytes()))
    }
}
