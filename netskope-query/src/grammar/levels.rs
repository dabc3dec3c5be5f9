//! The levels of parentheses while a text is read.

use crate::expr::Joint;
use crate::{Expr, ExprKind, Span};
use alloc::{boxed::Box, vec::Vec};
use core::mem;

/// What was read so far, as a list instead of on the stack, so that depth costs no stack here.
#[derive(Default)]
pub(super) struct Levels {
    outer: Vec<Level>,
    level: Level,
    /// Each `not` before an operand still to come.
    nots: Vec<Span>,
}

/// What stands between two parentheses, or in the whole text.
#[derive(Default)]
struct Level {
    open: Span,
    /// The operands of its `or` before the one being read.
    any: Vec<Expr>,
    /// Those of the `and` being read.
    all: Vec<Expr>,
    /// How many `not`s stand before it.
    nots: usize,
}

impl Levels {
    pub(super) fn depth(&self) -> usize {
        self.outer.len() + self.nots.len()
    }

    /// Whether nothing was read.
    pub(super) fn are_empty(&self) -> bool {
        self.depth() == 0 && self.level.any.is_empty() && self.level.all.is_empty()
    }

    pub(super) fn are_open(&self) -> bool {
        !self.outer.is_empty()
    }

    pub(super) fn negate(&mut self, not: Span) {
        self.nots.push(not);
    }

    pub(super) fn open(&mut self, open: Span) {
        let level = Level {
            open,
            nots: self.nots.len(),
            ..Level::default()
        };
        self.outer.push(mem::replace(&mut self.level, level));
    }

    /// Whether `not` stands right before the operand.
    pub(super) fn negates(&self) -> bool {
        self.nots.len() > self.level.nots
    }

    /// The operand with the `not`s right before it.
    pub(super) fn negated(&mut self, mut operand: Expr) -> Expr {
        for not in self.nots.drain(self.level.nots..).rev() {
            let span = not.to(operand.span());
            operand = Expr::new(ExprKind::Not(Box::new(operand)), span);
        }
        operand
    }

    /// What is in the parentheses that end with this operand, as an operand of the level around; `None` where none are
    /// open.
    pub(super) fn close(&mut self, last: Expr, close: Span) -> Option<Expr> {
        let outer = self.outer.pop()?;
        let level = mem::replace(&mut self.level, outer);
        let span = level.open.to(close);
        let mut group = level.end(last);
        group.set_span(span);
        Some(group)
    }

    /// `and` follows.
    pub(super) fn and(&mut self, operand: Expr) {
        self.level.all.push(operand);
    }

    /// `or` follows, which ends a chain of `and`.
    pub(super) fn or(&mut self, mut operand: Expr) {
        if !self.level.all.is_empty() {
            operand = chain(Joint::And, mem::take(&mut self.level.all), operand);
        }
        self.level.any.push(operand);
    }

    /// The end follows.
    pub(super) fn finish(self, last: Expr) -> Expr {
        self.level.end(last)
    }
}

impl Level {
    fn end(self, mut last: Expr) -> Expr {
        if !self.all.is_empty() {
            last = chain(Joint::And, self.all, last);
        }
        if !self.any.is_empty() {
            last = chain(Joint::Or, self.any, last);
        }
        last
    }
}

fn chain(joint: Joint, mut operands: Vec<Expr>, last: Expr) -> Expr {
    operands.push(last);
    Expr::chain(joint, operands)
}
