//! Evaluation as plainly as can be: the tree is walked for each record, and each value is taken apart where it is met.

mod compare;
mod number;
pub(super) mod row;
mod text;

use compare::Comparer;
use core::cmp::Ordering;
use netskope_query::{Dialect, Expr, ExprKind, Literal, Op, Path, Schema, Value};
use row::Row;
use serde_json::Value as Json;

/// Whether the record matches.
pub(super) fn evaluate(expr: &Expr, record: &Json, dialect: Dialect, schema: &Schema<'_>) -> bool {
    let run = Run { dialect, schema };
    match row::elements(record, schema) {
        Some(elements) => elements
            .iter()
            .any(|element| run.holds(expr, Row::of(record, element))),
        None => run.holds(expr, Row::alone(record)),
    }
}

/// One evaluation.
#[derive(Clone, Copy)]
struct Run<'s> {
    dialect: Dialect,
    schema: &'s Schema<'s>,
}

impl Run<'_> {
    fn holds(self, expr: &Expr, row: Row<'_>) -> bool {
        match expr.kind() {
            ExprKind::Or(operands) => operands.iter().any(|operand| self.holds(operand, row)),
            ExprKind::And(operands) => operands.iter().all(|operand| self.holds(operand, row)),
            ExprKind::Not(inner) => !self.holds(inner, row),
            ExprKind::Has(path) => self.values(path, row).into_iter().any(is_something),
            ExprKind::Compare {
                path,
                operator,
                value,
            } => self.compare(path, operator.op, &value.literal, row),
            ExprKind::List {
                path,
                operator,
                values,
            } => self.list(path, operator.op, values, row),
            ExprKind::Range {
                path, low, high, ..
            } => self.any(path, row, |comparer, actual| {
                comparer
                    .order(actual, &low.literal)
                    .is_some_and(Ordering::is_ge)
                    && comparer
                        .order(actual, &high.literal)
                        .is_some_and(Ordering::is_le)
            }),
        }
    }

    fn compare(self, path: &Path, op: Op, literal: &Literal, row: Row<'_>) -> bool {
        let ordered = |test: fn(Ordering) -> bool| {
            self.any(path, row, |comparer, actual| {
                comparer.order(actual, literal).is_some_and(test)
            })
        };
        match op {
            Op::Eq | Op::In | Op::Between => self.any(path, row, |comparer, actual| {
                comparer.equal(actual, literal)
            }),
            Op::Ne | Op::NotIn => self.differs(path, row, |comparer, actual| {
                comparer.equal(actual, literal)
            }),
            Op::Like => self.any(path, row, |comparer, actual| comparer.like(actual, literal)),
            Op::NotLike => {
                self.differs(path, row, |comparer, actual| comparer.like(actual, literal))
            }
            Op::StartsWith => self.any(path, row, |comparer, actual| {
                comparer.starts_with(actual, literal)
            }),
            Op::Gt => ordered(Ordering::is_gt),
            Op::Ge => ordered(Ordering::is_ge),
            Op::Lt => ordered(Ordering::is_lt),
            Op::Le => ordered(Ordering::is_le),
        }
    }

    fn list(self, path: &Path, op: Op, values: &[Value], row: Row<'_>) -> bool {
        let listed = |comparer: &Comparer<'_>, actual: Option<&Json>| {
            values
                .iter()
                .any(|value| comparer.equal(actual, &value.literal))
        };
        if op == Op::NotIn {
            self.differs(path, row, listed)
        } else {
            self.any(path, row, listed)
        }
    }

    /// Whether the test holds for any value at the path, or for the absence of one.
    fn any(
        self,
        path: &Path,
        row: Row<'_>,
        test: impl Fn(&Comparer<'_>, Option<&Json>) -> bool,
    ) -> bool {
        let comparer = self.comparer(path);
        let values = self.values(path, row);
        if values.is_empty() {
            return test(&comparer, None);
        }
        values.into_iter().any(|value| test(&comparer, Some(value)))
    }

    /// The negative operators: Skope IT asks for one value that differs, the command line that none is equal.
    fn differs(
        self,
        path: &Path,
        row: Row<'_>,
        test: impl Fn(&Comparer<'_>, Option<&Json>) -> bool,
    ) -> bool {
        match self.dialect {
            Dialect::SkopeIt => self.any(path, row, |comparer, actual| !test(comparer, actual)),
            _ => !self.any(path, row, test),
        }
    }

    fn values<'r>(self, path: &Path, row: Row<'r>) -> Vec<&'r Json> {
        row.values(&row::meant(path.as_str(), self.schema), self.schema)
    }

    fn comparer(&self, path: &Path) -> Comparer<'_> {
        let field = self.schema.field(&row::meant(path.as_str(), self.schema));
        Comparer {
            dialect: self.dialect,
            codes: field.map_or(&[], |field| field.codes),
        }
    }
}

fn is_something(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::String(text) => !text.is_empty(),
        // Lists were replaced by their elements, and a list among those is one.
        _ => true,
    }
}
