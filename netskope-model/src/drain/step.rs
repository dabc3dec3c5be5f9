//! What a drain hands to its driver.

use crate::v2::{Commit, Digest, Intent, Operation, Page};

/// What a driver must do before it asks a [`Drain`](super::Drain) for more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
pub enum Step {
    /// Write this down, to stay: a request is about to leave that moves the index.
    Intend(Intent),
    /// Keep this page, and acknowledge it once it is safe.
    Page(Delivery),
}

/// A page that nobody has yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its number, from 1 on.
    pub sequence: u64,
    /// The operation that brought it; [`Operation::Resend`] where it could not be had at first.
    pub operation: Operation,
    /// The page.
    pub page: Page,
    /// What the last page that had records adds up to, where this one has none.
    pub before: Option<Digest>,
}

impl Delivery {
    /// What to write down once the page is safe, at this time in seconds since 1970.
    pub fn commit(&self, at: u64) -> Commit {
        Commit {
            sequence: self.sequence,
            operation: self.operation,
            mark: self.page.mark().clone(),
            high_water_mark: self.page.high_water_mark(),
            before: self.before,
            at,
        }
    }
}
