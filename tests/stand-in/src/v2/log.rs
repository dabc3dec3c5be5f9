//! The events of one stream, oldest first, by their position.

use super::event::Template;
use super::given::GivenEvents;
use super::timeline::Timeline;
use netskope_model::flow::Tick;

/// The log of one stream; positions are counted from 0 and never change.
pub(crate) enum Log {
    Given(GivenEvents),
    MadeUp(Template, Timeline),
}

impl Log {
    /// How many events there are by now.
    pub(crate) fn count(&self, now: Tick) -> u64 {
        match self {
            Self::Given(events) => events.len(),
            Self::MadeUp(_, timeline) => timeline.count(now),
        }
    }

    /// The epoch second of an event, where there is one.
    pub(crate) fn second(&self, position: u64) -> Option<i64> {
        match self {
            Self::Given(events) => events.second(position),
            Self::MadeUp(_, timeline) => Some(timeline.second(position)),
        }
    }

    /// The position of the first event of this second or a later one, which may be yet to come.
    pub(crate) fn first_from(&self, second: i64) -> u64 {
        match self {
            Self::Given(events) => events.first_from(second),
            Self::MadeUp(_, timeline) => timeline.first_from(second),
        }
    }

    /// Appends an event as JSON.
    pub(crate) fn write(&self, position: u64, out: &mut Vec<u8>) {
        match self {
            Self::Given(events) => {
                let text = events.get(position).unwrap_or_default();
                out.extend_from_slice(text.as_bytes());
            }
            Self::MadeUp(template, timeline) => {
                template.write(position, timeline.second(position), out);
            }
        }
    }

    /// An event as JSON.
    pub(crate) fn text(&self, position: u64) -> String {
        let mut out = Vec::new();
        self.write(position, &mut out);
        // Both kinds write text.
        String::from_utf8(out).unwrap_or_default()
    }
}
