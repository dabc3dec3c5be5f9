//! How far a consumer has read: one position for each endpoint and index name.

use super::log::Log;
use crate::{EarlyResend, FreshNext};
use netskope_model::flow::Tick;
use netskope_model::v2::Operation;
use std::time::Duration;

const HOUR: i64 = 3600;
/// Seconds to wait after a full page, as recorded.
const SHORT: u64 = 1;
/// Seconds to wait after an empty page: what published clients wait where they are told nothing.
const LONG: u64 = 30;

/// What every index of a tenant goes by.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) page_size: u64,
    pub(crate) wait_time: Option<u64>,
    pub(crate) hour_windows: bool,
    pub(crate) fresh_next: FreshNext,
    pub(crate) early_resend: EarlyResend,
}

/// Which records a page holds and what it says beside them: all that its bytes depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The position of its first record.
    pub(crate) from: u64,
    /// The position after its last.
    pub(crate) to: u64,
    pub(crate) wait_time: Option<i64>,
    pub(crate) high_water_mark: i64,
}

impl Page {
    pub(crate) fn count(&self) -> u64 {
        self.to - self.from
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.from == self.to
    }
}

/// The state of one index.
#[derive(Clone, Default)]
pub(crate) struct Index {
    cursor: Option<Cursor>,
    last: Option<Page>,
    taken_until: Option<Tick>,
}

#[derive(Clone, Copy)]
struct Cursor {
    /// The position of the next record.
    position: u64,
    /// The second up to which all is read, from which the batch of an hour counts.
    since: i64,
}

/// The present, in both ways of counting.
#[derive(Clone, Copy)]
pub(crate) struct Now {
    pub(crate) tick: Tick,
    pub(crate) second: i64,
}

impl Index {
    /// Whether a request before this one is still being answered.
    pub(crate) fn is_taken(&self, now: Tick) -> bool {
        self.taken_until.is_some_and(|until| now < until)
    }

    /// Keeps others out for so long.
    pub(crate) fn take(&mut self, now: Tick, time: Duration) {
        self.taken_until = (!time.is_zero()).then(|| now + time);
    }

    /// Does an operation; [`None`] where there is nothing to resend.
    pub(crate) fn turn(
        &mut self,
        operation: Operation,
        log: &Log,
        rules: Rules,
        now: Now,
    ) -> Option<Page> {
        let cursor = match operation {
            Operation::Resend => return self.last.or_else(|| rules.nothing_yet(now)),
            Operation::Next => self.cursor.unwrap_or_else(|| match rules.fresh_next {
                FreshNext::Oldest => Cursor::at(0, log, now),
                FreshNext::Now => Cursor::at(log.count(now.tick), log, now),
            }),
            Operation::Head => Cursor::at(0, log, now),
            Operation::Tail => {
                let newest = log.count(now.tick).saturating_sub(rules.page_size);
                Cursor::at(newest, log, now)
            }
            Operation::Epoch(second) => {
                let since = i64::try_from(second).unwrap_or(i64::MAX);
                Cursor {
                    position: log.first_from(since),
                    since,
                }
            }
        };
        let (page, cursor) = rules.page(cursor, log, now);
        (self.cursor, self.last) = (Some(cursor), Some(page));
        Some(page)
    }
}

impl Cursor {
    fn at(position: u64, log: &Log, now: Now) -> Self {
        let exists = position < log.count(now.tick);
        let second = exists.then(|| log.second(position)).flatten();
        Self {
            position,
            since: second.unwrap_or(now.second),
        }
    }
}

impl Rules {
    /// The page from here on, and where the next one starts.
    fn page(self, cursor: Cursor, log: &Log, now: Now) -> (Page, Cursor) {
        let Cursor {
            position: from,
            since,
        } = cursor;
        let hour = since.saturating_add(HOUR);
        let (bound, reached) = if self.hour_windows && hour <= now.second {
            (log.first_from(hour).min(log.count(now.tick)), hour)
        } else {
            (log.count(now.tick), now.second)
        };
        let bound = bound.max(from);
        let to = bound.min(from.saturating_add(self.page_size));
        let all = to == bound;
        let high_water_mark = match log.second(to.saturating_sub(1)) {
            Some(second) if !all => second,
            _ => reached,
        };
        let page = Page {
            from,
            to,
            wait_time: Some(self.wait_time(to - from)),
            high_water_mark,
        };
        let since = if all && reached == hour { hour } else { since };
        let cursor = Cursor {
            position: to,
            since,
        };
        (page, cursor)
    }

    fn nothing_yet(self, now: Now) -> Option<Page> {
        (self.early_resend == EarlyResend::Empty).then(|| Page {
            from: 0,
            to: 0,
            wait_time: Some(self.wait_time(0)),
            high_water_mark: now.second,
        })
    }

    /// Documented as "calculated based on the amount of data returned".
    fn wait_time(self, records: u64) -> i64 {
        let less = (LONG - SHORT) * records / self.page_size.max(1);
        let seconds = self.wait_time.unwrap_or(LONG - less);
        i64::try_from(seconds).unwrap_or(i64::MAX)
    }
}
