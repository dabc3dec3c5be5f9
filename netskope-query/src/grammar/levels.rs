//! What was read of a text so far.

use crate::expr::Joint;
use crate::{Expr, ExprKind, Span};
use alloc::{boxed::Box, vec::Vec};
use core::mem;

/// The operands that wait for what follows, each where it was put; a list, so that depth costs no stack.
#[derive(Default)]
pub(super) struct Levels {
    operands: Vec<Expr>,
    outer: Vec<Level>,
    level: Level,
}

/// What a parenthesis or a `not` holds, or the whole text.
#[derive(Clone, Copy, Default)]
struct Level {
    opening: Opening,
    /// Which operand is the first of its `or`.
    any: usize,
    /// Which is the first of the `and` being read.
    all: usize,
}

/// What begins a level, and where.
#[derive(Clone, Copy, Default)]
pub(super) enum Opening {
    #[default]
    Text,
    Parenthesis(Span),
    Not(Span),
}

impl Levels {
    pub(super) fn depth(&self) -> usize {
        self.outer.len()
    }

    /// Whether nothing was read.
    pub(super) fn are_empty(&self) -> bool {
        self.operands.is_empty() && self.outer.is_empty()
    }

    pub(super) fn open(&mut self, opening: Opening) {
        let next = self.operands.len();
        let level = Level {
            opening,
            any: next,
            all: next,
        };
        self.outer.push(mem::replace(&mut self.level, level));
    }

    /// A condition was read.
    pub(super) fn push(&mut self, condition: Expr) {
        self.operands.push(condition);
        self.end_nots();
    }

    /// `)` was read, which ends here; whether it closes something.
    pub(super) fn close(&mut self, end: usize) -> bool {
        let Opening::Parenthesis(open) = self.level.opening else {
            return false;
        };
        self.join();
        if let Some(group) = self.operands.last_mut() {
            group.set_span(Span::new(open.start(), end));
        }
        self.level = self.outer.pop().unwrap_or_default();
        self.end_nots();
        true
    }

    /// `or` was read, which ends a chain of `and`.
    pub(super) fn or(&mut self) {
        self.end_chain(Joint::And, self.level.all);
        self.level.all = self.operands.len();
    }

    /// The end was read; nothing where something is open.
    pub(super) fn finish(mut self) -> Option<Expr> {
        let joint = match self.level.all {
            0 => Joint::And,
            last => {
                self.end_chain(Joint::And, last);
                Joint::Or
            }
        };
        match self.operands.len() {
            _ if !self.outer.is_empty() => None,
            1 => self.operands.pop(),
            _ => Some(Expr::chain(joint, self.operands)),
        }
    }

    /// Ends each `not` right before the last operand.
    #[inline]
    fn end_nots(&mut self) {
        while let Opening::Not(not) = self.level.opening {
            self.level = self.outer.pop().unwrap_or_default();
            self.negate(not);
        }
    }

    fn negate(&mut self, not: Span) {
        if let Some(operand) = self.operands.pop() {
            let span = not.to(operand.span());
            let negated = Expr::new(ExprKind::Not(Box::new(operand)), span);
            self.operands.push(negated);
        }
    }

    /// Makes one operand of all on this level.
    #[inline]
    fn join(&mut self) {
        self.end_chain(Joint::And, self.level.all);
        self.end_chain(Joint::Or, self.level.any);
    }

    /// Makes one operand of those from `first` on.
    #[inline]
    fn end_chain(&mut self, joint: Joint, first: usize) {
        if self.operands.len() > first + 1 {
            self.chain(joint, first);
        }
    }

    fn chain(&mut self, joint: Joint, first: usize) {
        let operands = match first {
            // Most chains are all there is, and stay where they are.
            0 => mem::take(&mut self.operands),
            _ => self.operands.split_off(first),
        };
        self.operands.push(Expr::chain(joint, operands));
    }
}
