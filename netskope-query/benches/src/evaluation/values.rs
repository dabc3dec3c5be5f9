//! On JSON that was read before.

use super::ours::compile;
use super::{Data, Question, counting};
use crate::devices::RARE_NAME;
use crate::measure::Engine;
use netskope_query::{Expr, ExprKind, Literal, Op};
use serde_json::Value;

pub(super) fn engines(data: &'static Data, question: &'static Question) -> [Engine; 3] {
    let of = (data, question);
    let filter = compile::<Value>(&question.tree);
    [
        counting("ours+value", of, usize::MAX, move |among| {
            let values = data.values.iter().take(among);
            values.filter(|value| filter.matches(value)).count()
        }),
        counting("value-walk", of, usize::MAX, move |among| {
            let values = data.values.iter().take(among);
            values.filter(|value| holds(&question.tree, value)).count()
        }),
        counting("value-closure", of, usize::MAX, move |among| {
            let values = data.values.iter().take(among);
            values.filter(|value| closure(question, value)).count()
        }),
    ]
}

/// What one writes first: the tree is walked anew for each record, each path is looked up as it stands.
fn holds(expr: &Expr, record: &Value) -> bool {
    match expr.kind() {
        ExprKind::Or(operands) => operands.iter().any(|operand| holds(operand, record)),
        ExprKind::And(operands) => operands.iter().all(|operand| holds(operand, record)),
        ExprKind::Not(inner) => !holds(inner, record),
        ExprKind::Compare {
            path,
            operator,
            value,
        } => any(record, path.as_str(), &|actual| {
            compare(actual, operator.op, &value.literal)
        }),
        ExprKind::List { path, values, .. } => any(record, path.as_str(), &|actual| {
            values
                .iter()
                .any(|value| compare(actual, Op::Eq, &value.literal))
        }),
        other => panic!("no query of this bench has {other:?}"),
    }
}

/// Whether the test holds for a value at the path, through any element of a list on the way.
fn any(value: &Value, path: &str, test: &dyn Fn(&Value) -> bool) -> bool {
    if let Value::Array(elements) = value {
        return elements.iter().any(|element| any(element, path, test));
    }
    match path.split_once('.') {
        _ if path.is_empty() => test(value),
        Some((first, rest)) => any(&value[first], rest, test),
        None => any(&value[path], "", test),
    }
}

fn compare(actual: &Value, op: Op, literal: &Literal) -> bool {
    match (actual, literal) {
        (Value::String(actual), Literal::Text(text)) => match op {
            Op::Eq => actual == text,
            Op::Ne => actual != text,
            Op::Like => actual.contains(text.as_str()),
            other => panic!("no query of this bench has {other:?} on text"),
        },
        (Value::Number(actual), Literal::Number(number)) => match op {
            Op::Eq => actual.as_i64() == number.as_i64(),
            Op::Ge => actual.as_i64() >= number.as_i64(),
            other => panic!("no query of this bench has {other:?} on numbers"),
        },
        _ => false,
    }
}

/// The query by hand, on JSON instead of structs.
pub(super) fn closure(question: &Question, device: &Value) -> bool {
    let hostname = || device["host_info"]["hostname"].as_str().unwrap_or_default();
    let code = |object: &str, field: &str| device[object][field].as_i64();
    let has_bob = || {
        let mut users = device["users"].as_array().into_iter().flatten();
        users.any(|user| {
            user["username"]
                .as_str()
                .is_some_and(|name| name.contains("bob"))
        })
    };
    match question.name {
        "E1" => hostname() == RARE_NAME,
        "E2" => hostname() == "xxx" || code("last_event", "status") == Some(0) && has_bob(),
        "E3" => {
            matches!(code("host_info", "os"), Some(0 | 1))
                && (code("last_event", "status") == Some(0)
                    || code("last_event", "event") >= Some(6))
                && has_bob()
                && hostname() != "DESKTOP-1"
        }
        _ => question.names.contains(hostname()),
    }
}
