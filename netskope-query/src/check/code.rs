//! Codes and labels.

use super::found::{Found, Topic};
use super::{Condition, is_nothing, joined, written};
use crate::diagnostic::shown;
use crate::near::{most, nearest, position};
use crate::{Code, Field, Literal, Number, Value};
use alloc::{format, string::String, string::ToString, vec::Vec};

pub(super) fn check(condition: &Condition<'_>, field: &Field<'_>, found: &mut Found<'_>) {
    let inside = condition.looks_inside();
    let check = if inside { unlike } else { unknown };
    for value in condition.values() {
        if found.is_full(Topic::Code) {
            return;
        }
        if !is_nothing(value) {
            check(condition, field, value, found);
        }
    }
}

/// Warns of a pattern of which no label holds all words, whatever their case and what stands between them.
fn unlike(condition: &Condition<'_>, field: &Field<'_>, value: &Value, found: &mut Found<'_>) {
    let pattern = written(&value.literal);
    let number = whole(&value.literal).is_some();
    let in_label = |label: &str| {
        let mut words = pattern.split(|c: char| !c.is_alphanumeric());
        // A single letter is mostly a part of `(?i)`.
        words.all(|word| word.len() < 2 && !number || position(label, word).is_some())
    };
    if !field.codes.iter().any(|entry| in_label(entry.label)) {
        let (name, pattern) = (shown(condition.path.as_str()), shown(&pattern));
        let message = format!("no known value of {name} is like {pattern}");
        found.warn(Topic::Code, value.span, message, known(field), None);
    }
}

fn unknown(condition: &Condition<'_>, field: &Field<'_>, value: &Value, found: &mut Found<'_>) {
    let (name, text) = (shown(condition.path.as_str()), written(&value.literal));
    let number = whole(&value.literal).is_some();
    let (message, help, label) = match entry(field.codes, &value.literal) {
        Some(entry) if number || entry.label == text => return,
        Some(entry) => {
            let message = format!("{} is written {}", shown(&text), shown(entry.label));
            let label = quoted(entry.label);
            let help = format!("write {label}, since a tenant minds case");
            (message, help, Some(label))
        }
        None if number => {
            let message = format!("{text} is no published code of {name}");
            return found.note(Topic::Code, value.span, message, known(field));
        }
        None => {
            let message = format!("{} is no known value of {name}", shown(&text));
            let near = near(&text, field).map(quoted);
            let help = near.as_ref().map(|label| format!("did you mean {label}?"));
            (message, help.unwrap_or_else(|| known(field)), near)
        }
    };
    found.warn(Topic::Code, value.span, message, help, label);
}

/// The one label that is spelt like the text.
fn near<'a>(text: &str, field: &Field<'a>) -> Option<&'a str> {
    let labels = field.codes.iter().map(|entry| entry.label);
    match *nearest(text, most(text), &mut labels.map(|label| (label, label))) {
        [label] => Some(label),
        _ => None,
    }
}

/// As it stands in a query.
fn quoted(label: &str) -> String {
    Literal::from(label).to_string()
}

/// The help that names all labels with their codes.
fn known(field: &Field<'_>) -> String {
    let entry = |entry: &Code<'_>| match entry.code {
        Some(code) => format!("{} ({code})", quoted(entry.label)),
        None => quoted(entry.label),
    };
    let all: Vec<String> = field.codes.iter().map(entry).collect();
    format!("known are {}", joined(&all, ", "))
}

/// The value among those known, its label in whatever case.
pub(super) fn entry<'a>(codes: &'a [Code<'a>], literal: &Literal) -> Option<&'a Code<'a>> {
    let number = whole(literal);
    let text = written(literal);
    codes.iter().find(|entry| match number {
        Some(_) => entry.code == number,
        None => entry.label.eq_ignore_ascii_case(&text),
    })
}

/// The whole number that a value is, quoted or not.
pub(super) fn whole(literal: &Literal) -> Option<i64> {
    match literal {
        Literal::Number(number) => number.as_i64(),
        Literal::Text(text) => Number::parse(text)?.as_i64(),
        Literal::Bool(_) | Literal::Null => None,
    }
}
