//! A field and the values it may have, or may not.

use super::Places;
use crate::{Expr, ExprKind, Op, Operator, Path, Span, Value};
use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;

/// `a eq 1`, `a in [1, 2]`, and their opposites.
pub(super) struct OneOf {
    pub(super) path: Path,
    operator: Operator,
    values: Vec<Value>,
    span: Span,
}

impl OneOf {
    /// The condition, or the expression back where it is none of this form.
    pub(super) fn of(expr: Expr) -> Result<Self, Box<Expr>> {
        let (kind, span) = expr.into_parts();
        let (path, operator, values) = match kind {
            ExprKind::List {
                path,
                operator,
                values,
            } => (path, operator, values),
            ExprKind::Compare {
                path,
                operator,
                value,
            } if matches!(operator.op, Op::Eq | Op::Ne) => (path, operator, alloc::vec![value]),
            kind => return Err(Box::new(Expr::new(kind, span))),
        };
        Ok(Self {
            path,
            operator,
            values,
            span,
        })
    }

    pub(super) fn is_opposite(&self) -> bool {
        matches!(self.operator.op, Op::Ne | Op::NotIn)
    }

    /// Allows what the other allows too.
    pub(super) fn extend(&mut self, other: Self) {
        self.values.extend(other.values);
        self.span = self.span.to(other.span);
    }

    /// The shortest form: each value once, and no list of one.
    pub(super) fn into_expr(mut self) -> Expr {
        let mut seen = Places::new();
        self.values
            .retain(|value| seen.insert(value.to_string(), 0).is_none());
        let (one, many) = if self.is_opposite() {
            (Op::Ne, Op::NotIn)
        } else {
            (Op::Eq, Op::In)
        };
        let path = self.path;
        let kind = match <[Value; 1]>::try_from(self.values) {
            Ok([value]) => ExprKind::Compare {
                path,
                operator: spelt(self.operator, one),
                value,
            },
            Err(values) => ExprKind::List {
                path,
                operator: spelt(self.operator, many),
                values,
            },
        };
        Expr::new(kind, self.span)
    }
}

/// The operator as it was spelt, where it need not become another.
fn spelt(operator: Operator, op: Op) -> Operator {
    if operator.op == op {
        return operator;
    }
    Operator::new(op, op.as_str(), operator.span)
}
