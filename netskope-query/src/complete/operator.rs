//! What is said of operators.

use crate::{Kind, Op};

/// The operators that suit the values of a field, the usual ones first; all of them where the field is not known.
pub(super) fn suited(kind: Option<Kind>) -> &'static [Op] {
    match kind {
        Some(Kind::Text) => &[
            Op::Eq,
            Op::Ne,
            Op::Like,
            Op::NotLike,
            Op::StartsWith,
            Op::In,
            Op::NotIn,
        ],
        Some(Kind::Number | Kind::Time) => &[
            Op::Eq,
            Op::Ne,
            Op::Gt,
            Op::Ge,
            Op::Lt,
            Op::Le,
            Op::Between,
            Op::In,
            Op::NotIn,
        ],
        Some(Kind::Coded) => &[Op::Eq, Op::Ne, Op::In, Op::NotIn],
        Some(Kind::List) => &[Op::Eq, Op::Ne, Op::Like, Op::NotLike, Op::In, Op::NotIn],
        Some(Kind::Object) => &[],
        None => &[
            Op::Eq,
            Op::Ne,
            Op::Like,
            Op::NotLike,
            Op::StartsWith,
            Op::In,
            Op::NotIn,
            Op::Gt,
            Op::Ge,
            Op::Lt,
            Op::Le,
            Op::Between,
        ],
    }
}

/// One line on what it asks.
pub(super) fn meaning(op: Op) -> &'static str {
    match op {
        Op::Eq => "is equal to the value",
        Op::Ne => "differs from the value",
        Op::Gt => "is greater than the value",
        Op::Ge => "is the value or greater",
        Op::Lt => "is less than the value",
        Op::Le => "is the value or less",
        Op::Like => "holds the pattern",
        Op::NotLike => "does not hold the pattern",
        Op::StartsWith => "starts with the text",
        Op::In => "is one of the list",
        Op::NotIn => "is none of the list",
        Op::Between => "lies between two values, both included",
    }
}
