//! Lines for a log: the beginning, what is worth a word, a sum every minute, and the end.

use super::{Now, Voice};
use crate::cli::{
    console::Console,
    drain::{
        event::{Ending, Event, begun, is_retry},
        numbers::{bytes, grouped, span},
        summary::summary,
        tally::Tally,
    },
    failure::Failure,
};
use netskope_blocking::model::flow::Tick;
use std::{fmt::Write, time::Duration};

/// How often the sum is told.
const EVERY: Duration = Duration::from_mins(1);

pub(in crate::cli::drain) struct Lines {
    console: Console,
    told: Tick,
}

impl Lines {
    pub(in crate::cli::drain) fn new(console: Console) -> Self {
        Self {
            console,
            told: Tick::default(),
        }
    }
}

impl Voice for Lines {
    fn tell(&mut self, before: &Tally, after: &Tally, event: &Event, _: Now) {
        if let Some(words) = words(before, event) {
            self.console.say(format_args!("{}: {words}", after.name()));
        }
    }

    fn tick(&mut self, tallies: &[Tally], now: Now) {
        if now.tick.since(self.told) >= EVERY {
            self.told = now.tick;
            self.console.say(sum(tallies, now));
        }
    }

    fn finish(&mut self, tallies: &[Tally], now: Now) {
        self.console.say(summary(tallies, now.epoch, None));
    }
}

/// What is worth a word of something that happened.
pub(super) fn words(before: &Tally, event: &Event) -> Option<String> {
    match event {
        Event::Started { resume } => Some(begun(resume)),
        Event::SetAside(Some(folder)) => {
            Some(format!("what was there is now '{}'", folder.display()))
        }
        Event::Stuck(stuck) => Some(stuck.to_string()),
        Event::Waiting(wait) if is_retry(wait.reason) => {
            let left = span(wait.duration.max(Duration::from_secs(1)));
            let trouble = before.trouble();
            let reason =
                trouble.map_or_else(|| wait.reason.to_string(), |told| told.message().to_owned());
            let hint = trouble.and_then(Failure::remedy);
            let hint = hint.map_or_else(String::new, |hint| format!("\nhint: {hint}"));
            Some(format!("{reason}; trying again in {left}{hint}"))
        }
        Event::Page { commit, .. } if before.trouble().is_some() => {
            Some(format!("answers again, with page {}", commit.sequence))
        }
        Event::Page { commit, .. } if before.pages == 0 => {
            let (number, records) = (commit.sequence, grouped(commit.mark.records));
            Some(format!(
                "page {number} is the first of this run, with {records} records"
            ))
        }
        Event::Ended(Ending::Failed(trouble)) => Some(trouble.failure.to_string()),
        Event::Ended(ending) => Some(ending.words().to_owned()),
        _ => None,
    }
}

/// All streams in one line.
pub(super) fn sum(tallies: &[Tally], now: Now) -> String {
    let records: u64 = tallies.iter().map(|tally| tally.records).sum();
    let size: u64 = tallies.iter().map(|tally| tally.bytes).sum();
    let pages: u64 = tallies.iter().map(|tally| tally.pages).sum();
    let took = span(now.tick.since(Tick::default()));
    let mut line = format!(
        "{} records, {} in {pages} pages, after {took}",
        grouped(records),
        bytes(size)
    );
    let lags = tallies.iter().filter(|tally| !tally.has_ended());
    let last = lags.filter_map(|tally| Some((tally.lag(now.epoch)?, tally.name())));
    if let Some((lag, name)) = last.max() {
        let _ = write!(line, "; {name} is {} behind", span(lag));
    }
    line
}
