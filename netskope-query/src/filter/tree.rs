//! The tree of a query's conditions, on its way to a program.

use super::program::{Action, NO, Step, YES};
use super::record::Record;
use alloc::vec::Vec;
use core::mem;

/// What odds are counted in.
pub(super) const MANY: u32 = 64;

/// A part of a query without `not`: its conditions are turned round instead.
pub(super) struct Tree<'s, R: Record> {
    pub(super) node: Node<'s, R>,
    /// Whether it speaks of an element of the rows.
    pub(super) is_bound: bool,
    /// How long it may take, roughly.
    pub(super) cost: u32,
    /// Of how many in `MANY` records it holds, roughly.
    pub(super) odds: u32,
    /// How many steps it becomes.
    pub(super) size: u32,
}

pub(super) enum Node<'s, R: Record> {
    Chain {
        is_or: bool,
        operands: Vec<Tree<'s, R>>,
    },
    /// And whether what comes of it is turned round.
    Test(Action<'s, R>, bool),
}

impl<'s, R: Record> Tree<'s, R> {
    pub(super) fn chain(is_or: bool, operands: Vec<Self>) -> Self {
        let (mut is_bound, mut cost, mut undecided, mut size) = (false, 0_u32, MANY, 0);
        for operand in &operands {
            is_bound |= operand.is_bound;
            cost = cost.saturating_add(operand.cost);
            undecided = undecided * operand.odds_of(!is_or) / MANY;
            size += operand.size;
        }
        Self {
            node: Node::Chain { is_or, operands },
            is_bound,
            cost,
            odds: if is_or { MANY - undecided } else { undecided },
            size,
        }
    }

    fn odds_of(&self, holds: bool) -> u32 {
        if holds { self.odds } else { MANY - self.odds }
    }

    /// The tree in which rows are looked at only where needed: "some row has this or that" is "some row has this, or some
    /// row has that", and a condition on the record alone can leave an `and` that speaks of a row.
    pub(super) fn spread(&mut self) {
        if !self.is_bound {
            return;
        }
        let is_of_one_row = self.is_of_one_row();
        match &mut self.node {
            Node::Chain { is_or, operands } if !is_of_one_row => {
                let is_or = *is_or;
                let goes_together = |operand: &Self| operand.goes_together(is_or);
                if operands
                    .iter()
                    .filter(|operand| goes_together(operand))
                    .count()
                    > 1
                {
                    let (together, apart) = operands.drain(..).partition(goes_together);
                    *operands = apart;
                    operands.push(Self::chain(is_or, together));
                }
                operands.iter_mut().for_each(Self::spread);
                *self = Self::chain(is_or, mem::take(operands));
            }
            _ => {
                let whole = mem::replace(self, Self::chain(true, Vec::new()));
                *self = whole.any_row();
            }
        }
    }

    /// Whether all of it is to be asked of the same row.
    fn is_of_one_row(&self) -> bool {
        match &self.node {
            Node::Test(..) => self.is_bound,
            Node::Chain { is_or, operands } => {
                operands.iter().all(|operand| operand.goes_together(*is_or))
            }
        }
    }

    /// Whether, as part of a chain, it is to be asked of the same row as others like it.
    fn goes_together(&self, is_or: bool) -> bool {
        self.is_bound && (!is_or || self.is_of_one_row())
    }

    fn any_row(self) -> Self {
        Self {
            is_bound: false,
            odds: self.odds,
            cost: self.cost.saturating_mul(2).saturating_add(4),
            size: 1,
            node: Node::Test(Action::AnyRow(self.steps()), false),
        }
    }

    pub(super) fn steps(self) -> Vec<Step<'s, R>> {
        let mut steps = Vec::with_capacity(self.size as usize);
        self.emit((YES, NO), &mut steps);
        steps
    }

    /// Appends the steps, which end at one place or the other. One of the two is the step after them, or they are the last
    /// ones of all.
    fn emit(self, (yes, no): (u32, u32), steps: &mut Vec<Step<'s, R>>) {
        let mut end = count(steps);
        match self.node {
            Node::Chain {
                is_or,
                mut operands,
            } => {
                let last = end + self.size;
                // First what settles the matter often, for what it costs.
                operands.sort_by_key(|operand| {
                    operand.cost.saturating_mul(MANY) / operand.odds_of(is_or).max(1)
                });
                for operand in operands {
                    end += operand.size;
                    let ends = match is_or {
                        _ if end == last => (yes, no),
                        true => (yes, end),
                        false => (end, no),
                    };
                    operand.emit(ends, steps);
                }
            }
            Node::Test(action, is_turned) => {
                let follows_yes = yes == end + 1;
                steps.push(Step {
                    action,
                    jumps_if: follows_yes == is_turned,
                    target: if follows_yes { no } else { yes },
                });
            }
        }
    }
}

fn count<T>(steps: &[T]) -> u32 {
    u32::try_from(steps.len()).unwrap_or(NO)
}
