//! The levels of parentheses while a text is read.

use crate::expr::Joint;
use crate::{Expr, ExprKind, Span};
use alloc::{boxed::Box, vec::Vec};

/// What was read so far, as a list instead of on the stack, so that depth costs no stack here.
#[derive(Default)]
pub(super) struct Levels {
    /// Of all levels, those whose chain has not ended.
    operands: Vec<Expr>,
    /// Each `not` before an operand still to come.
    nots: Vec<Span>,
    outer: Vec<Level>,
    level: Level,
}

/// What stands between two parentheses, or in the whole text.
#[derive(Clone, Copy, Default)]
struct Level {
    open: Span,
    /// Where the operands of its `or` begin, where those of the `and` in which it is, and its `not`s.
    any: usize,
    all: usize,
    nots: usize,
}

impl Levels {
    pub(super) fn depth(&self) -> usize {
        self.outer.len() + self.nots.len()
    }

    /// Whether nothing was read.
    pub(super) fn are_empty(&self) -> bool {
        self.operands.is_empty() && self.depth() == 0
    }

    pub(super) fn are_open(&self) -> bool {
        !self.outer.is_empty()
    }

    pub(super) fn negate(&mut self, not: Span) {
        self.nots.push(not);
    }

    pub(super) fn open(&mut self, open: Span) {
        self.outer.push(self.level);
        self.level = Level {
            open,
            any: self.operands.len(),
            all: self.operands.len(),
            nots: self.nots.len(),
        };
    }

    /// Takes the next operand of the level.
    pub(super) fn push(&mut self, operand: Expr) {
        self.operands.push(operand);
        self.negate_last();
    }

    /// Makes the level an operand of the one around it; `false` where there is none.
    pub(super) fn close(&mut self, close: Span) -> bool {
        let Some(outer) = self.outer.pop() else {
            return false;
        };
        self.end_any();
        if let Some(group) = self.operands.last_mut() {
            group.set_span(self.level.open.to(close));
        }
        self.level = outer;
        self.negate_last();
        true
    }

    /// `or` ends a chain of `and`.
    pub(super) fn end_all(&mut self) {
        self.join(self.level.all, Joint::And);
        self.level.all = self.operands.len();
    }

    /// `None` where nothing was read.
    pub(super) fn finish(mut self) -> Option<Expr> {
        self.end_any();
        self.operands.pop()
    }

    fn end_any(&mut self) {
        self.join(self.level.all, Joint::And);
        self.join(self.level.any, Joint::Or);
    }

    fn join(&mut self, from: usize, joint: Joint) {
        if self.operands.len() > from + 1 {
            let operands = self.operands.split_off(from);
            self.operands.push(Expr::chain(joint, operands));
        }
    }

    fn negate_last(&mut self) {
        while self.nots.len() > self.level.nots {
            let Some((not, inner)) = self.nots.pop().zip(self.operands.pop()) else {
                break;
            };
            let span = not.to(inner.span());
            let negated = ExprKind::Not(Box::new(inner));
            self.operands.push(Expr::new(negated, span));
        }
    }
}
