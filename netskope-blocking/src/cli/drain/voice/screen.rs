//! A table on a terminal that is drawn again and again in its place.

use super::{Now, Voice, lines};
use crate::cli::{
    drain::{
        event::{Ending, Event},
        frame::{Room, frame},
        summary::summary,
        tally::Tally,
    },
    harmless::harmless,
};
use netskope_blocking::{drain::Stop, model::flow::Tick};
use std::{
    fmt::Write as _,
    io::{self, Write},
    time::Duration,
};
use terminal_size::{Height, Width, terminal_size_of};

/// How long a frame stays at least.
const FRAME: Duration = Duration::from_millis(200);

pub(in crate::cli::drain) struct Screen {
    colours: bool,
    stop: Stop,
    drawn: Option<Tick>,
    /// How many lines above the cursor are the frame's.
    lines: usize,
}

impl Screen {
    pub(in crate::cli::drain) fn new(colours: bool, stop: Stop) -> Self {
        Self {
            colours,
            stop,
            drawn: None,
            lines: 0,
        }
    }

    fn room(&self) -> Room {
        let (Width(width), Height(height)) =
            terminal_size_of(io::stderr()).unwrap_or((Width(80), Height(24)));
        Room {
            width: width.into(),
            height: height.into(),
            colours: self.colours,
            is_ending: self.stop.is_raised(),
        }
    }

    /// Puts lines in the place of the frame, in one write, so that nothing flickers.
    fn replace(&mut self, text: &str) {
        let mut out = String::new();
        if self.lines > 0 {
            let _ = write!(out, "\u{1b}[{}A\r\u{1b}[J", self.lines);
        }
        out.push_str(text);
        self.lines = 0;
        let mut stderr = io::stderr().lock();
        let _ = stderr
            .write_all(out.as_bytes())
            .and_then(|()| stderr.flush());
    }
}

impl Voice for Screen {
    fn tell(&mut self, before: &Tally, after: &Tally, event: &Event, _: Now) {
        // All else stands in the table.
        if !matches!(event, Event::Ended(Ending::Failed(_)) | Event::Stuck(_)) {
            return;
        }
        if let Some(words) = lines::words(before, event) {
            let mut text = String::new();
            for line in format!("{}: {words}", after.name()).split('\n') {
                let _ = writeln!(text, "{}", harmless(line));
            }
            self.replace(&text);
            self.drawn = None;
        }
    }

    fn tick(&mut self, tallies: &[Tally], now: Now) {
        if self
            .drawn
            .is_some_and(|drawn| now.tick.since(drawn) < FRAME)
        {
            return;
        }
        let lines = frame(tallies, now, self.room());
        self.replace(&(lines.join("\n") + "\n"));
        self.lines = lines.len();
        self.drawn = Some(now.tick);
    }

    fn finish(&mut self, tallies: &[Tally], now: Now) {
        let width = self.room().width;
        self.replace(&(summary(tallies, now.epoch, Some(width)) + "\n"));
    }
}
