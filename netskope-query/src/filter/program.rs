//! What a query is compiled into: steps that each say where to go on.

use super::list::List;
use super::operand::{Operand, Rules};
use super::pattern::Pattern;
use super::record::{Accessor, Record, Scalar};
use super::source::{Place, Source};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Where a run ends, with a match or without; the numbers of no steps.
pub(super) const YES: u32 = u32::MAX;
pub(super) const NO: u32 = u32::MAX - 1;

/// A query as a graph of conditions. `and`, `or` and `not` are where its edges lead, so a run is a loop, however deep the
/// query was.
pub(super) struct Program<'s, R: Record> {
    pub(super) steps: Vec<Step<'s, R>>,
    pub(super) start: u32,
    /// The list that holds the rows.
    pub(super) rows: Option<&'s str>,
}

pub(super) struct Step<'s, R: Record> {
    pub(super) action: Action<'s, R>,
    pub(super) yes: u32,
    pub(super) no: u32,
}

#[expect(
    clippy::large_enum_variant,
    reason = "most steps are tests, and each would have to be fetched from elsewhere"
)]
pub(super) enum Action<'s, R: Record> {
    /// Runs from the given step with each row, until it ends with a match.
    AnyRow(u32),
    Test(Condition<'s, R>),
}

pub(super) struct Condition<'s, R: Record> {
    pub(super) place: Place<R>,
    pub(super) test: Test<'s>,
    pub(super) rules: Rules<'s>,
    /// Asks for a value that fails the test.
    pub(super) fails: bool,
}

#[derive(Debug)]
pub(super) enum Test<'s> {
    Something,
    Equal(Operand<'s>),
    OneOf(List<'s>),
    Fits(Pattern),
    Ordered(fn(Ordering) -> bool, Operand<'s>),
    Between(Box<[Operand<'s>; 2]>),
}

impl<'s> Test<'s> {
    #[inline]
    fn holds(&self, actual: Scalar<'_>, rules: Rules<'s>) -> bool {
        match self {
            Self::Equal(wanted) => wanted.equal(actual, rules),
            Self::OneOf(list) => list.has(actual, rules),
            Self::Fits(pattern) => pattern.fits(actual, rules),
            Self::Ordered(test, bound) => bound.compare(actual, rules).is_some_and(test),
            Self::Between(bounds) => {
                let [low, high] = &**bounds;
                low.compare(actual, rules).is_some_and(Ordering::is_ge)
                    && high.compare(actual, rules).is_some_and(Ordering::is_le)
            }
            Self::Something => match actual {
                Scalar::Missing | Scalar::Absent => false,
                Scalar::Text(text) => !text.is_empty(),
                _ => true,
            },
        }
    }
}

impl<R: Record> Program<'_, R> {
    #[inline]
    pub(super) fn matches(&self, source: impl Source<R>) -> bool {
        self.run(self.start, source, |start, source| {
            source.any_row(self.rows.unwrap_or_default(), |row| {
                self.run(start, row, |_, _| false)
            })
        })
    }

    #[inline]
    fn run<S: Source<R>>(&self, start: u32, source: S, any_row: impl Fn(u32, S) -> bool) -> bool {
        let mut at = start;
        while let Some(step) = self.steps.get(at as usize) {
            let holds = match &step.action {
                Action::Test(condition) => condition.holds(source),
                Action::AnyRow(start) => any_row(*start, source),
            };
            at = if holds { step.yes } else { step.no };
        }
        at == YES
    }
}

impl<R: Record> Program<'_, R> {
    /// The paths that are not resolved to anything, in order, those within an element with the prefix of the rows.
    pub(super) fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        let rows = self.rows.unwrap_or_default();
        for step in &self.steps {
            let Action::Test(condition) = &step.action else {
                continue;
            };
            let (own, element) = match &condition.place {
                Place::Own(own) => (own, &None),
                Place::Row { element, own, .. } => (own, element),
            };
            if let Some(Accessor::At(path, _)) = own {
                paths.push(String::from(&**path));
            }
            if let Some(Accessor::At(path, _)) = element {
                paths.extend([rows.into(), alloc::format!("{rows}.{path}")]);
            }
        }
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}

impl<R: Record> Condition<'_, R> {
    #[inline]
    fn holds(&self, source: impl Source<R>) -> bool {
        source.any(&self.place, |actual| {
            self.test.holds(actual, self.rules) != self.fails
        })
    }
}
