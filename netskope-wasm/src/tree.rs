//! The tree of a query as plain data, its places counted as JavaScript counts.

use crate::utf16::Utf16;
use netskope_query::{Expr, ExprKind, Literal, Number, Operator, Path, Span};
use serde_json::{Value, json};

/// The tree, as `types.d.ts` describes it.
pub(crate) fn tree(expr: &Expr, places: &Utf16) -> Value {
    let all = |operands: &[Expr]| -> Value {
        operands
            .iter()
            .map(|operand| tree(operand, places))
            .collect()
    };
    let span = span(expr.span(), places);
    match expr.kind() {
        ExprKind::Or(operands) => json!({"kind": "or", "operands": all(operands), "span": span}),
        ExprKind::And(operands) => json!({"kind": "and", "operands": all(operands), "span": span}),
        ExprKind::Not(operand) => {
            json!({"kind": "not", "operand": tree(operand, places), "span": span})
        }
        ExprKind::Has(path) => {
            json!({"kind": "has", "path": self::path(path, places), "span": span})
        }
        ExprKind::Compare {
            path,
            operator,
            value,
        } => json!({
            "kind": "compare",
            "path": self::path(path, places),
            "operator": self::operator(*operator, places),
            "value": literal(value, places),
            "span": span,
        }),
        ExprKind::List {
            path,
            operator,
            values,
        } => json!({
            "kind": "list",
            "path": self::path(path, places),
            "operator": self::operator(*operator, places),
            "values": values.iter().map(|value| literal(value, places)).collect::<Value>(),
            "span": span,
        }),
        ExprKind::Range {
            path,
            operator,
            low,
            high,
        } => json!({
            "kind": "range",
            "path": self::path(path, places),
            "operator": self::operator(*operator, places),
            "low": literal(low, places),
            "high": literal(high, places),
            "span": span,
        }),
    }
}

/// A place in the text.
pub(crate) fn span(span: Span, places: &Utf16) -> Value {
    let Span { start, end } = places.span(span);
    json!({"start": start, "end": end})
}

fn path(path: &Path, places: &Utf16) -> Value {
    json!({"text": path.as_str(), "span": span(path.span(), places)})
}

fn operator(operator: Operator, places: &Utf16) -> Value {
    json!({"op": operator.op.as_str(), "spelling": operator.spelling, "span": span(operator.span, places)})
}

fn literal(value: &netskope_query::Value, places: &Utf16) -> Value {
    let span = span(value.span, places);
    match &value.literal {
        Literal::Text(text) => json!({"kind": "text", "value": text, "span": span}),
        Literal::Number(number) => {
            json!({"kind": "number", "value": self::number(number), "text": number.to_string(), "span": span})
        }
        Literal::Bool(truth) => json!({"kind": "bool", "value": truth, "span": span}),
        Literal::Null => json!({"kind": "null", "value": null, "span": span}),
    }
}

fn number(number: &Number) -> Value {
    match (number.as_i64(), number.as_u64()) {
        (Some(integer), _) => integer.into(),
        (None, Some(integer)) => integer.into(),
        (None, None) => number.as_f64().into(),
    }
}
