//! The ways to tell of a drain while it runs.

mod json;
mod lines;
mod screen;

pub(super) use json::JsonLog;
pub(super) use lines::Lines;
pub(super) use screen::Screen;

use super::{event::Event, tally::Tally};
use netskope_blocking::model::flow::Tick;

/// Tells of a drain. Where standard error is closed there is nobody to tell.
pub(super) trait Voice: Send {
    /// Something happened to a stream, which is told as it was before and as it is now.
    fn tell(&mut self, before: &Tally, after: &Tally, event: &Event, now: Now);

    /// Time passed.
    fn tick(&mut self, tallies: &[Tally], now: Now);

    /// The drain is at its end.
    fn finish(&mut self, tallies: &[Tally], now: Now);
}

/// The present moment, on both clocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    /// Since the drain began.
    pub(super) tick: Tick,
    /// In seconds since 1970.
    pub(super) epoch: i64,
}
