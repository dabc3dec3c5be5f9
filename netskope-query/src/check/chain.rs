//! Conditions that together no record meets, or every record does.

use super::Condition;
use super::found::{Found, Topic};
use super::set::Set;
use crate::diagnostic::shown;
use crate::{Expr, ExprKind, Field, Kind, Path, Schema};
use alloc::{format, string::ToString, vec::Vec};

/// Most conditions that those after them are compared with.
const KEPT: usize = 16;

/// What one operand of a chain allows its field to be.
struct Limit<'e> {
    set: Set<'e>,
    field: &'e Field<'e>,
    path: &'e Path,
    expr: &'e Expr,
}

/// `a eq 1 and a eq 2` is never met, and `a neq 1 or a neq 2` always: there, what the two do not allow has nothing in common.
pub(super) fn check(chain: &Expr, operands: &[Expr], schema: &Schema<'_>, found: &mut Found<'_>) {
    let either = matches!(chain.kind(), ExprKind::Or(_));
    let mut kept: Vec<Limit<'_>> = Vec::new();
    for operand in operands {
        if found.is_full(Topic::Truth) {
            return;
        }
        let Some(limit) = limit(operand, either, schema) else {
            continue;
        };
        let excluded = |other: &&Limit<'_>| {
            core::ptr::eq(limit.field, other.field)
                && limit.set.excludes(other.set, limit.field.codes)
        };
        if let Some(other) = kept.iter().find(excluded) {
            decides_nothing(&limit, other.expr, either, found);
        } else if kept.len() < KEPT {
            kept.push(limit);
        }
    }
}

fn limit<'e>(operand: &'e Expr, either: bool, schema: &'e Schema<'e>) -> Option<Limit<'e>> {
    let (inner, negated) = match operand.kind() {
        ExprKind::Not(inner) => (&**inner, true),
        _ => (operand, false),
    };
    let condition = Condition::of(inner)?;
    let field = schema.field(&schema.meant(condition.path.as_str()))?;
    let numeric = match field.kind {
        Kind::Number | Kind::Time => true,
        Kind::Text | Kind::Coded => false,
        Kind::Object | Kind::List => return None,
    };
    let set = Set::of(&condition, numeric)?;
    let set = if negated == either {
        Some(set)
    } else {
        set.opposite()
    }?;
    Some(Limit {
        set,
        field,
        path: condition.path,
        expr: operand,
    })
}

fn decides_nothing(limit: &Limit<'_>, other: &Expr, either: bool, found: &mut Found<'_>) {
    let other = shown(&other.to_string());
    let (message, word) = if either {
        (format!("this or {other} is true of every record"), "and")
    } else {
        (format!("this and {other} are never both true"), "or")
    };
    let name = shown(limit.path.as_str());
    let help = format!("{name} has one value at a time; was `{word}` meant?");
    found.warn(Topic::Truth, limit.expr.span(), message, help, None);
}
