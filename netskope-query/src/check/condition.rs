//! A comparison, whichever its form.

use crate::{Expr, ExprKind, Op, Operator, Path, Value};
use alloc::vec::Vec;
use core::slice;

#[derive(Clone, Copy)]
pub(super) struct Condition<'e> {
    pub(super) path: &'e Path,
    pub(super) operator: Operator,
    /// The one value or the list, or the lower bound.
    pub(super) listed: &'e [Value],
    /// The upper bound of a range.
    high: Option<&'e Value>,
}

impl<'e> Condition<'e> {
    pub(super) fn of(expr: &'e Expr) -> Option<Self> {
        let (path, operator, listed, high) = match expr.kind() {
            ExprKind::Compare {
                path,
                operator,
                value,
            } => (path, operator, slice::from_ref(value), None),
            ExprKind::List {
                path,
                operator,
                values,
            } => (path, operator, values.as_slice(), None),
            ExprKind::Range {
                path,
                operator,
                low,
                high,
            } => (path, operator, slice::from_ref(&**low), Some(&**high)),
            _ => return None,
        };
        Some(Self {
            path,
            operator: *operator,
            listed,
            high,
        })
    }

    /// The two bounds of a range.
    pub(super) fn bounds(&self) -> Option<(&'e Value, &'e Value)> {
        self.listed.first().zip(self.high)
    }

    /// All it compares with.
    pub(super) fn values(&self) -> Vec<&'e Value> {
        self.listed.iter().chain(self.high).collect()
    }

    /// Whether it asks what comes first.
    pub(super) fn orders(&self) -> bool {
        matches!(
            self.operator.op,
            Op::Gt | Op::Ge | Op::Lt | Op::Le | Op::Between
        )
    }

    /// Whether it looks into the text.
    pub(super) fn looks_inside(&self) -> bool {
        matches!(self.operator.op, Op::Like | Op::NotLike | Op::StartsWith)
    }
}
