//! The tree of a query as plain data, its places counted as JavaScript counts.

use crate::{convert::parsed, mistakes::span, plain::object, utf16::Utf16};
use js_sys::Array;
use netskope_query::{Expr, ExprKind, Literal, Operator, Path, Value};
use wasm_bindgen::JsValue;

/// The tree, as `types.d.ts` describes it.
pub(crate) fn tree(expr: &Expr, places: &Utf16) -> JsValue {
    let kind = |name: &str| ("kind", JsValue::from(name));
    let span = ("span", span(expr.span(), places));
    let operands = |operands: &[Expr]| {
        (
            "operands",
            operands
                .iter()
                .map(|operand| tree(operand, places))
                .collect::<Array>()
                .into(),
        )
    };
    let path = |path: &Path| ("path", self::path(path, places));
    let operator = |operator: &Operator| ("operator", self::operator(operator, places));
    let value = |name, value: &Value| (name, literal(value, places));
    match expr.kind() {
        ExprKind::Or(all) => object(&[kind("or"), operands(all), span]),
        ExprKind::And(all) => object(&[kind("and"), operands(all), span]),
        ExprKind::Not(inner) => object(&[kind("not"), ("operand", tree(inner, places)), span]),
        ExprKind::Has(field) => object(&[kind("has"), path(field), span]),
        ExprKind::Compare {
            path: field,
            operator: op,
            value: right,
        } => object(&[
            kind("compare"),
            path(field),
            operator(op),
            value("value", right),
            span,
        ]),
        ExprKind::List {
            path: field,
            operator: op,
            values,
        } => {
            let values = values
                .iter()
                .map(|value| literal(value, places))
                .collect::<Array>();
            object(&[
                kind("list"),
                path(field),
                operator(op),
                ("values", values.into()),
                span,
            ])
        }
        ExprKind::Range {
            path: field,
            operator: op,
            low,
            high,
        } => object(&[
            kind("range"),
            path(field),
            operator(op),
            value("low", low),
            value("high", high),
            span,
        ]),
    }
}

fn path(path: &Path, places: &Utf16) -> JsValue {
    object(&[
        ("text", path.as_str().into()),
        ("span", span(path.span(), places)),
    ])
}

fn operator(operator: &Operator, places: &Utf16) -> JsValue {
    object(&[
        ("op", operator.op.as_str().into()),
        ("spelling", operator.spelling().into()),
        ("span", span(operator.span, places)),
    ])
}

fn literal(value: &Value, places: &Utf16) -> JsValue {
    let (kind, plain) = match &value.literal {
        Literal::Text(text) => ("text", text.into()),
        Literal::Number(number) => {
            return self::number(&number.to_string(), span(value.span, places));
        }
        Literal::Bool(truth) => ("bool", (*truth).into()),
        Literal::Null => ("null", JsValue::NULL),
    };
    object(&[
        ("kind", kind.into()),
        ("value", plain),
        ("span", span(value.span, places)),
    ])
}

fn number(text: &str, span: JsValue) -> JsValue {
    // A number of the language is one of JSON's.
    let value = parsed(text).unwrap_or(JsValue::NULL);
    object(&[
        ("kind", "number".into()),
        ("value", value),
        ("text", text.into()),
        ("span", span),
    ])
}
