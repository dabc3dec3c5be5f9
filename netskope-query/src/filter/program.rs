//! What a query is compiled into: steps that each say where to go on.

use super::list::List;
use super::operand::{Operand, Rules};
use super::pattern::Pattern;
use super::quick::Quick;
use super::record::{Record, Scalar};
use super::source::{Place, Source};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::Deref;

/// Where a run ends, with a match or without; the numbers of no steps.
pub(super) const YES: u32 = u32::MAX;
pub(super) const NO: u32 = u32::MAX - 1;

/// A query as a list of steps. `and`, `or` and `not` are where they lead, so a run is a loop, however deep the query was.
pub(super) struct Program<'s, R: Record> {
    pub(super) steps: Steps<'s, R>,
    /// The list that holds the rows.
    pub(super) rows: Option<&'s str>,
    /// The paths that are not resolved to anything, in order, those within an element with the prefix of the rows.
    pub(super) paths: Vec<String>,
}

/// The steps of a program; a lone one is held without an allocation.
pub(super) enum Steps<'s, R: Record> {
    One([Step<'s, R>; 1]),
    Many(Vec<Step<'s, R>>),
}

impl<'s, R: Record> Deref for Steps<'s, R> {
    type Target = [Step<'s, R>];

    #[inline]
    fn deref(&self) -> &[Step<'s, R>] {
        match self {
            Self::One(step) => step,
            Self::Many(steps) => steps,
        }
    }
}

/// After it comes the next one, or that at the target; after the last, the end without a match.
pub(super) struct Step<'s, R: Record> {
    pub(super) action: Action<'s, R>,
    /// What leads to the target.
    pub(super) jumps_if: bool,
    pub(super) target: u32,
}

pub(super) enum Action<'s, R: Record> {
    /// Runs so many steps that follow with each row, until they end with a match. They count places from the first of them.
    AnyRow(u32),
    Quick(Quick<R>),
    Test(Box<Condition<'s, R>>),
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
    Ordered(Orders, Operand<'s>),
    Between(Box<[Operand<'s>; 2]>),
}

/// Which orders of a value and the bound are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Orders(u8);

impl Orders {
    pub(super) fn of(test: fn(Ordering) -> bool) -> Self {
        let all = [Ordering::Less, Ordering::Equal, Ordering::Greater];
        Self(
            all.into_iter()
                .filter(|order| test(*order))
                .map(Self::bit)
                .sum(),
        )
    }

    fn bit(order: Ordering) -> u8 {
        match order {
            Ordering::Less => 1,
            Ordering::Equal => 2,
            Ordering::Greater => 4,
        }
    }

    fn has(self, order: Ordering) -> bool {
        self.0 & Self::bit(order) != 0
    }

    /// The integers that are in one of the orders to a bound, as two bounds that are included.
    pub(super) fn bounds(self, bound: i64) -> Option<(i64, i64)> {
        let is_equal = self.has(Ordering::Equal);
        if self.has(Ordering::Less) {
            let high = if is_equal {
                Some(bound)
            } else {
                bound.checked_sub(1)
            };
            Some((i64::MIN, high?))
        } else {
            let low = if is_equal {
                Some(bound)
            } else {
                bound.checked_add(1)
            };
            Some((low?, i64::MAX))
        }
    }
}

impl<'s, R: Record> Step<'s, R> {
    /// The action, whose outcome may be turned round, and where to go with it: one way or the other, or to the step after it.
    pub(super) fn new(
        action: Action<'s, R>,
        is_turned: bool,
        after: u32,
        (yes, no): (u32, u32),
    ) -> Self {
        let follows_yes = yes == after;
        Self {
            action,
            jumps_if: follows_yes == is_turned,
            target: if follows_yes { no } else { yes },
        }
    }
}

impl<R: Record> Action<'_, R> {
    /// How long it takes, roughly.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::AnyRow(_) => 4,
            Self::Quick(quick) => quick.cost(),
            Self::Test(condition) => match &condition.test {
                Test::Something | Test::Equal(_) | Test::Ordered(..) => 2,
                Test::Between(_) | Test::OneOf(_) => 3,
                Test::Fits(pattern) => pattern.cost(),
            },
        }
    }
}

impl<'s> Test<'s> {
    pub(super) fn holds(&self, actual: Scalar<'_>, rules: Rules<'s>) -> bool {
        match self {
            Self::Equal(wanted) => wanted.equal(actual, rules),
            Self::OneOf(list) => list.has(actual, rules),
            Self::Fits(pattern) => pattern.fits(actual, rules),
            Self::Ordered(wanted, bound) => {
                (bound.compare(actual, rules)).is_some_and(|order| wanted.has(order))
            }
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

impl<'s, R: Record> Program<'s, R> {
    #[inline]
    pub(super) fn matches(&self, source: impl Source<R>) -> bool {
        run(&self.steps, source, |steps| self.any_row(steps, source))
    }

    pub(super) fn any_row(&self, steps: &[Step<'s, R>], source: impl Source<R>) -> bool {
        let list = self.rows.unwrap_or_default();
        match steps {
            [
                Step {
                    action: Action::Quick(quick),
                    jumps_if,
                    ..
                },
            ] => source.any_row(list, |row| quick.holds(row) == *jumps_if),
            _ => source.any_row(list, |row| run(steps, row, |_| false)),
        }
    }
}

#[inline]
fn run<'s, R: Record>(
    steps: &[Step<'s, R>],
    source: impl Source<R>,
    any_row: impl Fn(&[Step<'s, R>]) -> bool,
) -> bool {
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        at += 1;
        let holds = match &step.action {
            Action::Test(condition) => condition.holds(source),
            Action::AnyRow(count) => {
                let within = at..at + *count as usize;
                at = within.end;
                any_row(steps.get(within).unwrap_or_default())
            }
            Action::Quick(quick) => quick.holds(source),
        };
        if holds == step.jumps_if {
            if step.target >= NO {
                return step.target == YES;
            }
            at = step.target as usize;
        }
    }
    false
}

impl<R: Record> Condition<'_, R> {
    #[inline(never)]
    pub(super) fn holds(&self, source: impl Source<R>) -> bool {
        source.any(&self.place, |actual| {
            self.test.holds(actual, self.rules) != self.fails
        })
    }
}
