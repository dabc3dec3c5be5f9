//! Operators and the words of the language.

use crate::Span;
use core::fmt;
use core::hash::{Hash, Hasher};

/// An [`Op`] as it was spelt, at its place in the text.
#[derive(Clone, Copy)]
pub struct Operator {
    /// What it does.
    pub op: Op,
    /// Which one of the operator's spellings.
    spelling: u8,
    /// Where; empty where the builder made it.
    pub span: Span,
}

impl Operator {
    /// As `text` spells it, in whatever case.
    pub(crate) fn new(op: Op, text: &str, span: Span) -> Self {
        let mut spellings = op.spellings().iter().zip(0..);
        let same = spellings.find(|(known, _)| is_same(known, text.as_bytes()));
        let spelling = same.map_or(0, |(_, spelling)| spelling);
        Self { op, spelling, span }
    }

    /// The spelling used, in lower case, such as `==`; the canonical one where the builder made it.
    pub fn spelling(&self) -> &'static str {
        let spelling = self.op.spellings().get(usize::from(self.spelling));
        spelling.copied().unwrap_or(self.op.as_str())
    }
}

impl From<Op> for Operator {
    fn from(op: Op) -> Self {
        Self {
            op,
            spelling: 0,
            span: Span::default(),
        }
    }
}

impl fmt::Debug for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operator")
            .field("op", &self.op)
            .field("spelling", &self.spelling())
            .field("span", &self.span)
            .finish()
    }
}

/// Equal where they do the same, however spelt.
impl PartialEq for Operator {
    fn eq(&self, other: &Self) -> bool {
        self.op == other.op
    }
}

impl Eq for Operator {}

impl Hash for Operator {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.op.hash(state);
    }
}

/// What a comparison asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// The canonical spelling; of a range its first word, `from`.
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

    /// All spellings, the canonical one first.
    const fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Eq => &["eq", "=", "=="],
            Self::Ne => &["neq", "ne", "!="],
            Self::Gt => &["gt", ">"],
            Self::Ge => &["gte", "ge", ">="],
            Self::Lt => &["lt", "<"],
            Self::Le => &["lte", "le", "<="],
            Self::Like => &["like", "~"],
            Self::NotLike => &["notlike", "!~"],
            Self::StartsWith => &["startswith"],
            Self::In => &["in"],
            Self::NotIn => &["not_in", "notin", "not in"],
            Self::Between => &["from", "between"],
        }
    }

    /// The operator that `symbol` stands for.
    pub(crate) fn of_symbol(symbol: &[u8]) -> Option<Self> {
        Some(match symbol {
            b"=" | b"==" => Self::Eq,
            b"!=" => Self::Ne,
            b">" => Self::Gt,
            b">=" => Self::Ge,
            b"<" => Self::Lt,
            b"<=" => Self::Le,
            b"~" => Self::Like,
            b"!~" => Self::NotLike,
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
    Operator(Op),
}

impl Keyword {
    /// The keyword that `word` is, in whatever case.
    pub(crate) fn of(word: &[u8]) -> Option<Self> {
        let mut keywords = Self::of_length(word.len()).iter();
        let found = keywords.find(|(keyword, _)| is_same(keyword, word));
        found.map(|(_, keyword)| *keyword)
    }

    /// All that have this many bytes, those that are written most first.
    const fn of_length(length: usize) -> &'static [(&'static str, Self)] {
        match length {
            2 => &[
                ("or", Self::Or),
                ("eq", Self::Operator(Op::Eq)),
                ("in", Self::Operator(Op::In)),
                ("ne", Self::Operator(Op::Ne)),
                ("gt", Self::Operator(Op::Gt)),
                ("ge", Self::Operator(Op::Ge)),
                ("lt", Self::Operator(Op::Lt)),
                ("le", Self::Operator(Op::Le)),
            ],
            3 => &[
                ("and", Self::And),
                ("not", Self::Not),
                ("neq", Self::Operator(Op::Ne)),
                ("gte", Self::Operator(Op::Ge)),
                ("lte", Self::Operator(Op::Le)),
            ],
            4 => &[
                ("like", Self::Operator(Op::Like)),
                ("from", Self::Operator(Op::Between)),
                ("true", Self::True),
                ("null", Self::Null),
            ],
            5 => &[("notin", Self::Operator(Op::NotIn)), ("false", Self::False)],
            6 => &[("not_in", Self::Operator(Op::NotIn))],
            7 => &[
                ("notlike", Self::Operator(Op::NotLike)),
                ("between", Self::Operator(Op::Between)),
            ],
            10 => &[("startswith", Self::Operator(Op::StartsWith))],
            _ => &[],
        }
    }
}

/// Whether `word` is this one, in whatever case; of all that words and operators hold, letters alone differ in this bit.
pub(crate) fn is_same(spelling: &str, word: &[u8]) -> bool {
    let mut pairs = spelling.bytes().zip(word);
    spelling.len() == word.len() && pairs.all(|(a, b)| a | 0x20 == b | 0x20)
}
