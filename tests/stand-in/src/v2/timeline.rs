//! When the made-up events of a stream happen: arithmetic on positions, without state.

use crate::Events;
use netskope_model::flow::Tick;

/// When each event happens, by its position in its stream.
#[derive(Clone, Copy)]
pub(crate) struct Timeline {
    events: Events,
    /// The epoch second of tick 0.
    origin: i64,
}

impl Timeline {
    pub(crate) fn new(events: Events, origin: i64) -> Self {
        Self { events, origin }
    }

    /// How many events have happened.
    pub(crate) fn count(self, now: Tick) -> u64 {
        let arrived = u128::from(now.as_millis()) * u128::from(self.events.per_second) / 1000;
        let arrived = u64::try_from(arrived).unwrap_or(u64::MAX);
        self.events.backlog.saturating_add(arrived)
    }

    /// The epoch second in which the event at this position happens.
    pub(crate) fn second(self, position: u64) -> i64 {
        let Events {
            backlog,
            span,
            per_second,
            ..
        } = self.events;
        if let Some(ahead) = backlog.checked_sub(position).filter(|ahead| *ahead > 0) {
            let before = (u128::from(ahead) * u128::from(span)).div_ceil(u128::from(backlog));
            let before = i64::try_from(before).unwrap_or(i64::MAX);
            return self.origin.saturating_sub(before);
        }
        // Where nothing arrives, nothing is ever asked beyond the backlog.
        let after = (position - backlog + 1) / per_second.max(1);
        self.origin
            .saturating_add(i64::try_from(after).unwrap_or(i64::MAX))
    }

    /// The position of the first event of this epoch second or a later one.
    pub(crate) fn first_from(self, second: i64) -> u64 {
        let ahead = u64::try_from(second.saturating_sub(self.origin)).unwrap_or(0);
        let (mut low, mut high) = (
            0,
            (self.events.backlog).saturating_add(ahead.saturating_mul(self.events.per_second)),
        );
        while low < high {
            let middle = low + (high - low) / 2;
            if self.second(middle) < second {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(backlog: u64, span: u64, per_second: u64) -> Timeline {
        let events = Events {
            seed: 0,
            backlog,
            span,
            per_second,
        };
        Timeline::new(events, 1_000_000)
    }

    #[test]
    fn events_exist_from_their_second_on() {
        for per_second in [1, 3, 7, 1000] {
            let timeline = timeline(5, 60, per_second);
            for millis in 0..3000 {
                let now = Tick::from_millis(millis);
                let newest = timeline.count(now) - 1;
                let seconds = i64::try_from(millis / 1000).unwrap();
                assert!(timeline.second(newest) <= 1_000_000 + seconds);
            }
        }
    }

    #[test]
    fn the_backlog_ends_at_the_origin_and_goes_back_over_its_span() {
        let timeline = timeline(100, 3600, 0);
        assert_eq!(timeline.second(0), 1_000_000 - 3600);
        assert!(timeline.second(99) < 1_000_000);
        assert_eq!(timeline.count(Tick::from_millis(u64::MAX)), 100);
        assert_eq!(timeline.first_from(i64::MAX), 100);
    }

    #[test]
    fn the_first_from_a_second_has_none_before_it() {
        for per_second in [0, 1, 4] {
            let timeline = timeline(50, 20, per_second);
            for second in 999_970..1_000_030 {
                let first = timeline.first_from(second);
                assert!(first == 0 || timeline.second(first - 1) < second);
                let beyond = per_second == 0 && first == 50;
                assert!(beyond || timeline.second(first) >= second);
            }
        }
    }
}
