//! The tree.

use crate::operator::Keyword;
use crate::{Operator, Span, Value, class};
use alloc::{boxed::Box, vec::Vec};
use core::hash::{Hash, Hasher};
use core::str::Split;

/// A query.
///
/// It comes from [`parse`](crate::parse) or from the builder that begins with [`field`](crate::field), and both keep the
/// same shape: a chain of `or` or `and` is one node with all its operands, never nested in a chain of its own kind. Two
/// trees are equal where they ask the same in the same words, wherever they stand and however their operators are spelt.
///
/// No tree has more than 258 levels below its root, so whatever walks over one may call itself for each level.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Expr {
    #[cfg_attr(feature = "serde", serde(flatten))]
    kind: ExprKind,
    span: Span,
    /// How many levels are below it.
    #[cfg_attr(feature = "serde", serde(skip))]
    depth: u16,
}

/// Larger ones would be moved by a call each time, and a condition is moved several times on its way into the tree.
const _: () = assert!(size_of::<Expr>() <= 128);

/// The most levels below an [`Expr`]: those of the deepest text, where each of the [`MAX_DEPTH`](crate::MAX_DEPTH)
/// parentheses, and what is around them, holds an `or` with an `and` in it.
pub(crate) const DEEPEST: u16 = 258;

/// The kinds of [`Expr`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum ExprKind {
    /// At least one of two or more holds.
    Or(Vec<Expr>),
    /// All of two or more hold.
    And(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// The field has a value: `host_info`.
    Has(Path),
    /// A field against one value.
    Compare {
        /// The field.
        path: Path,
        /// Any but those of lists and ranges.
        operator: Operator,
        /// What it is compared with.
        value: Value,
    },
    /// A field against a list.
    List {
        /// The field.
        path: Path,
        /// [`Op::In`](crate::Op::In) or [`Op::NotIn`](crate::Op::NotIn).
        operator: Operator,
        /// What it is compared with.
        values: Vec<Value>,
    },
    /// A field against two bounds, both included.
    Range {
        /// The field.
        path: Path,
        /// [`Op::Between`](crate::Op::Between).
        operator: Operator,
        /// The lower bound.
        low: Box<Value>,
        /// The upper bound.
        high: Box<Value>,
    },
}

impl Expr {
    /// What it is.
    pub fn kind(&self) -> &ExprKind {
        &self.kind
    }

    /// Where it stands, parentheses around it included; empty where the builder made it.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The fields it names, in the order of the text.
    pub fn paths(&self) -> Vec<&Path> {
        self.names().into_iter().map(|(path, _)| path).collect()
    }

    /// The fields it names, in the order of the text, and whether each stands alone.
    pub(crate) fn names(&self) -> Vec<(&Path, bool)> {
        let mut names = Vec::new();
        let mut rest = alloc::vec![self];
        while let Some(expr) = rest.pop() {
            match &expr.kind {
                ExprKind::Or(operands) | ExprKind::And(operands) => {
                    rest.extend(operands.iter().rev());
                }
                ExprKind::Not(inner) => rest.push(inner),
                ExprKind::Has(path) => names.push((path, true)),
                ExprKind::Compare { path, .. }
                | ExprKind::List { path, .. }
                | ExprKind::Range { path, .. } => names.push((path, false)),
            }
        }
        names
    }

    pub(crate) fn new(kind: ExprKind, span: Span) -> Self {
        let depth = match &kind {
            ExprKind::Or(operands) | ExprKind::And(operands) => {
                let depths = operands.iter().map(|operand| operand.depth);
                depths.max().unwrap_or_default() + 1
            }
            ExprKind::Not(inner) => inner.depth + 1,
            _ => 0,
        };
        Self { kind, span, depth }
    }

    pub(crate) fn depth(&self) -> u16 {
        self.depth
    }

    pub(crate) fn set_span(&mut self, span: Span) {
        self.span = span;
    }

    /// The chain of all, in which chains of its own kind are taken apart.
    pub(crate) fn chain(joint: Joint, operands: Vec<Self>) -> Self {
        let ends = operands.first().zip(operands.last());
        let span = ends.map_or(Span::default(), |(first, last)| first.span.to(last.span));
        let nested = operands.iter().any(|operand| operand.is_chain(joint));
        let operands = if nested {
            let parts = operands.into_iter();
            parts.flat_map(|part| part.into_operands(joint)).collect()
        } else {
            operands
        };
        Self::new(joint.of(operands), span)
    }

    /// The chain of the two, in which chains of its own kind are taken apart.
    pub(crate) fn join(self, joint: Joint, other: Self) -> Self {
        let span = self.span.to(other.span);
        // Not by `new`, which would look at all operands for each one added.
        let depth = self.depth_in(joint).max(other.depth_in(joint)) + 1;
        let mut operands = self.into_operands(joint);
        if other.is_chain(joint) {
            operands.extend(other.into_operands(joint));
        } else {
            operands.push(other);
        }
        let kind = joint.of(operands);
        Self { kind, span, depth }
    }

    fn is_chain(&self, joint: Joint) -> bool {
        matches!(
            (joint, &self.kind),
            (Joint::Or, ExprKind::Or(_)) | (Joint::And, ExprKind::And(_))
        )
    }

    /// How many levels it needs as part of a chain, in which it is taken apart where it is one itself.
    fn depth_in(&self, joint: Joint) -> u16 {
        self.depth - u16::from(self.is_chain(joint))
    }

    pub(crate) fn into_parts(self) -> (ExprKind, Span) {
        (self.kind, self.span)
    }

    pub(crate) fn into_operands(self, joint: Joint) -> Vec<Self> {
        match (joint, self.kind) {
            (Joint::Or, ExprKind::Or(operands)) | (Joint::And, ExprKind::And(operands)) => operands,
            (_, kind) => alloc::vec![Self { kind, ..self }],
        }
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Expr {}

impl Hash for Expr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kind.hash(state);
    }
}

/// What joins the operands of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    Or,
    And,
}

impl Joint {
    pub(crate) fn of(self, operands: Vec<Expr>) -> ExprKind {
        match self {
            Self::Or => ExprKind::Or(operands),
            Self::And => ExprKind::And(operands),
        }
    }
}

/// The name of a field: segments joined by dots, such as `host_info.hostname`.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Path {
    text: Box<str>,
    span: Span,
}

impl Path {
    pub(crate) fn new(text: Box<str>, span: Span) -> Self {
        Self { text, span }
    }

    /// The whole name, dots included.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The names between the dots.
    pub fn segments(&self) -> Split<'_, char> {
        self.text.split('.')
    }

    /// Where it stands; empty where the builder made it.
    pub fn span(&self) -> Span {
        self.span
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Path {}

impl Hash for Path {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// Whether a name can stand in a query without backticks.
pub(crate) fn is_plain_name(name: &str) -> bool {
    is_name(name) && Keyword::of(name.as_bytes()).is_none()
}

/// Whether a name can stand without backticks unless it is a word of the language.
pub(crate) fn is_name(name: &str) -> bool {
    let begins = |first: char| first.is_alphabetic() || first == '_';
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let ascii = class::end(name.as_bytes(), 0, class::NAME);
    name.starts_with(begins)
        && name
            .get(ascii..)
            .is_some_and(|more| more.chars().all(goes_on))
}
