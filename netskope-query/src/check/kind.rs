//! Values against the kinds of their fields.

use super::found::{Found, Topic};
use super::{Condition, code, is_nothing, note, time, written};
use crate::diagnostic::shown;
use crate::{Diagnostic, Field, Kind, Number, Path, Schema, Value};
use alloc::format;

pub(super) fn check(condition: &Condition<'_>, schema: &Schema<'_>, found: &mut Found<'_>) {
    let path = schema.meant(condition.path.as_str());
    let Some(field) = schema.field(&path) else {
        return objects(condition, schema.inside(&path), found);
    };
    match field.kind {
        Kind::Coded => code::check(condition, field, found),
        Kind::Number | Kind::Time if condition.looks_inside() => {
            found.add(Topic::Kind, inside_a_number(condition, field.kind));
        }
        Kind::Number | Kind::Time => numbers(condition, field, found),
        Kind::Text if condition.orders() => versions(condition, found),
        Kind::Object => objects(condition, schema.inside(&path).or(Some("")), found),
        Kind::Text | Kind::List => {}
    }
}

/// `inside` is a field of what the condition names, empty where none is known; `None` where that is no object.
fn objects(condition: &Condition<'_>, inside: Option<&str>, found: &mut Found<'_>) {
    let Some(inside) = inside.filter(|_| !condition.values().all(is_nothing)) else {
        return;
    };
    let name = shown(condition.path.as_str());
    let message = format!("{name} holds fields, and equals no value");
    let warning = Diagnostic::warning(condition.path.span(), message);
    let help = match inside {
        "" => "name one of them".into(),
        inside => format!("name one of them, such as `{inside}`"),
    };
    found.add(Topic::Kind, warning.help(help));
}

fn inside_a_number(condition: &Condition<'_>, kind: Kind) -> Diagnostic {
    let message = format!(
        "`{}` looks into text, and {} is a {}",
        condition.operator.spelling,
        shown(condition.path.as_str()),
        word(kind),
    );
    Diagnostic::warning(condition.operator.span, message)
        .help("compare with eq, in, gt, lt or from .. to")
}

fn word(kind: Kind) -> &'static str {
    if kind == Kind::Time { "time" } else { "number" }
}

fn numbers(condition: &Condition<'_>, field: &Field<'_>, found: &mut Found<'_>) {
    for value in condition.values().filter(|value| !is_nothing(value)) {
        match Number::parse(written(&value.literal).trim()) {
            Some(number) if field.kind == Kind::Time => {
                time::check(condition.path, value.span, &number, found);
            }
            None if !found.is_full(Topic::Kind) => {
                found.add(Topic::Kind, no_number(condition.path, field.kind, value));
            }
            _ => {}
        }
    }
}

fn no_number(path: &Path, kind: Kind, value: &Value) -> Diagnostic {
    let text = written(&value.literal);
    let (name, text_shown) = (shown(path.as_str()), shown(&text));
    let message = format!("{name} is a {}, and {text_shown} is none", word(kind));
    let warning = Diagnostic::warning(value.span, message);
    match kind {
        Kind::Time => time::instead_of(&text, value.span, warning),
        _ => warning.help("write a number, such as 5"),
    }
}

/// A version is text to the server, and only plain numbers are ordered as numbers.
fn versions(condition: &Condition<'_>, found: &mut Found<'_>) {
    let digit = |value: &Value| written(&value.literal).starts_with(|c: char| c.is_ascii_digit());
    if !found.is_full(Topic::Kind) && condition.values().any(digit) {
        let name = shown(condition.path.as_str());
        let note = note(
            condition.operator.span,
            format!("{name} is text, and texts are ordered character by character"),
        );
        found.add(
            Topic::Kind,
            note.help("so 10.0.1 comes before 9.0.1; `in` with all that are meant is safer"),
        );
    }
}
