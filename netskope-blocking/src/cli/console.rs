//! Standard error: everything that is not a device.

use super::{
    failure::{Exit, Failure},
    harmless::harmless,
    report,
    text::Text,
};
use anstream::AutoStream;
use netskope_blocking::{RoundTrip, model::flow::Wait};
use netskope_query::Diagnostic;
use std::{
    fmt,
    io::{self, IsTerminal, Write},
    time::Duration,
};
use terminal_size::terminal_size_of;

/// Standard error and how much of it is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Console {
    verbose: bool,
    watched: bool,
}

impl Console {
    pub(super) fn new(verbose: bool) -> Self {
        Self {
            verbose,
            watched: io::stderr().is_terminal(),
        }
    }

    /// Something that the user should know, whoever chose its words.
    ///
    /// Where standard error is closed there is nobody to tell.
    #[expect(clippy::unused_self, reason = "whoever may speak has a console")]
    pub(super) fn say(self, words: impl fmt::Display) {
        let words = words.to_string();
        let mut stderr = io::stderr().lock();
        for line in words.split('\n') {
            let _ = writeln!(stderr, "{}", harmless(line));
        }
    }

    /// What there is to say about a query, with the places marked.
    #[expect(clippy::unused_self, reason = "whoever may speak has a console")]
    pub(super) fn findings(self, text: &Text, found: &[Diagnostic]) {
        let stderr = io::stderr().lock();
        let painted = report::painted(text, found, terminal_size_of(&stderr));
        let _ = AutoStream::auto(stderr).write_all(painted.as_bytes());
    }

    /// What there is to say about a query that does its work, apart from what is written next.
    pub(super) fn warnings(self, text: &Text, found: &[Diagnostic]) {
        self.findings(text, found);
        if !found.is_empty() {
            self.say("");
        }
    }

    /// Something that only `--verbose` shows.
    pub(super) fn detail(self, words: impl fmt::Display) {
        if self.verbose {
            self.say(words);
        }
    }

    pub(super) fn report(self, failure: &Failure) -> Exit {
        let words = failure.to_string();
        if !words.is_empty() {
            self.say(words);
        }
        failure.exit()
    }

    pub(super) fn waiting(self, wait: &Wait) {
        if self.verbose || self.watched {
            self.say(format_args!(
                "{}; waiting {}",
                wait.reason,
                seconds(wait.duration)
            ));
        }
    }

    pub(super) fn round_trip(self, trip: &RoundTrip<'_>) {
        let RoundTrip {
            method,
            url,
            elapsed,
            ..
        } = trip;
        let millis = elapsed.as_millis();
        match trip.answer {
            Ok(answer) => {
                let (status, bytes) = (answer.status(), answer.body().len());
                self.detail(format_args!(
                    "{method} {url}: {status}, {bytes} bytes in {millis} ms"
                ));
            }
            Err(failure) => self.detail(format_args!(
                "{method} {url}: {} after {millis} ms",
                failure.detail
            )),
        }
    }
}

/// Whole seconds, rounded up, or tenths where there are few.
fn seconds(duration: Duration) -> String {
    let tenths = duration.as_millis().div_ceil(100);
    if tenths < 20 && !tenths.is_multiple_of(10) {
        return format!("{}.{} s", tenths / 10, tenths % 10);
    }
    format!("{} s", tenths.div_ceil(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_never_called_shorter_than_they_are() {
        for (millis, words) in [
            (1, "0.1 s"),
            (250, "0.3 s"),
            (1_000, "1 s"),
            (1_501, "1.6 s"),
            (2_000, "2 s"),
            (2_001, "3 s"),
        ] {
            assert_eq!(seconds(Duration::from_millis(millis)), words);
        }
    }
}
