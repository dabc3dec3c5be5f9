//! Where one part of a ledger goes on from another.

use super::Finding;
use crate::drain::ledger::{Before, Progress, Seal};

/// What the part before ended with.
#[derive(Debug, Default)]
pub(super) enum Seam {
    /// There was none.
    #[default]
    Nothing,
    /// The checksum of its last line; none where something stands behind that.
    End(Option<Seal>),
    /// Nobody knows: it is damaged.
    Unknown,
}

impl Seam {
    /// What is to be said where the next part begins, which goes on from this, and the part before got as far as `reached`.
    pub(super) fn finding(
        &self,
        reached: &Progress,
        before: Option<&Before>,
        part: &str,
    ) -> Option<Finding> {
        let sequence = before.map_or(0, |before| before.progress.sequence());
        let part = part.to_owned();
        match (self, before) {
            (Self::Unknown, _) | (Self::Nothing, None) => None,
            (Self::Nothing, Some(_)) => Some(Finding::Earlier { pages: sequence }),
            (Self::End(Some(seal)), Some(before)) if before.sum == *seal => {
                (before.progress != *reached).then_some(Finding::Carried { part })
            }
            (Self::End(_), _) if sequence > reached.sequence() => Some(Finding::PagesGone {
                from: reached.next_sequence(),
                to: sequence,
            }),
            (Self::End(_), _) => Some(Finding::Seam { part }),
        }
    }
}
