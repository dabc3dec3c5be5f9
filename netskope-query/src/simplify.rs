//! The same question in fewer words.

mod one_of;

use crate::expr::Joint;
use crate::{Expr, ExprKind, Span};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use one_of::OneOf;

/// A query that asks the same in fewer words, or the same query where there are none.
///
/// Whatever the record, it holds where the query held, in both dialects. What changes:
///
/// | from | to |
/// | --- | --- |
/// | `not not a` | `a` |
/// | `a eq 1 or b or a in [2, 3]` | `a in [1, 2, 3] or b` |
/// | `a in [1]`, `a not_in [1]` | `a eq 1`, `a neq 1` |
/// | `a in [1, 2, 1]` | `a in [1, 2]` |
/// | `a or b or a` | `a or b` |
/// | `a or a and b`, `a and (a or b)` | `a` |
///
/// `not a eq 1` stays as it is, and so does `a neq 1 and a neq 2`: where `a` has several values, Skope IT takes `neq` for
/// "one that differs", and one that differs from both is more than one that differs from each.
///
/// A node that stands for several has the smallest span that covers them, and what stood between them. All others keep
/// theirs.
///
/// ```
/// use netskope_query::{parse, simplify};
///
/// let query = parse("os eq 'Mac' or not (not os eq 'iOS')")?;
/// assert_eq!(simplify(query).to_string(), "os in ['Mac', 'iOS']");
/// # Ok::<_, netskope_query::ParseError>(())
/// ```
#[must_use]
pub fn simplify(expr: Expr) -> Expr {
    let (kind, span) = expr.into_parts();
    match kind {
        ExprKind::Or(operands) => chain(Joint::Or, operands, span),
        ExprKind::And(operands) => chain(Joint::And, operands, span),
        ExprKind::Not(inner) => match simplify(*inner).into_parts() {
            (ExprKind::Not(twice), _) => *twice,
            (kind, inner) => Expr::new(ExprKind::Not(Box::new(Expr::new(kind, inner))), span),
        },
        kind => match OneOf::of(Expr::new(kind, span)) {
            Ok(condition) => condition.into_expr(),
            Err(other) => *other,
        },
    }
}

/// Texts, and where each stands if that is asked. Sets beside it would be the same code a second time.
type Places = BTreeMap<String, usize>;

fn chain(joint: Joint, operands: Vec<Expr>, span: Span) -> Expr {
    let operands = operands.into_iter().map(simplify);
    let mut operands: Vec<Expr> = operands.flat_map(|one| one.into_operands(joint)).collect();
    // Equal trees have equal texts, and no others have.
    let mut texts = Places::new();
    operands.retain(|operand| texts.insert(operand.to_string(), 0).is_none());
    if joint == Joint::Or {
        operands = merge(operands);
        let lists = operands
            .iter()
            .filter(|operand| matches!(operand.kind(), ExprKind::List { .. }));
        for list in lists {
            texts.insert(list.to_string(), 0);
        }
    }
    operands.retain(|operand| !is_implied(joint, operand, &texts));
    match <[Expr; 1]>::try_from(operands) {
        Ok([only]) => only,
        Err(operands) => Expr::new(joint.of(operands), span),
    }
}

/// In `a or a and b`, and in `a and (a or b)`, the second says nothing that the first does not.
fn is_implied(joint: Joint, operand: &Expr, others: &Places) -> bool {
    match (joint, operand.kind()) {
        (Joint::Or, ExprKind::And(parts)) | (Joint::And, ExprKind::Or(parts)) => parts
            .iter()
            .any(|part| others.contains_key(&part.to_string())),
        _ => false,
    }
}

/// Alternatives that allow values of the same field become one, where the first of them stands.
fn merge(operands: Vec<Expr>) -> Vec<Expr> {
    let mut merged: Vec<Result<OneOf, Box<Expr>>> = Vec::with_capacity(operands.len());
    let mut places = Places::new();
    for operand in operands {
        match OneOf::of(operand) {
            Ok(condition) if !condition.is_opposite() => {
                let path = String::from(condition.path.as_str());
                let place = *places.entry(path).or_insert(merged.len());
                match merged.get_mut(place) {
                    Some(Ok(first)) => first.extend(condition),
                    _ => merged.push(Ok(condition)),
                }
            }
            other => merged.push(other),
        }
    }
    let merged = merged.into_iter();
    merged
        .map(|one| one.map_or_else(|other| *other, OneOf::into_expr))
        .collect()
}
