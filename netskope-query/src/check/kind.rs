//! Values against the kinds of their fields.

use super::found::{Found, Topic};
use super::{Condition, code, is_nothing, time, written};
use crate::diagnostic::shown;
use crate::{Field, Kind, Number, Op, Path, Schema, Value};
use alloc::{format, string::ToString};

pub(super) fn check(condition: &Condition<'_>, schema: &Schema<'_>, found: &mut Found<'_>) {
    let path = schema.meant(condition.path.as_str());
    let field = schema.field(&path);
    if field.is_none_or(|field| matches!(field.kind, Kind::Text | Kind::List)) {
        stars(condition, field.is_some(), found);
    }
    let Some(field) = field else {
        return objects(condition, schema.inside(&path), found);
    };
    match field.kind {
        Kind::Coded => code::check(condition, field, found),
        Kind::Number | Kind::Time if condition.looks_inside() => {
            inside_a_number(condition, field.kind, found);
        }
        Kind::Number | Kind::Time => numbers(condition, field, found),
        Kind::Text if condition.orders() => versions(condition, found),
        Kind::Object => objects(condition, schema.inside(&path).or(Some("")), found),
        Kind::Text | Kind::List => {}
    }
}

/// No dialect takes `*` for any text where values are compared as a whole. JQL does where they are looked for, so there it
/// is told of known fields only.
fn stars(condition: &Condition<'_>, is_known: bool, found: &mut Found<'_>) {
    let (scope, help) = match condition.operator.op {
        Op::Like | Op::NotLike if is_known => {
            ("outside JQL, ", "without a star it finds the text anywhere")
        }
        Op::Eq | Op::Ne | Op::In | Op::NotIn => ("", "like and startswith find parts of a text"),
        _ => return,
    };
    let starred = |value: &&Value| written(&value.literal).contains('*');
    if let Some(value) = condition.listed.iter().find(starred) {
        let spelling = condition.operator.spelling();
        let message = format!("{scope}`{spelling}` takes `*` for a star, not for any text");
        found.note(Topic::Kind, value.span, message, help.into());
    }
}

/// `inside` is a field of what the condition names, empty where none is known; `None` where that is no object.
fn objects(condition: &Condition<'_>, inside: Option<&str>, found: &mut Found<'_>) {
    let Some(inside) = inside.filter(|_| !condition.values().into_iter().all(is_nothing)) else {
        return;
    };
    let message = format!(
        "{} holds fields, and equals no value",
        shown(condition.path.as_str())
    );
    let help = match inside {
        "" => "name one of them".into(),
        inside => format!("name one of them, such as `{inside}`"),
    };
    found.warn(Topic::Kind, condition.path.span(), message, help, None);
}

fn inside_a_number(condition: &Condition<'_>, kind: Kind, found: &mut Found<'_>) {
    let (spelling, name) = (
        condition.operator.spelling(),
        shown(condition.path.as_str()),
    );
    let message = format!(
        "`{spelling}` looks into text, and {name} is a {}",
        word(kind)
    );
    let help = "compare with eq, in, gt, lt or from .. to".into();
    found.warn(Topic::Kind, condition.operator.span, message, help, None);
}

fn word(kind: Kind) -> &'static str {
    if kind == Kind::Time { "time" } else { "number" }
}

fn numbers(condition: &Condition<'_>, field: &Field<'_>, found: &mut Found<'_>) {
    for value in condition.values() {
        if is_nothing(value) {
            continue;
        }
        match Number::parse(written(&value.literal).trim()) {
            Some(number) if field.kind == Kind::Time => {
                time::check(condition.path, value.span, &number, found);
            }
            Some(_) => {}
            None => no_number(condition.path, field.kind, value, found),
        }
    }
}

fn no_number(path: &Path, kind: Kind, value: &Value, found: &mut Found<'_>) {
    let text = written(&value.literal);
    let (name, none) = (shown(path.as_str()), shown(&text));
    let message = format!("{name} is a {}, and {none} is none", word(kind));
    let day = time::day(&text).filter(|_| kind == Kind::Time);
    let help = match (kind, day) {
        (_, Some(day)) => format!("write {day}, the first second of that day in UTC"),
        (Kind::Time, None) => "write seconds since 1970, such as 1700000000".into(),
        _ => "write a number, such as 5".into(),
    };
    let fix = day.map(|day| day.to_string());
    found.warn(Topic::Kind, value.span, message, help, fix);
}

/// A version is text to the server, and only plain numbers are ordered as numbers.
fn versions(condition: &Condition<'_>, found: &mut Found<'_>) {
    let digit = |value: &Value| written(&value.literal).starts_with(|c: char| c.is_ascii_digit());
    if condition.values().into_iter().any(digit) {
        let name = shown(condition.path.as_str());
        let message = format!("{name} is text, and texts are ordered character by character");
        let help = "so 10.0.1 comes before 9.0.1; `in` with all that are meant is safer".into();
        found.note(Topic::Kind, condition.operator.span, message, help);
    }
}
