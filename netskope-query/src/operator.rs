//! Operators and the words of the language.

use crate::Span;

/// An [`Op`] as it was spelt, at its place in the text.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Operator {
    /// What it does.
    pub op: Op,
    /// The spelling used, in lower case, such as `==`; the canonical one where the builder made it.
    pub spelling: &'static str,
    /// Where; empty where the builder made it.
    pub span: Span,
}

impl From<Op> for Operator {
    fn from(op: Op) -> Self {
        Self {
            op,
            spelling: op.as_str(),
            span: Span::default(),
        }
    }
}

/// Equal where they do the same, however spelt.
impl PartialEq for Operator {
    fn eq(&self, other: &Self) -> bool {
        self.op == other.op
    }
}

impl Eq for Operator {}

/// What a comparison asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Equal: `eq`, `=`, `==`.
    Eq,
    /// Not equal: `neq`, `ne`, `!=`.
    Ne,
    /// Greater: `gt`, `>`.
    Gt,
    /// Greater or equal: `gte`, `ge`, `>=`.
    Ge,
    /// Less: `lt`, `<`.
    Lt,
    /// Less or equal: `lte`, `le`, `<=`.
    Le,
    /// Holds the pattern, as the dialect reads it: `like`, `~`.
    Like,
    /// Does not hold the pattern: `notlike`, `!~`.
    NotLike,
    /// Starts with the text: `startswith`.
    StartsWith,
    /// One of a list: `in [a, b]`.
    In,
    /// None of a list: `not_in`, `notin`, `not in`.
    NotIn,
    /// Within two bounds, both included: `from a to b`, `between [a, b]`.
    Between,
}

impl Op {
    /// The canonical spelling.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "neq",
            Self::Gt => "gt",
            Self::Ge => "gte",
            Self::Lt => "lt",
            Self::Le => "lte",
            Self::Like => "like",
            Self::NotLike => "notlike",
            Self::StartsWith => "startswith",
            Self::In => "in",
            Self::NotIn => "not_in",
            Self::Between => "from",
        }
    }

    /// The operator that `symbol` stands for, with its spelling.
    pub(crate) fn of_symbol(symbol: &str) -> Option<(Self, &'static str)> {
        Some(match symbol {
            "=" => (Self::Eq, "="),
            "==" => (Self::Eq, "=="),
            "!=" => (Self::Ne, "!="),
            ">" => (Self::Gt, ">"),
            ">=" => (Self::Ge, ">="),
            "<" => (Self::Lt, "<"),
            "<=" => (Self::Le, "<="),
            "~" => (Self::Like, "~"),
            "!~" => (Self::NotLike, "!~"),
            _ => return None,
        })
    }
}

/// A word that is no field name where a field is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyword {
    And,
    Or,
    Not,
    True,
    False,
    Null,
    Operator(Op, &'static str),
}

/// Longest keyword, in bytes.
const LONGEST: usize = "startswith".len();

impl Keyword {
    /// The keyword that `word` is, in whatever case.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let mut lower = [0; LONGEST];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        let operator = |op, spelling| Some(Self::Operator(op, spelling));
        match &*lower {
            b"and" => Some(Self::And),
            b"or" => Some(Self::Or),
            b"not" => Some(Self::Not),
            b"true" => Some(Self::True),
            b"false" => Some(Self::False),
            b"null" => Some(Self::Null),
            b"eq" => operator(Op::Eq, "eq"),
            b"ne" => operator(Op::Ne, "ne"),
            b"neq" => operator(Op::Ne, "neq"),
            b"gt" => operator(Op::Gt, "gt"),
            b"ge" => operator(Op::Ge, "ge"),
            b"gte" => operator(Op::Ge, "gte"),
            b"lt" => operator(Op::Lt, "lt"),
            b"le" => operator(Op::Le, "le"),
            b"lte" => operator(Op::Le, "lte"),
            b"like" => operator(Op::Like, "like"),
            b"notlike" => operator(Op::NotLike, "notlike"),
            b"startswith" => operator(Op::StartsWith, "startswith"),
            b"in" => operator(Op::In, "in"),
            b"notin" => operator(Op::NotIn, "notin"),
            b"not_in" => operator(Op::NotIn, "not_in"),
            b"from" => operator(Op::Between, "from"),
            b"between" => operator(Op::Between, "between"),
            _ => None,
        }
    }
}
