//! What a consumer writes down, so that a page is neither lost nor taken twice.

use super::{Digest, Mark, Operation, Page};
use serde::{Deserialize, Serialize};

/// What is about to be asked. Written down before the request leaves, it tells a later run that the tenant may have moved
/// its index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The number of the page it will be, from 1 on.
    pub sequence: u64,
    /// The operation; in the place of the tail, which moves on, the time when it was asked for.
    pub operation: Operation,
}

/// A page that is safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// The number of the page, from 1 on.
    pub sequence: u64,
    /// The operation that brought it.
    pub operation: Operation,
    /// Which page it is.
    #[serde(flatten)]
    pub mark: Mark,
    /// Up to when the tenant has given everything, in seconds since 1970, where it said so (`timestamp_hwm`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high_water_mark: Option<i64>,
    /// What the last page that had records adds up to, where this one has none. What a tenant sends again after a page without
    /// records is documented nowhere, and it may be that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Digest>,
    /// When it was written, in seconds since 1970.
    pub at: u64,
}

impl Commit {
    /// Whether a page that was sent again is a safe one: this page, or the last one that had records.
    ///
    /// It is if all records are the same, byte for byte. Ids would not do: an incident that changes comes again under the same
    /// one, maybe as all of the next page. A tenant that wrote a page otherwise for `resend` would have it taken twice, which is
    /// better than a page that is lost; none is known to.
    pub fn is_of(&self, page: &Page) -> bool {
        let digest = page.mark().digest;
        self.mark.digest == digest || self.before == Some(digest)
    }

    /// What the last page that had records adds up to, if there was one: this page, or one before it.
    pub(crate) fn last_records(&self) -> Option<Digest> {
        if self.mark.records > 0 {
            Some(self.mark.digest)
        } else {
            self.before
        }
    }
}
