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
        match self {
            Self::Unknown => None,
            Self::Nothing => before.map(|_| Finding::Earlier { pages: sequence }),
            Self::End(seal) if before.map(|before| before.sum) == *seal => {
                let other = before.filter(|before| before.progress != *reached);
                other.map(|_| Finding::Carried {
                    part: part.to_owned(),
                })
            }
            Self::End(_) if sequence > reached.sequence() => Some(Finding::PagesGone {
                from: reached.next_sequence(),
                to: sequence,
            }),
            Self::End(_) => Some(Finding::Seam {
                part: part.to_owned(),
            }),
        }
    }
}
