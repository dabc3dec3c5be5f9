//! A text that is mended step by step, and the way back to the places of the text it was.

use crate::mistake::Mend;
use crate::{Diagnostic, Fix, Span};
use alloc::{string::String, vec::Vec};

pub(super) struct Draft {
    text: String,
    edits: Vec<Edit>,
    found: Vec<Diagnostic>,
    /// What is said instead of the mistakes beyond the most that are told.
    more: Option<Diagnostic>,
}

/// One change of a draft.
struct Edit {
    /// What was there.
    old: Span,
    /// Where what was put there ends.
    end: usize,
    /// The mistake whose fix it is.
    fix_of: Option<usize>,
}

impl Draft {
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: text.into(),
            edits: Vec::new(),
            found: Vec::new(),
            more: None,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many mistakes are known.
    pub(super) fn told(&self) -> usize {
        self.found.len()
    }

    /// Takes a mistake of the draft as it is now; gives its number if it is one that its fix will mend.
    ///
    /// What is wrong with a piece that was put in is no mistake of the text: that piece was no fix then.
    pub(super) fn tell(&mut self, mut mistake: Diagnostic, mend: Mend) -> Option<usize> {
        let (span, follows) = self.origin(mistake.span);
        if let Some(edit) = follows {
            let fixed = edit.fix_of.and_then(|index| self.found.get_mut(index));
            if let Some(fixed) = fixed {
                fixed.fix = None;
            }
            return None;
        }
        mistake.span = span;
        mistake.fix = mistake.fix.and_then(|fix| match self.origin(fix.span) {
            (span, None) => Some(Fix { span, ..fix }),
            _ => None,
        });
        self.found.push(mistake);
        (mend == Mend::Fix).then(|| self.found.len() - 1)
    }

    /// Says that there are more mistakes, of which this is the next.
    pub(super) fn tell_more(&mut self, mistake: Diagnostic) {
        let (span, _) = self.origin(mistake.span);
        let more = Diagnostic::error(span, "there are more mistakes, from here on");
        self.more = Some(Diagnostic {
            expected: mistake.expected,
            found: mistake.found,
            ..more.help("mend those before it first")
        });
    }

    pub(super) fn make(&mut self, change: &Fix, fix_of: Option<usize>) {
        let old = change.span;
        if self.text.get(old.range()).is_some() {
            self.text.replace_range(old.range(), &change.replacement);
            let end = old.start() + change.replacement.len();
            self.edits.push(Edit { old, end, fix_of });
        }
    }

    /// Whether nothing is left to read, so that the last fix was none.
    pub(super) fn is_blank(&mut self) -> bool {
        let blank = self.text.trim_start().is_empty();
        if let Some(last) = self.found.last_mut().filter(|_| blank) {
            last.fix = None;
        }
        blank
    }

    /// All mistakes, in the order of the text.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let mut ordered: Vec<Diagnostic> = Vec::with_capacity(self.found.len() + 1);
        for found in self.found {
            // There are few, and sorting them would be more code than all of the printer's.
            let at = ordered.partition_point(|other| other.span.start() <= found.span.start());
            ordered.insert(at, found);
        }
        if let Some(mut more) = self.more {
            // It may be about a parenthesis left open long before.
            let last = ordered.last().map(|found| found.span);
            if let Some(last) = last.filter(|last| last.start() > more.span.start()) {
                more.span = last;
            }
            ordered.push(more);
        }
        ordered
    }

    /// Where a place of the draft is in the text, and the last edit that put something in there.
    fn origin(&self, mut span: Span) -> (Span, Option<&Edit>) {
        let mut touched = None;
        for edit in self.edits.iter().rev() {
            if touched.is_none() && edit.touches(span) {
                touched = Some(edit);
            }
            span = edit.undo(span);
        }
        (span, touched)
    }
}

impl Edit {
    fn touches(&self, span: Span) -> bool {
        span.start() < self.end && self.old.start() < span.end()
    }

    /// The place before the edit of a place after it.
    fn undo(&self, span: Span) -> Span {
        let (start, end) = (self.old.start(), self.old.end());
        let back = |at: usize, inside: usize| match at {
            _ if at <= start => at,
            _ if at >= self.end => at - self.end + end,
            _ => inside,
        };
        // What begins where something was taken away stood behind it.
        let taken = self.end == start && span.start() == start && span.end() > start;
        let first = if taken {
            end
        } else {
            back(span.start(), start)
        };
        Span::new(first, back(span.end(), end).max(first))
    }
}
