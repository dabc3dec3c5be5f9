//! What was found so far, bounded.

use crate::{Diagnostic, Severity, Span};
use alloc::{format, string::String, vec::Vec};

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

    /// A warning, with what replaces its place where that mends it.
    pub(super) fn warn(
        &mut self,
        topic: Topic,
        span: Span,
        message: String,
        help: String,
        fix: Option<String>,
    ) {
        let warning = Diagnostic::new(Severity::Warning, span, message).help(help);
        self.add(
            topic,
            match fix {
                // The builder's trees have no places.
                Some(replacement) if span != Span::default() => warning.fix(span, replacement),
                _ => warning,
            },
        );
    }

    pub(super) fn note(&mut self, topic: Topic, span: Span, message: String, help: String) {
        let note = Diagnostic::new(Severity::Note, span, message).help(help);
        self.add(topic, note);
    }

    fn add(&mut self, topic: Topic, mut diagnostic: Diagnostic) {
        let topic = topic as usize;
        let Some((count, plural)) = self.counts.get_mut(topic).zip(TOPICS.get(topic)) else {
            return;
        };
        *count += 1;
        if *count > MOST + 1 {
            return;
        }
        if *count > MOST {
            diagnostic.message = format!("there are more {plural}, from here on");
            diagnostic.help = Some("look at those before this one first".into());
            diagnostic.fix = None;
        }
        let earlier = |known: &Diagnostic| known.span.start() <= diagnostic.span.start();
        let at = self
            .list
            .iter()
            .rposition(earlier)
            .map_or(0, |last| last + 1);
        self.list.insert(at, diagnostic);
    }
}
