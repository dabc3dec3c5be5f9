//! When the tail was asked for, by the tenant's clock.

use super::Resume;
use crate::{
    flow::Tick,
    v2::{Operation, Page, Start},
};

/// How long ago a drain began that asks for the time of the tail in its place.
#[derive(Debug)]
pub(super) struct Tail {
    /// How many seconds before this run, and the five minutes that the time in its place is earlier, which do no harm.
    earlier: u64,
    /// When this run began.
    pub(super) first: Option<Tick>,
}

impl Tail {
    /// That of a drain that goes on so at a time in seconds since 1970, if it is at the tail.
    pub(super) fn of(resume: &Resume, began: u64) -> Option<Self> {
        let earlier = match resume {
            Resume::Fresh(Start::Tail) => 0,
            Resume::Doubt { asked, is_tail, .. } => match asked {
                Operation::Tail => 0,
                Operation::Epoch(epoch) if *is_tail => began.saturating_sub(*epoch),
                _ => return None,
            },
            _ => return None,
        };
        Some(Self {
            earlier,
            first: None,
        })
    }

    /// When the drain began, where the page that arrived now shows that the machine's clock is ahead: its high-water mark is
    /// from before the time that was asked for. That is then a time to come, and what comes in until then is not on the page.
    ///
    /// Where it is the tenant that is behind, an earlier time leaves out nothing. Each time is earlier than the one before.
    pub(super) fn began(&self, asked: Operation, page: &Page, now: Tick) -> Option<u64> {
        let Operation::Epoch(epoch) = asked else {
            return None;
        };
        let mark = u64::try_from(page.high_water_mark()?).ok()?;
        let run = self.first.map_or(0, |first| now.since(first).as_secs());
        let elapsed = self.earlier.saturating_add(run);
        (1..epoch)
            .contains(&mark)
            .then(|| mark.saturating_sub(elapsed))
    }
}
