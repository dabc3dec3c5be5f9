//! What was found so far, bounded.

use crate::Diagnostic;
use alloc::{format, vec::Vec};

/// What a finding is about.
#[derive(Clone, Copy)]
pub(super) enum Topic {
    Name,
    Kind,
    Code,
    Time,
    Truth,
}

/// What there is more of, by topic.
const TOPICS: [&str; 5] = [
    "unknown fields",
    "values that do not fit their fields",
    "unknown values",
    "times that are not in seconds",
    "conditions that decide nothing",
];

/// Most findings of a topic: nobody reads a longer list, and a long query can hold tens of thousands.
const MOST: usize = 10;

#[derive(Default)]
pub(super) struct Found<'e> {
    pub(super) list: Vec<Diagnostic>,
    counts: [usize; TOPICS.len()],
    /// The unknown names; each is warned of once.
    pub(super) named: Vec<&'e str>,
}

impl Found<'_> {
    /// Whether nothing more will be said of the topic.
    pub(super) fn is_full(&self, topic: Topic) -> bool {
        self.counts
            .get(topic as usize)
            .is_none_or(|count| *count > MOST)
    }

    pub(super) fn add(&mut self, topic: Topic, diagnostic: Diagnostic) {
        let Some((count, plural)) = self
            .counts
            .get_mut(topic as usize)
            .zip(TOPICS.get(topic as usize))
        else {
            return;
        };
        *count += 1;
        let last = *count > MOST;
        let diagnostic = if last {
            let more = format!("there are more {plural}, from here on");
            Diagnostic {
                severity: diagnostic.severity,
                ..Diagnostic::warning(diagnostic.span, more)
            }
            .help("look at those before this one first")
        } else {
            diagnostic
        };
        if *count > MOST + 1 {
            return;
        }
        let earlier = |known: &Diagnostic| known.span.start <= diagnostic.span.start;
        let at = self
            .list
            .iter()
            .rposition(earlier)
            .map_or(0, |last| last + 1);
        self.list.insert(at, diagnostic);
    }
}
