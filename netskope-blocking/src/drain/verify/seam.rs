//! Where one part of a ledger goes on from another.

use super::Finding;
use crate::drain::ledger::{Before, Seal};

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
    /// What is to be said where the next part begins, which goes on from this, and the part before ended with page `reached`.
    pub(super) fn finding(
        &self,
        reached: u64,
        before: Option<&Before>,
        part: &str,
    ) -> Option<Finding> {
        let sequence = before.map_or(0, |before| before.progress.sequence());
        match self {
            Self::Unknown => None,
            Self::Nothing => before.map(|_| Finding::Earlier { pages: sequence }),
            Self::End(seal) if before.map(|before| before.sum) == *seal => None,
            Self::End(_) if sequence > reached => Some(Finding::PagesGone {
                from: reached + 1,
                to: sequence,
            }),
            Self::End(_) => Some(Finding::Seam {
                part: part.to_owned(),
            }),
        }
    }
}
