//! From a tree to a program.

use super::asked::Asked;
use super::name::Name;
use super::operand::Rules;
use super::pattern::Pattern;
use super::program::{Action, Condition, Orders, Program};
use super::quick::Quick;
use super::record::{Accessor, Record};
use super::source::Place;
use super::tree::{MANY, Of, Tree};
use super::{CompileError, Dialect};
use crate::{Expr, ExprKind, Literal, Op, Path, Schema, Value};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Ordering;

pub(super) fn compile<'s, R: Record>(
    expr: &Expr,
    dialect: Dialect,
    schema: &Schema<'s>,
) -> Result<Program<'s, R>, CompileError> {
    let mut compiler = Compiler {
        dialect,
        schema,
        paths: Vec::new(),
        error: None,
    };
    let mut tree = compiler.tree(expr, false);
    tree.spread();
    let mut paths = compiler.paths;
    paths.sort_unstable();
    paths.dedup();
    match compiler.error {
        Some(error) => Err(error),
        None => Ok(Program {
            steps: tree.steps(),
            rows: schema.rows,
            paths,
        }),
    }
}

struct Compiler<'c, 's> {
    dialect: Dialect,
    schema: &'c Schema<'s>,
    /// Those that are not resolved to anything.
    paths: Vec<String>,
    /// The first thing that is wrong with the query.
    error: Option<CompileError>,
}

impl<'s> Compiler<'_, 's> {
    fn tree<R: Record>(&mut self, expr: &Expr, is_turned: bool) -> Tree<'s, R> {
        let (path, op, asked) = match expr.kind() {
            ExprKind::Or(operands) => return self.chain(!is_turned, operands, is_turned),
            ExprKind::And(operands) => return self.chain(is_turned, operands, is_turned),
            ExprKind::Not(inner) => return self.tree(inner, !is_turned),
            ExprKind::Has(path) => (path, Op::Eq, Asked::Something),
            ExprKind::Compare {
                path,
                operator,
                value,
            } => (path, operator.op, self.comparison(operator.op, value)),
            ExprKind::List {
                path,
                operator,
                values,
            } => (path, operator.op, Asked::OneOf(values)),
            ExprKind::Range {
                path,
                operator,
                low,
                high,
            } => {
                let bounds = [&low.literal, &high.literal];
                (path, operator.op, Asked::Between(bounds))
            }
        };
        self.leaf(path, op, asked, is_turned)
    }

    fn chain<R: Record>(&mut self, is_or: bool, operands: &[Expr], is_turned: bool) -> Tree<'s, R> {
        // Collected, each tree would be moved once more.
        let mut trees = Vec::with_capacity(operands.len());
        for operand in operands {
            trees.push(self.tree(operand, is_turned));
        }
        Tree::chain(is_or, trees)
    }

    fn leaf<R: Record>(
        &mut self,
        path: &Path,
        op: Op,
        asked: Asked<'_>,
        is_turned: bool,
    ) -> Tree<'s, R> {
        let mut room = String::new();
        let name = Name::new(path.as_str(), self.schema, &mut room);
        let rules = Rules {
            is_jql: self.dialect == Dialect::Jql,
            codes: name.codes(self.schema),
        };
        let place = name.place(self.schema);
        let of = match place {
            Place::Own(_) => Of::Record,
            Place::Row { .. } => Of::Row,
        };
        // The negative operators: Skope IT asks for one value that differs, the command line that none is equal.
        let is_negative = matches!(op, Op::Ne | Op::NotIn | Op::NotLike);
        let fails = is_negative && !rules.is_jql;
        let mut is_turned = is_turned != is_negative;
        let odds = odds(op, !rules.codes.is_empty());
        let odds = if is_turned { MANY - odds } else { odds };
        let action = match Quick::of(&place, asked, rules) {
            Ok(quick) => Action::Quick(quick),
            Err(asked) => {
                is_turned = is_turned != fails;
                let test = asked.test(rules);
                self.add_paths(&place);
                Action::Test(Box::new(Condition {
                    place,
                    test,
                    rules,
                    fails,
                }))
            }
        };
        Tree::test(action, is_turned, of, odds)
    }

    fn add_paths<R: Record>(&mut self, place: &Place<R>) {
        let (own, element) = match place {
            Place::Own(own) => (own, &None),
            Place::Row { element, own, .. } => (own, element),
        };
        if let Some(Accessor::At(path, _)) = own {
            self.paths.push(String::from(&**path));
        }
        if let (Some(Accessor::At(path, _)), Some(rows)) = (element, self.schema.rows) {
            self.paths
                .extend([rows.into(), alloc::format!("{rows}.{path}")]);
        }
    }

    fn comparison<'e>(&mut self, op: Op, value: &'e Value) -> Asked<'e> {
        let ordered = |test| Asked::Ordered(Orders::of(test), &value.literal);
        match op {
            Op::Gt => ordered(Ordering::is_gt),
            Op::Ge => ordered(Ordering::is_ge),
            Op::Lt => ordered(Ordering::is_lt),
            Op::Le => ordered(Ordering::is_le),
            Op::Like | Op::NotLike => self.like(value),
            Op::StartsWith => {
                let start = written(&value.literal);
                Asked::Fits(Pattern::start(&start, self.dialect == Dialect::Jql))
            }
            Op::Eq | Op::Ne | Op::In | Op::NotIn | Op::Between => Asked::Equal(&value.literal),
        }
    }

    fn like<'e>(&mut self, value: &Value) -> Asked<'e> {
        let pattern = written(&value.literal);
        Asked::Fits(match self.dialect {
            Dialect::SkopeIt => Pattern::like(&pattern, false),
            Dialect::Jql => Pattern::like(&pattern, true),
            #[cfg(feature = "regex")]
            Dialect::SkopeItRegex => match Pattern::regex(&pattern) {
                Ok(pattern) => pattern,
                Err(error) => {
                    (self.error).get_or_insert_with(|| CompileError::regex(value.span, &error));
                    return Asked::Something;
                }
            },
        })
    }
}

/// Of how many records a condition holds, what is negative in it left aside.
fn odds(op: Op, is_coded: bool) -> u32 {
    match op {
        Op::Eq | Op::Ne if !is_coded => 1,
        Op::Eq | Op::Ne | Op::In | Op::NotIn | Op::Like | Op::NotLike | Op::StartsWith => 12,
        Op::Gt | Op::Ge | Op::Lt | Op::Le | Op::Between => MANY / 2,
    }
}

/// A value of a query as text, without quotes.
fn written(literal: &Literal) -> Cow<'_, str> {
    match literal {
        Literal::Text(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}
