//! The tree of a query's conditions, on its way to a program.

use super::program::{Action, NO, Step, Steps, YES};
use super::record::Record;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::Range;

/// What odds are counted in.
pub(super) const MANY: u32 = 64;

/// A part of a query without `not`: its conditions are turned round instead.
pub(super) struct Tree<'s, R: Record> {
    node: Node<'s, R>,
    of: Of,
    /// How long it may take, roughly.
    cost: u32,
    /// Of how many in `MANY` records it holds, roughly.
    odds: u32,
    /// How many steps it becomes.
    size: u32,
}

enum Node<'s, R: Record> {
    Chain {
        is_or: bool,
        operands: Vec<Tree<'s, R>>,
    },
    /// And whether what comes of it is turned round.
    Test(Action<'s, R>, bool),
}

/// What a tree is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Record,
    /// An element of the rows: the same one as others that are.
    Row,
    /// Some row, whichever.
    AnyRow,
}

impl<'s, R: Record> Tree<'s, R> {
    pub(super) fn test(action: Action<'s, R>, is_turned: bool, of: Of, odds: u32) -> Self {
        Self {
            of,
            cost: action.cost(),
            odds,
            size: 1,
            node: Node::Test(action, is_turned),
        }
    }

    pub(super) fn chain(is_or: bool, operands: Vec<Self>) -> Self {
        let mut chain = Self {
            node: Node::Chain { is_or, operands },
            of: Of::Record,
            cost: 0,
            odds: 0,
            size: 0,
        };
        chain.add_up();
        chain
    }

    /// Works out what a chain is from what its operands are.
    fn add_up(&mut self) {
        let Node::Chain { is_or, operands } = &self.node else {
            return;
        };
        let (mut of, mut cost, mut undecided, mut size) = (Of::Record, 0_u32, MANY, 0);
        for operand in operands {
            if operand.of == Of::Row {
                of = Of::Row;
            }
            cost = cost.saturating_add(operand.cost);
            undecided = undecided * operand.odds_of(!is_or) / MANY;
            size += operand.size;
        }
        self.odds = if *is_or { MANY - undecided } else { undecided };
        (self.of, self.cost, self.size) = (of, cost, size);
    }

    /// Which of two operands comes first: the one with less cost for its odds of settling the chain, without a division.
    fn rank(&self, other: &Self, is_or: bool) -> Ordering {
        let cost =
            |of: &Self, beside: &Self| u64::from(of.cost) * u64::from(beside.odds_of(is_or).max(1));
        cost(self, other).cmp(&cost(other, self))
    }

    fn odds_of(&self, holds: bool) -> u32 {
        if holds { self.odds } else { MANY - self.odds }
    }

    /// The tree in which rows are looked at only where needed: "some row has this or that" is "some row has this, or some
    /// row has that", and a condition on the record alone can leave an `and` that speaks of a row.
    pub(super) fn spread(&mut self) {
        if self.of != Of::Row {
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
                let rows = operands.iter_mut().filter(|operand| operand.of == Of::Row);
                rows.for_each(Self::spread);
                self.add_up();
            }
            _ => {
                self.of = Of::AnyRow;
                self.cost = self.cost.saturating_mul(2).saturating_add(4);
                self.size += 1;
            }
        }
    }

    /// Whether all of it is to be asked of the same row.
    fn is_of_one_row(&self) -> bool {
        match &self.node {
            Node::Test(..) => self.of == Of::Row,
            Node::Chain { is_or, operands } => {
                operands.iter().all(|operand| operand.goes_together(*is_or))
            }
        }
    }

    /// Whether, as part of a chain, it is to be asked of the same row as others like it.
    fn goes_together(&self, is_or: bool) -> bool {
        self.of == Of::Row && (!is_or || self.is_of_one_row())
    }

    pub(super) fn steps(self) -> Steps<'s, R> {
        let ends = (YES, NO);
        match self.node {
            Node::Test(action, is_turned) if self.size == 1 => {
                Steps::One([Step::new(action, is_turned, 1, ends)])
            }
            _ => {
                let mut steps = Vec::with_capacity(self.size as usize);
                self.emit(0, ends, &mut steps);
                Steps::Many(steps)
            }
        }
    }

    /// Appends the steps, of which the first is the one at `place`. They end at one place or the other. One of the two is
    /// the step after them, or they are the last ones of all.
    #[expect(clippy::inline_always, reason = "or each tree is moved once more")]
    #[inline(always)]
    fn emit(self, mut place: u32, mut ends: (u32, u32), steps: &mut Vec<Step<'s, R>>) {
        let mut after = place + self.size;
        if self.of == Of::AnyRow {
            let count = self.size - 1;
            steps.push(Step::new(Action::AnyRow(count), false, after, ends));
            (place, after, ends) = (0, count, (YES, NO));
        }
        match self.node {
            Node::Test(action, is_turned) => {
                steps.push(Step::new(action, is_turned, after, ends));
            }
            Node::Chain { is_or, operands } => {
                emit_chain(is_or, operands, place..after, ends, steps);
            }
        }
    }
}

/// Appends the steps of a chain, first what settles the matter often, for what it costs.
#[inline(never)]
fn emit_chain<'s, R: Record>(
    is_or: bool,
    mut operands: Vec<Tree<'s, R>>,
    places: Range<u32>,
    ends: (u32, u32),
    steps: &mut Vec<Step<'s, R>>,
) {
    operands.sort_by(|a, b| a.rank(b, is_or));
    let (mut place, (yes, no)) = (places.start, ends);
    for operand in operands {
        let next = place + operand.size;
        let ends = match is_or {
            _ if next == places.end => ends,
            true => (yes, next),
            false => (next, no),
        };
        operand.emit(place, ends, steps);
        place = next;
    }
}
