//! Canonical text: the only place that quotes.

mod wrapped;

pub use wrapped::Wrapped;

use crate::expr::is_plain_name;
use crate::{Expr, ExprKind, Literal, Op, Path, Value};
use core::fmt::{self, Display, Formatter, Write};

/// The canonical text, which parses to an equal tree.
///
/// Two kinds of tree, which only the builder makes, print text that the parser refuses: one that holds a NUL character,
/// and one beyond [`MAX_DEPTH`](crate::MAX_DEPTH) or [`MAX_LENGTH`](crate::MAX_LENGTH).
impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ExprKind::Or(operands) => chain(f, " or ", operands, |_| false),
            ExprKind::And(operands) => chain(f, " and ", operands, is_or),
            ExprKind::Not(inner) => {
                f.write_str("not ")?;
                group(f, inner, is_chain(inner))
            }
            ExprKind::Has(path) => path.fmt(f),
            ExprKind::Compare {
                path,
                operator,
                value,
            } => {
                write!(f, "{path} {} {value}", operator.op)
            }
            ExprKind::List {
                path,
                operator,
                values,
            } => {
                write!(f, "{path} {} [", operator.op)?;
                separated(f, ", ", values, Display::fmt)?;
                f.write_char(']')
            }
            ExprKind::Range {
                path, low, high, ..
            } => {
                write!(f, "{path} {} {low} to {high}", Op::Between.as_str())
            }
        }
    }
}

fn is_chain(expr: &Expr) -> bool {
    matches!(expr.kind(), ExprKind::Or(_) | ExprKind::And(_))
}

fn is_or(expr: &Expr) -> bool {
    matches!(expr.kind(), ExprKind::Or(_))
}

fn chain(
    f: &mut Formatter<'_>,
    joint: &str,
    operands: &[Expr],
    grouped: fn(&Expr) -> bool,
) -> fmt::Result {
    separated(f, joint, operands, |operand, f| {
        group(f, operand, grouped(operand))
    })
}

fn group(f: &mut Formatter<'_>, expr: &Expr, grouped: bool) -> fmt::Result {
    if grouped {
        write!(f, "({expr})")
    } else {
        expr.fmt(f)
    }
}

fn separated<T>(
    f: &mut Formatter<'_>,
    separator: &str,
    items: &[T],
    print: impl Fn(&T, &mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        print(item, f)?;
    }
    Ok(())
}

/// The name, in backticks where it could be read as anything else.
impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_plain_name(self.as_str()) {
            f.write_str(self.as_str())
        } else {
            quote(f, '`', self.as_str())
        }
    }
}

/// The canonical spelling.
impl Display for Op {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.literal.fmt(f)
    }
}

/// Text in single quotes; everything else as it is.
impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => quote(f, '\'', text),
            Self::Number(number) => number.fmt(f),
            Self::Bool(truth) => truth.fmt(f),
            Self::Null => f.write_str("null"),
        }
    }
}

fn quote(f: &mut Formatter<'_>, quote: char, text: &str) -> fmt::Result {
    f.write_char(quote)?;
    for c in text.chars() {
        if c == quote || c == '\\' {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char(quote)
}
