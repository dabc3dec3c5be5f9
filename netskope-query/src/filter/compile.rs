//! From a tree to a program.

use super::list::List;
use super::name::Name;
use super::operand::{Operand, Rules};
use super::pattern::Pattern;
use super::program::{Action, Condition, NO, Orders, Program, Step, Test, YES};
use super::quick::Quick;
use super::record::Record;
use super::source::Place;
use super::{CompileError, Dialect};
use crate::{Expr, ExprKind, Literal, Op, Schema, Value};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Ordering;

pub(super) fn compile<'s, R: Record>(
    expr: &Expr,
    dialect: Dialect,
    schema: &Schema<'s>,
) -> Result<Program<'s, R>, CompileError> {
    let tree = Compiler { dialect, schema }.tree(expr, false)?.spread();
    Ok(Program {
        steps: tree.steps(),
        rows: schema.rows,
    })
}

/// What odds are counted in.
const MANY: u32 = 64;

/// A part of a query without `not`: its conditions are turned round instead.
struct Tree<'s, R: Record> {
    node: Node<'s, R>,
    /// Whether it speaks of an element of the rows.
    is_bound: bool,
    /// How long it may take, roughly.
    cost: u32,
    /// Of how many in `MANY` records it holds, roughly.
    odds: u32,
    /// How many steps it becomes.
    size: u32,
}

enum Node<'s, R: Record> {
    Or(Vec<Tree<'s, R>>),
    And(Vec<Tree<'s, R>>),
    AnyRow(Box<Tree<'s, R>>),
    /// And whether what comes of it is turned round.
    Test(Action<'s, R>, bool),
}

impl<'s, R: Record> Tree<'s, R> {
    fn chain(node: fn(Vec<Self>) -> Node<'s, R>, operands: Vec<Self>) -> Self {
        let mut operands = match <[Self; 1]>::try_from(operands) {
            Ok([only]) => return only,
            Err(operands) => operands,
        };
        // First what settles the matter often, for what it costs.
        let is_or = matches!(node(Vec::new()), Node::Or(_));
        let fails = |operand: &Self| {
            if is_or {
                MANY - operand.odds
            } else {
                operand.odds
            }
        };
        operands.sort_by_key(|operand| {
            operand.cost.saturating_mul(MANY) / (MANY - fails(operand)).max(1)
        });
        let undecided = operands
            .iter()
            .fold(MANY, |all, operand| all * fails(operand) / MANY);
        Self {
            odds: if is_or { MANY - undecided } else { undecided },
            is_bound: operands.iter().any(|operand| operand.is_bound),
            cost: operands
                .iter()
                .fold(0, |sum, operand| sum.saturating_add(operand.cost)),
            size: operands.iter().map(|operand| operand.size).sum(),
            node: node(operands),
        }
    }

    fn any_row(self) -> Self {
        Self {
            is_bound: false,
            odds: self.odds,
            cost: self.cost.saturating_mul(2).saturating_add(4),
            size: 1,
            node: Node::AnyRow(Box::new(self)),
        }
    }

    /// The tree in which rows are looked at only where needed: "some row has this or that" is "some row has this, or some
    /// row has that", and a condition on the record alone can leave an `and` that speaks of a row.
    fn spread(self) -> Self {
        if !self.is_bound {
            return self;
        }
        match self.node {
            Node::Or(operands) => {
                let (mut together, mut apart) = (Vec::new(), Vec::new());
                for operand in operands {
                    match operand.spread() {
                        Self {
                            node: Node::AnyRow(inner),
                            ..
                        } => together.push(*inner),
                        other => apart.push(other),
                    }
                }
                if !together.is_empty() {
                    apart.push(Self::chain(Node::Or, together).any_row());
                }
                Self::chain(Node::Or, apart)
            }
            Node::And(operands) => {
                let (bound, mut apart): (Vec<_>, Vec<_>) =
                    operands.into_iter().partition(|operand| operand.is_bound);
                let bound = Self::chain(Node::And, bound);
                apart.push(if matches!(bound.node, Node::And(_)) {
                    bound.any_row()
                } else {
                    bound.spread()
                });
                Self::chain(Node::And, apart)
            }
            _ => self.any_row(),
        }
    }

    fn steps(self) -> Vec<Step<'s, R>> {
        let mut steps = Vec::with_capacity(self.size as usize);
        self.emit((YES, NO), &mut steps);
        steps
    }

    /// Appends the steps, which end at one place or the other. One of the two is the step after them, or they are the last
    /// ones of all.
    fn emit(self, (yes, no): (u32, u32), steps: &mut Vec<Step<'s, R>>) {
        let is_or = matches!(self.node, Node::Or(_));
        let (action, is_turned) = match self.node {
            Node::Or(operands) | Node::And(operands) => {
                let mut end = count(steps);
                let last = end + self.size;
                for operand in operands {
                    end += operand.size;
                    let ends = match is_or {
                        _ if end == last => (yes, no),
                        true => (yes, end),
                        false => (end, no),
                    };
                    operand.emit(ends, steps);
                }
                return;
            }
            Node::AnyRow(inner) => (Action::AnyRow(inner.steps()), false),
            Node::Test(action, is_turned) => (action, is_turned),
        };
        let follows_yes = yes == count(steps) + 1;
        steps.push(Step {
            action,
            jumps_if: follows_yes == is_turned,
            target: if follows_yes { no } else { yes },
        });
    }
}

fn count<T>(steps: &[T]) -> u32 {
    u32::try_from(steps.len()).unwrap_or(NO)
}

struct Compiler<'c, 's> {
    dialect: Dialect,
    schema: &'c Schema<'s>,
}

impl<'s> Compiler<'_, 's> {
    fn tree<R: Record>(&self, expr: &Expr, is_turned: bool) -> Result<Tree<'s, R>, CompileError> {
        let chain = |node, operands: &[Expr]| {
            let operands = operands.iter().map(|operand| self.tree(operand, is_turned));
            Ok(Tree::chain(node, operands.collect::<Result<_, _>>()?))
        };
        match expr.kind() {
            ExprKind::Or(operands) => chain(if is_turned { Node::And } else { Node::Or }, operands),
            ExprKind::And(operands) => {
                chain(if is_turned { Node::Or } else { Node::And }, operands)
            }
            ExprKind::Not(inner) => self.tree(inner, !is_turned),
            ExprKind::Has(path) => {
                let test = |_| Ok((Test::Something, 1));
                self.leaf(path.as_str(), is_turned, Op::Eq, test, None)
            }
            ExprKind::Compare {
                path,
                operator,
                value,
            } => {
                let op = operator.op;
                let literal = matches!(op, Op::Eq | Op::Ne).then_some(&value.literal);
                let test = |rules| comparison(self.dialect, op, value, rules);
                self.leaf(path.as_str(), is_turned, op, test, literal)
            }
            ExprKind::List {
                path,
                operator,
                values,
            } => {
                let test = |rules| Ok((Test::OneOf(List::new(values, rules)), 3));
                self.leaf(path.as_str(), is_turned, operator.op, test, None)
            }
            ExprKind::Range {
                path,
                operator,
                low,
                high,
            } => {
                let test = |rules| {
                    let bounds = [low, high].map(|bound| Operand::order(&bound.literal, rules));
                    Ok((Test::Between(Box::new(bounds)), 2))
                };
                self.leaf(path.as_str(), is_turned, operator.op, test, None)
            }
        }
    }

    fn leaf<R: Record>(
        &self,
        path: &str,
        is_turned: bool,
        op: Op,
        test: impl FnOnce(Rules<'s>) -> Result<(Test<'s>, u32), CompileError>,
        literal: Option<&Literal>,
    ) -> Result<Tree<'s, R>, CompileError> {
        let name = Name::new(path, self.schema);
        let rules = Rules {
            is_jql: self.dialect == Dialect::Jql,
            codes: name.codes(self.schema),
        };
        let place = name.place(self.schema);
        let is_bound = matches!(place, Place::Row { .. });
        // The negative operators: Skope IT asks for one value that differs, the command line that none is equal.
        let is_negative = matches!(op, Op::Ne | Op::NotIn | Op::NotLike);
        let fails = is_negative && !rules.is_jql;
        let is_turned = is_turned != is_negative;
        let odds = odds(op, !rules.codes.is_empty());
        let odds = if is_turned { MANY - odds } else { odds };
        let equal = literal.and_then(|literal| Quick::equal(&place, literal, rules));
        if let Some(quick) = equal {
            return Ok(Tree {
                node: Node::Test(Action::Quick(quick), is_turned),
                is_bound,
                cost: 1,
                odds,
                size: 1,
            });
        }
        let (test, cost) = test(rules)?;
        let action = Quick::of(Condition {
            place,
            test,
            rules,
            fails,
        });
        let is_turned = is_turned != (fails && matches!(action, Action::Test(_)));
        Ok(Tree {
            is_bound,
            cost: if matches!(action, Action::Quick(Quick::Int(..))) {
                1
            } else {
                cost
            },
            odds,
            node: Node::Test(action, is_turned),
            size: 1,
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

fn comparison<'s>(
    dialect: Dialect,
    op: Op,
    value: &Value,
    rules: Rules<'s>,
) -> Result<(Test<'s>, u32), CompileError> {
    let literal = &value.literal;
    let ordered = |test| {
        (
            Test::Ordered(Orders::of(test), Operand::order(literal, rules)),
            1,
        )
    };
    Ok(match op {
        Op::Gt => ordered(Ordering::is_gt),
        Op::Ge => ordered(Ordering::is_ge),
        Op::Lt => ordered(Ordering::is_lt),
        Op::Le => ordered(Ordering::is_le),
        Op::Like | Op::NotLike => like(dialect, value)?,
        Op::StartsWith => {
            let start = Pattern::start(written(literal), rules.is_jql);
            (Test::Fits(start), 2)
        }
        Op::Eq | Op::Ne | Op::In | Op::NotIn | Op::Between => {
            let is_text = matches!(literal, Literal::Text(_));
            let equal = Test::Equal(Operand::equality(literal, rules));
            (equal, 1 + u32::from(is_text))
        }
    })
}

#[cfg_attr(
    not(feature = "regex"),
    expect(
        clippy::unnecessary_wraps,
        reason = "only a regular expression can be wrong"
    )
)]
fn like<'s>(dialect: Dialect, value: &Value) -> Result<(Test<'s>, u32), CompileError> {
    let pattern = written(&value.literal);
    let (pattern, cost) = match dialect {
        Dialect::SkopeIt => (Pattern::like(pattern, false), 8),
        Dialect::Jql => (Pattern::like(pattern, true), 8),
        #[cfg(feature = "regex")]
        Dialect::SkopeItRegex => {
            let regex = Pattern::regex(&pattern);
            (
                regex.map_err(|error| CompileError::regex(value.span, &error))?,
                16,
            )
        }
    };
    Ok((Test::Fits(pattern), cost))
}

/// A value of a query as text, without quotes.
fn written(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => text.clone(),
        other => other.to_string(),
    }
}
