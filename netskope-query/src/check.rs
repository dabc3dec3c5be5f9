//! What a query asks, against what is known of its fields.

mod chain;
mod code;
mod condition;
mod found;
mod kind;
mod lone;
mod name;
mod set;
mod time;

use crate::{Diagnostic, Expr, ExprKind, Literal, Schema, Value};
use alloc::{borrow::Cow, string::String, string::ToString, vec::Vec};
use condition::Condition;
use found::Found;

/// Says what of a query is probably not meant, in the order of the text.
///
/// Warnings, with the change that mends it where just one is near:
///
/// - a field that the schema does not know, once, where it first stands
/// - a value that its field cannot have: text for a number, a time in milliseconds, a label that no code has
/// - `like` on a number, or where it fits no label; a value for what holds fields of its own
/// - conditions that no record or every record meets: `a eq 1 and a eq 2`, `a neq 1 or a neq 2`, `a from 9 to 1`
///
/// Notes, on what does as it says:
///
/// - a number without a label, since newer servers use more codes
/// - versions, which are ordered as text
/// - `*` where values are compared as a whole
///
/// After ten of a kind, one last of them says that there are more. An empty schema knows no field, so nothing is said of
/// fields. Trees of the builder have no places, so nothing found in them carries a [`Fix`](crate::Fix). Where the dialects
/// differ, as in the case of labels, what only one of them takes is warned of.
pub fn check(expr: &Expr, schema: &Schema<'_>) -> Vec<Diagnostic> {
    let mut found = Found::default();
    let mut rest = alloc::vec![expr];
    while let Some(expr) = rest.pop() {
        match expr.kind() {
            ExprKind::Or(operands) | ExprKind::And(operands) => {
                chain::check(expr, operands, schema, &mut found);
                name::values(expr, operands, schema, &mut found);
                rest.extend(operands.iter().rev());
            }
            ExprKind::Not(inner) => rest.push(inner),
            ExprKind::Has(path) => name::check(path, true, None, schema, &mut found),
            _ => {
                if let Some(condition) = Condition::of(expr) {
                    name::check(condition.path, false, None, schema, &mut found);
                    lone::check(&condition, &mut found);
                    kind::check(&condition, schema, &mut found);
                }
            }
        }
    }
    found.list
}

/// A value without its quotes.
fn written(literal: &Literal) -> Cow<'_, str> {
    match literal {
        Literal::Text(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// In a tenth of the code that `join` of the standard library brings into a page.
fn joined(words: &[String], between: &str) -> String {
    let mut joined = String::new();
    for word in words {
        if !joined.is_empty() {
            joined.push_str(between);
        }
        joined.push_str(word);
    }
    joined
}

/// Whether the value asks for the absence of one.
fn is_nothing(value: &Value) -> bool {
    match &value.literal {
        Literal::Text(text) => text.is_empty(),
        literal => *literal == Literal::Null,
    }
}
