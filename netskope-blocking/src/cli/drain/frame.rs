//! What a terminal shows while a drain runs: a table that is drawn again and again in its place.

use super::{
    event::{Ending, brief},
    numbers::{bytes, compact, grouped, short, span},
    tally::{NARROW, State, Tally},
    voice::Now,
};
use netskope_blocking::model::flow::{Tick, WaitReason};
use std::{fmt::Write, time::Duration};

/// The room that a frame has, in letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Whether colours are wanted.
    pub(super) colours: bool,
    /// Whether the drain was asked to end.
    pub(super) is_ending: bool,
}

/// The lines of a frame, none wider than the room and no more than it holds.
pub(super) fn frame(tallies: &[Tally], now: Now, room: Room) -> Vec<String> {
    let layout = Layout::of(tallies, room.width);
    // The title, the sum, and the line where the cursor stands.
    let most = room.height.saturating_sub(3).max(1);
    let (shown, hidden) = if tallies.len() > most {
        tallies.split_at(most.saturating_sub(1))
    } else {
        (tallies, Default::default())
    };
    let mut lines = vec![dyed(&layout.title(), Tone::Faint, room.colours)];
    for tally in shown {
        lines.push(layout.row(tally, now, room.colours));
    }
    if !hidden.is_empty() {
        let more = format!("… and {} more", hidden.len());
        lines.push(cut(&more, room.width));
    }
    let sum = sum(tallies, now, room);
    lines.push(dyed(&sum, Tone::Faint, room.colours));
    lines
}

/// How wide the columns are. A column without room has width 0.
struct Layout {
    room: usize,
    stream: usize,
    records: usize,
    rate: usize,
    lag: usize,
    is_narrow: bool,
}

const GAP: usize = 2;
const RATE: usize = 7;
const LAG: usize = 6;

impl Layout {
    /// In a narrow room, what a stream is doing matters more than how fast it does it.
    fn of(tallies: &[Tally], width: usize) -> Self {
        let is_narrow = width < NARROW;
        let names = tallies.iter().map(|tally| tally.name_in(is_narrow).len());
        let longest = names.max().unwrap_or(0).max("STREAM".len());
        Self {
            room: width,
            stream: longest.min(if is_narrow { width / 3 } else { width * 2 / 5 }),
            records: if is_narrow { "RECORDS".len() } else { 11 },
            rate: if is_narrow { 0 } else { RATE },
            lag: if width < 48 { 0 } else { LAG },
            is_narrow,
        }
    }

    fn title(&self) -> String {
        let title = self.columns("STREAM", "RECORDS", "RATE", "LAG") + "STATE";
        cut(&title, self.room)
    }

    fn row(&self, tally: &Tally, now: Now, colours: bool) -> String {
        let records = if self.is_narrow {
            short(tally.records)
        } else {
            grouped(tally.records)
        };
        let rate = match tally.state {
            State::Ended(_) => String::new(),
            _ => format!("{}/s", short(tally.rate(now.tick))),
        };
        let lag = tally.lag(now.epoch).map(compact).unwrap_or_default();
        let columns = self.columns(tally.name_in(self.is_narrow), &records, &rate, &lag);
        let left = self.room.saturating_sub(columns.chars().count());
        let (words, tone) = state(tally, now.tick);
        cut(&columns, self.room) + &dyed(&cut(&words, left), tone, colours)
    }

    fn columns(&self, stream: &str, records: &str, rate: &str, lag: &str) -> String {
        let mut line = format!("{:<1$}", cut(stream, self.stream), self.stream + GAP);
        for (text, width) in [(records, self.records), (rate, self.rate), (lag, self.lag)] {
            if width > 0 {
                let _ = write!(line, "{text:>width$}{:GAP$}", "");
            }
        }
        line
    }
}

/// What a stream is doing.
fn state(tally: &Tally, now: Tick) -> (String, Tone) {
    match &tally.state {
        State::Starting => ("starting".to_owned(), Tone::Faint),
        State::Reading => ("reading".to_owned(), Tone::Plain),
        State::Waiting { reason, until, .. } => waiting(*reason, until.since(now)),
        State::Ended(ending) => (ending.words().to_owned(), tone(ending)),
    }
}

const fn tone(ending: &Ending) -> Tone {
    match ending {
        Ending::Reached => Tone::Good,
        Ending::Stopped => Tone::Faint,
        Ending::Failed(_) => Tone::Bad,
    }
}

fn waiting(reason: WaitReason, left: Duration) -> (String, Tone) {
    if left.is_zero() || reason == WaitReason::Pacing {
        return ("reading".to_owned(), Tone::Plain);
    }
    let begun = u64::from(left.subsec_nanos() > 0);
    let left = span(Duration::from_secs(left.as_secs() + begun));
    match reason {
        WaitReason::RateLimited => (format!("rate limit, {left}"), Tone::Warn),
        WaitReason::Retrying(kind) => (format!("{}, {left}", brief(kind)), Tone::Warn),
        _ => (format!("waiting {left}"), Tone::Faint),
    }
}

fn sum(tallies: &[Tally], now: Now, room: Room) -> String {
    let way_out = if room.is_ending {
        "; ending, Ctrl-C again ends at once"
    } else {
        "; Ctrl-C ends it"
    };
    let records: u64 = tallies.iter().map(|tally| tally.records).sum();
    let size: u64 = tallies.iter().map(|tally| tally.bytes).sum();
    let took = span(now.tick.since(Tick::default()));
    let mut sum = format!("{} records, {} in {took}", grouped(records), bytes(size));
    if sum.len() + way_out.len() <= room.width {
        sum += way_out;
    }
    cut(&sum, room.width)
}

/// A text of at most so many letters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    if most == 0 { kept } else { kept + "…" }
}

#[derive(Clone, Copy)]
enum Tone {
    Plain,
    Faint,
    Good,
    Warn,
    Bad,
}

fn dyed(text: &str, tone: Tone, colours: bool) -> String {
    let code = match tone {
        _ if !colours => return text.to_owned(),
        Tone::Plain => return text.to_owned(),
        Tone::Faint => 2,
        Tone::Good => 32,
        Tone::Warn => 33,
        Tone::Bad => 31,
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

#[cfg(test)]
mod tests;
