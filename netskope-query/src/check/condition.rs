//! A comparison, whichever its form.

use crate::{Expr, ExprKind, Op, Operator, Path, Value};
use core::slice;

#[derive(Clone, Copy)]
pub(super) struct Condition<'e> {
    pub(super) path: &'e Path,
    pub(super) operator: Operator,
    /// One value, those of a list, or the two bounds.
    values: [&'e [Value]; 2],
}

impl<'e> Condition<'e> {
    pub(super) fn of(expr: &'e Expr) -> Option<Self> {
        let one = slice::from_ref;
        let (path, operator, values) = match expr.kind() {
            ExprKind::Compare {
                path,
                operator,
                value,
            } => (path, operator, [one(value), &[]]),
            ExprKind::List {
                path,
                operator,
                values,
            } => (path, operator, [values.as_slice(), &[]]),
            ExprKind::Range {
                path,
                operator,
                low,
                high,
            } => (path, operator, [one(low), one(high)]),
            _ => return None,
        };
        Some(Self {
            path,
            operator: *operator,
            values,
        })
    }

    /// The one value or the list, or the lower bound.
    pub(super) fn listed(&self) -> &'e [Value] {
        let [listed, _] = self.values;
        listed
    }

    /// The two bounds of a range.
    pub(super) fn bounds(&self) -> Option<(&'e Value, &'e Value)> {
        let [low, high] = self.values;
        low.first().zip(high.first())
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &'e Value> + use<'e> {
        self.values.into_iter().flatten()
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
