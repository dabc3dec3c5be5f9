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
    mem,
    time::Duration,
};
use terminal_size::{Height, Width, terminal_size_of};

/// How long a frame stays at least.
const FRAME: Duration = Duration::from_millis(200);

pub(in crate::cli::drain) struct Screen {
    colours: bool,
    stop: Stop,
    drawn: Option<Tick>,
    /// How wide the lines of the frame above the cursor are.
    widths: Vec<usize>,
}

impl Screen {
    pub(in crate::cli::drain) fn new(colours: bool, stop: Stop) -> Self {
        Self {
            colours,
            stop,
            drawn: None,
            widths: Vec::new(),
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
        let mut out = clear(&mem::take(&mut self.widths), self.room().width);
        out.push_str(text);
        let mut stderr = io::stderr().lock();
        let _ = stderr
            .write_all(out.as_bytes())
            .and_then(|()| stderr.flush());
    }
}

/// What takes lines of these widths away from a terminal. One that became narrower shows what it had in more lines.
fn clear(widths: &[usize], room: usize) -> String {
    let lines = widths
        .iter()
        .map(|width| width.div_ceil(room.max(1)).max(1));
    match lines.sum() {
        0 => String::new(),
        lines => format!("\u{1b}[{lines}A\r\u{1b}[J"),
    }
}

/// How many letters of a line are shown: all but what colours it.
fn shown(line: &str) -> usize {
    let mut is_code = false;
    let letters = line.chars().filter(|letter| {
        let was_code = is_code;
        is_code = *letter == '\u{1b}' || (is_code && *letter != 'm');
        !(was_code || is_code)
    });
    letters.count()
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
        self.widths = lines.iter().map(|line| shown(line)).collect();
        self.drawn = Some(now.tick);
    }

    fn finish(&mut self, tallies: &[Tally], now: Now) {
        let width = self.room().width;
        self.replace(&(summary(tallies, now.epoch, Some(width)) + "\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_became_narrower_is_cleared_of_all_that_it_shows() {
        assert_eq!(clear(&[], 80), "");
        for (room, lines) in [(80, 3), (40, 3), (39, 4), (19, 6), (10, 7), (0, 61)] {
            let text = clear(&[40, 20, 0], room);
            assert_eq!(text, format!("\u{1b}[{lines}A\r\u{1b}[J"), "{room}");
        }
    }

    #[test]
    fn colours_take_no_room() {
        assert_eq!(shown("plain …"), 7);
        assert_eq!(shown("\u{1b}[31mred\u{1b}[0m m"), 5);
    }
}
