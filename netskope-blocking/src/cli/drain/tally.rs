//! What is counted of one stream, for everybody who tells of it.

use super::event::{Ending, Event, cause, is_retry};
use crate::cli::failure::Failure;
use netskope_blocking::model::{
    drain::Resume,
    flow::{Tick, WaitReason},
    v2::Stream,
};
use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

/// One stream, as it is going.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    name: String,
    pub(super) state: State,
    pub(super) records: u64,
    /// Of the records as lines, uncompressed.
    pub(super) bytes: u64,
    pub(super) pages: u64,
    /// Repeated requests, by cause.
    pub(super) retries: BTreeMap<&'static str, u64>,
    /// Time spent in waits that are over, by cause.
    waits: BTreeMap<&'static str, Duration>,
    /// Up to when the tenant has given everything, in seconds since 1970.
    pub(super) high_water_mark: Option<i64>,
    /// The number of the last page that is safe, counted over all runs.
    pub(super) sequence: u64,
    trouble: Option<Failure>,
    recent: VecDeque<(Tick, u64)>,
}

/// What a stream is doing.
#[derive(Clone, Debug)]
pub(super) enum State {
    Starting,
    Reading,
    Waiting {
        reason: WaitReason,
        since: Tick,
        until: Tick,
    },
    Ended(Ending),
}

/// A terminal of fewer columns is narrow.
pub(super) const NARROW: usize = 72;

/// Over how long a rate is taken.
const RECENT: Duration = Duration::from_secs(10);

impl Tally {
    pub(super) fn new(stream: &Stream) -> Self {
        Self {
            name: stream.to_string(),
            state: State::Starting,
            records: 0,
            bytes: 0,
            pages: 0,
            retries: BTreeMap::new(),
            waits: BTreeMap::new(),
            high_water_mark: None,
            sequence: 0,
            trouble: None,
            recent: VecDeque::new(),
        }
    }

    pub(super) fn take(&mut self, now: Tick, event: &Event) {
        match event {
            Event::Started { resume } => {
                if let Resume::After(last)
                | Resume::Doubt {
                    last: Some(last), ..
                } = resume
                {
                    self.sequence = last.sequence;
                    self.high_water_mark = last.high_water_mark;
                }
                self.enter(now, State::Reading);
            }
            Event::Failed { failure } => self.trouble = Some(failure.clone()),
            Event::Waiting(wait) => {
                if is_retry(wait.reason) {
                    *self.retries.entry(cause(wait.reason)).or_default() += 1;
                }
                let state = State::Waiting {
                    reason: wait.reason,
                    since: now,
                    until: now + wait.duration,
                };
                self.enter(now, state);
            }
            Event::SetAside(_) | Event::Stuck(_) => {}
            Event::Asking => self.enter(now, State::Reading),
            Event::Page { commit, bytes } => {
                self.records += commit.mark.records;
                self.bytes += bytes;
                self.pages += 1;
                self.trouble = None;
                self.sequence = commit.sequence;
                self.high_water_mark = commit.high_water_mark.or(self.high_water_mark);
                self.recent.push_back((now, commit.mark.records));
                self.forget(now);
            }
            Event::Ended(ending) => self.enter(now, State::Ended(ending.clone())),
        }
    }

    fn enter(&mut self, now: Tick, state: State) {
        self.waits = self.waits(now);
        self.state = state;
    }

    /// Time spent waiting up to now, by cause.
    pub(super) fn waits(&self, now: Tick) -> BTreeMap<&'static str, Duration> {
        let mut waits = self.waits.clone();
        if let State::Waiting {
            reason,
            since,
            until,
        } = self.state
        {
            *waits.entry(cause(reason)).or_default() += now.min(until).since(since);
        }
        waits
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Its name, without its family where room is dear.
    pub(super) fn name_in(&self, is_narrow: bool) -> &str {
        match self.name.split_once('/') {
            Some((_, alone)) if is_narrow => alone,
            _ => &self.name,
        }
    }

    /// Records a second, of late.
    pub(super) fn rate(&self, now: Tick) -> u64 {
        let of_late = self
            .recent
            .iter()
            .filter(|(then, _)| now.since(*then) < RECENT);
        let records: u64 = of_late.map(|(_, records)| records).sum();
        let over = now.since(Tick::default()).min(RECENT).as_secs().max(1);
        records / over
    }

    /// How far the records are behind the present, which is in seconds since 1970.
    pub(super) fn lag(&self, now: i64) -> Option<Duration> {
        let seconds = now.saturating_sub(self.high_water_mark?);
        Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
    }

    /// How the latest request failed, if it did.
    pub(super) fn trouble(&self) -> Option<&Failure> {
        self.trouble.as_ref()
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self.state, State::Ended(_))
    }

    pub(super) fn retried(&self) -> u64 {
        self.retries.values().sum()
    }

    fn forget(&mut self, now: Tick) {
        while let Some((then, _)) = self.recent.front() {
            if now.since(*then) < RECENT {
                break;
            }
            self.recent.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use netskope_blocking::model::flow::Wait;

    #[test]
    fn a_wait_counts_as_it_passes() {
        let mut tally = Tally::new(&Stream::parse("page").unwrap());
        let second = |number: u64| Tick::from_millis(number * 1_000);
        let wait = |seconds| {
            Event::Waiting(Wait {
                duration: Duration::from_secs(seconds),
                reason: WaitReason::Asked,
            })
        };
        let waited =
            |tally: &Tally, now| tally.waits(second(now)).get("asked").map(Duration::as_secs);
        assert_eq!(waited(&tally, 5), None);
        tally.take(second(10), &wait(300));
        for (now, seconds) in [(10, 0), (15, 5), (310, 300), (400, 300)] {
            assert_eq!(waited(&tally, now), Some(seconds), "{now}");
        }
        // It is cut short, and another one begins.
        tally.take(second(20), &Event::Asking);
        assert_eq!(waited(&tally, 30), Some(10));
        tally.take(second(30), &wait(7));
        assert_eq!(waited(&tally, 100), Some(17));
    }
}
