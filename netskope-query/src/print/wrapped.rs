//! The canonical text over several lines.

use super::{is_chain, is_or};
use crate::{Expr, ExprKind, Value};
use core::fmt::{self, Display, Formatter, Write};

/// Blanks before a line, for each level.
const INDENT: usize = 2;

impl Expr {
    /// The canonical text in lines of at most `width` characters, as far as it can be broken.
    ///
    /// What fits stays on one line. Of other groups each condition has a line, which begins with `and` or `or`; long lists
    /// are broken between their values; a single condition never is. Wide and combining characters count as one each.
    /// Like the text of one line, this parses to an equal tree, unless its blanks make it longer than
    /// [`MAX_LENGTH`](crate::MAX_LENGTH).
    ///
    /// ```
    /// let query = netskope_query::parse("not (os eq 'Mac' or os eq 'iOS') and status in [0, 1, 2, 3]")?;
    /// assert_eq!(
    ///     query.wrapped(24).to_string(),
    ///     "not (
    ///   os eq 'Mac'
    ///   or os eq 'iOS'
    /// )
    /// and status in [
    ///   0, 1, 2, 3
    /// ]"
    /// );
    /// # Ok::<_, netskope_query::ParseError>(())
    /// ```
    pub fn wrapped(&self, width: usize) -> Wrapped<'_> {
        Wrapped { expr: self, width }
    }
}

/// A query that prints over several lines; see [`Expr::wrapped`].
#[derive(Clone, Copy, Debug)]
pub struct Wrapped<'e> {
    expr: &'e Expr,
    width: usize,
}

impl Display for Wrapped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut lines = Lines {
            out: f,
            width: self.width,
            column: 0,
        };
        lines.expr(self.expr, 0, 0)
    }
}

/// Text on its way out.
struct Lines<'o> {
    out: &'o mut dyn Write,
    width: usize,
    /// Characters on the line so far.
    column: usize,
}

impl Lines<'_> {
    /// On this line, which has `indent` blanks before it, or else over several, of which those of a chain have `hang` more.
    fn expr(&mut self, expr: &Expr, indent: usize, hang: usize) -> fmt::Result {
        if self.fits(expr, 0) {
            return write!(self, "{expr}");
        }
        match expr.kind() {
            ExprKind::Or(operands) => self.chain(operands, "or ", indent, hang),
            ExprKind::And(operands) => self.chain(operands, "and ", indent, hang),
            ExprKind::Not(inner) => {
                self.write_str("not ")?;
                self.operand(inner, is_chain(inner), indent, 0)
            }
            ExprKind::List {
                path,
                operator,
                values,
            } => {
                write!(self, "{path} {} [", operator.op)?;
                self.list(values, indent + INDENT)?;
                self.line(indent)?;
                self.write_char(']')
            }
            _ => write!(self, "{expr}"),
        }
    }

    fn chain(&mut self, operands: &[Expr], joint: &str, indent: usize, hang: usize) -> fmt::Result {
        let is_and = joint == "and ";
        // The lines of an `and` within an `or` stand further in, since no parentheses tell them apart.
        let inner = if is_and { 0 } else { INDENT };
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                self.line(indent + hang)?;
                self.write_str(joint)?;
            }
            let indent = if index > 0 { indent + hang } else { indent };
            self.operand(operand, is_and && is_or(operand), indent, inner)?;
        }
        Ok(())
    }

    fn operand(&mut self, expr: &Expr, grouped: bool, indent: usize, hang: usize) -> fmt::Result {
        if !grouped {
            return self.expr(expr, indent, hang);
        }
        if self.fits(expr, "()".len()) {
            return write!(self, "({expr})");
        }
        self.write_char('(')?;
        self.line(indent + INDENT)?;
        self.expr(expr, indent + INDENT, 0)?;
        self.line(indent)?;
        self.write_char(')')
    }

    /// As many values on a line as fit.
    fn list(&mut self, values: &[Value], indent: usize) -> fmt::Result {
        let mut left = values.len();
        for value in values {
            left -= 1;
            let comma = usize::from(left > 0);
            let first = left + 1 == values.len();
            if first || !self.fits(value, " ".len() + comma) {
                self.line(indent)?;
            } else {
                self.write_char(' ')?;
            }
            write!(self, "{value}")?;
            if left > 0 {
                self.write_char(',')?;
            }
        }
        Ok(())
    }

    fn line(&mut self, indent: usize) -> fmt::Result {
        self.column = 0;
        self.out.write_char('\n')?;
        (0..indent).try_for_each(|_| self.write_char(' '))
    }

    /// Whether the text and so many characters more fit on this line.
    fn fits(&self, text: &impl Display, more: usize) -> bool {
        let left = self.width.checked_sub(self.column + more);
        left.is_some_and(|left| write!(Room(left), "{text}").is_ok())
    }
}

impl Write for Lines<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.column += text.chars().count();
        self.out.write_str(text)
    }
}

/// Takes so many characters and fails at the next, so that a long text is not printed just to be measured.
struct Room(usize);

impl Write for Room {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.checked_sub(text.chars().count()).ok_or(fmt::Error)?;
        Ok(())
    }
}
