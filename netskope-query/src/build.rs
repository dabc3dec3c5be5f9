//! Queries made by a program instead of a person.

use crate::expr::{DEEPEST, Joint};
use crate::{Expr, ExprKind, Op, Path, Span, Value};
use alloc::{boxed::Box, string::String, vec::Vec};
use core::ops;

/// Begins a condition on the field at a dotted path.
///
/// ```
/// use netskope_query::{field, parse};
///
/// let built = field("host_info.hostname").eq("xxx").or(field("host_info.hostname").like("yyy"));
/// assert_eq!(built, parse("host_info.hostname eq xxx or host_info.hostname ~ 'yyy'").unwrap());
/// ```
pub fn field(path: impl Into<String>) -> FieldName {
    FieldName(Path::new(path.into().into(), Span::default()))
}

/// A field that waits for its condition; see [`field`].
#[derive(Clone, Debug)]
#[must_use = "a field alone is no query yet"]
pub struct FieldName(Path);

impl FieldName {
    /// `field eq value`.
    pub fn eq(self, value: impl Into<Value>) -> Expr {
        self.compare(Op::Eq, value)
    }

    /// `field neq value`.
    pub fn ne(self, value: impl Into<Value>) -> Expr {
        self.compare(Op::Ne, value)
    }

    /// `field gt value`.
    pub fn gt(self, value: impl Into<Value>) -> Expr {
        self.compare(Op::Gt, value)
    }

    /// `field gte value`.
    pub fn ge(self, value: impl Into<Value>) -> Expr {
        self.compare(Op::Ge, value)
    }

    /// `field lt value`.
    pub fn lt(self, value: impl Into<Value>) -> Expr {
        self.compare(Op::Lt, value)
    }

    /// `field lte value`.
    pub fn le(self, value: impl Into<Value>) -> Expr {
        self.compare(Op::Le, value)
    }

    /// `field like pattern`.
    pub fn like(self, pattern: impl Into<Value>) -> Expr {
        self.compare(Op::Like, pattern)
    }

    /// `field notlike pattern`.
    pub fn not_like(self, pattern: impl Into<Value>) -> Expr {
        self.compare(Op::NotLike, pattern)
    }

    /// `field startswith text`.
    pub fn starts_with(self, text: impl Into<Value>) -> Expr {
        self.compare(Op::StartsWith, text)
    }

    /// `field in [first, ...]`; a list holds at least one value.
    pub fn is_in<V: Into<Value>>(self, first: V, others: impl IntoIterator<Item = V>) -> Expr {
        self.list(Op::In, first, others)
    }

    /// `field not_in [first, ...]`; a list holds at least one value.
    pub fn not_in<V: Into<Value>>(self, first: V, others: impl IntoIterator<Item = V>) -> Expr {
        self.list(Op::NotIn, first, others)
    }

    /// `field from low to high`, both included.
    pub fn between(self, low: impl Into<Value>, high: impl Into<Value>) -> Expr {
        built(ExprKind::Range {
            path: self.0,
            operator: Op::Between.into(),
            low: Box::new(low.into()),
            high: Box::new(high.into()),
        })
    }

    /// The bare field: it has a value.
    pub fn exists(self) -> Expr {
        built(ExprKind::Has(self.0))
    }

    fn compare(self, op: Op, value: impl Into<Value>) -> Expr {
        built(ExprKind::Compare {
            path: self.0,
            operator: op.into(),
            value: value.into(),
        })
    }

    fn list<V: Into<Value>>(self, op: Op, first: V, others: impl IntoIterator<Item = V>) -> Expr {
        let mut values: Vec<Value> = alloc::vec![first.into()];
        values.extend(others.into_iter().map(Into::into));
        built(ExprKind::List {
            path: self.0,
            operator: op.into(),
            values,
        })
    }
}

impl Expr {
    /// `self and other`.
    ///
    /// # Panics
    ///
    /// Where the tree would have more than 258 levels, which is what a text can have. A chain of one kind is one level,
    /// however long.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        bounded(self.join(Joint::And, other))
    }

    /// `self or other`.
    ///
    /// # Panics
    ///
    /// Those of [`and`](Self::and).
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        bounded(self.join(Joint::Or, other))
    }
}

/// `not self`, written `!expr`.
///
/// # Panics
///
/// Those of [`Expr::and`].
impl ops::Not for Expr {
    type Output = Self;

    fn not(self) -> Self {
        bounded(built(ExprKind::Not(Box::new(self))))
    }
}

fn built(kind: ExprKind) -> Expr {
    Expr::new(kind, Span::default())
}

/// Fails here, where the mistake is, and not later where the stack ends.
fn bounded(expr: Expr) -> Expr {
    assert!(expr.depth() <= DEEPEST, "a query is nested too deep");
    expr
}
