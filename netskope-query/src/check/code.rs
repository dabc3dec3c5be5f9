//! Codes and labels.

use super::found::{Found, Topic};
use super::{Condition, is_nothing, mended, note, written};
use crate::diagnostic::shown;
use crate::near::{most, nearest, position};
use crate::{Code, Diagnostic, Field, Literal, Number, Value};
use alloc::{format, string::String, string::ToString, vec::Vec};

pub(super) fn check(condition: &Condition<'_>, field: &Field<'_>, found: &mut Found<'_>) {
    let inside = condition.looks_inside();
    let wrong = if inside { unlike } else { unknown };
    for value in condition.values().filter(|value| !is_nothing(value)) {
        if found.is_full(Topic::Code) {
            return;
        }
        if let Some(diagnostic) = wrong(condition, field, value) {
            found.add(Topic::Code, diagnostic);
        }
    }
}

/// A pattern of which no label holds all words, whatever their case and what stands between them.
fn unlike(condition: &Condition<'_>, field: &Field<'_>, value: &Value) -> Option<Diagnostic> {
    let pattern = written(&value.literal);
    let in_label = |label: &str| {
        let mut words = pattern.split(|c: char| !c.is_alphanumeric());
        // What is shorter is mostly a part of `(?i)`.
        words.all(|word| word.len() < 2 || position(label, word).is_some())
    };
    if field.codes.iter().any(|entry| in_label(entry.label)) {
        return None;
    }
    let name = shown(condition.path.as_str());
    let message = format!("no known value of {name} is like {}", shown(&pattern));
    let warning = Diagnostic::warning(value.span, message);
    Some(warning.help(format!("known are {}", known(field))))
}

fn unknown(condition: &Condition<'_>, field: &Field<'_>, value: &Value) -> Option<Diagnostic> {
    let (name, text) = (shown(condition.path.as_str()), written(&value.literal));
    match entry(field.codes, &value.literal) {
        Some(entry) if entry.label == text || whole(&value.literal).is_some() => None,
        Some(entry) => {
            let message = format!("{} is written {}", shown(&text), shown(entry.label));
            let warning = Diagnostic::warning(value.span, message);
            let help = format!("write {}, since case matters", quoted(entry.label));
            Some(mended(warning.help(help), value.span, quoted(entry.label)))
        }
        None if whole(&value.literal).is_some() => {
            let message = format!("{text} is no published code of {name}");
            Some(note(value.span, message).help(format!("known are {}", known(field))))
        }
        None => {
            let message = format!("{} is no known value of {name}", shown(&text));
            let warning = Diagnostic::warning(value.span, message);
            let labels = field.codes.iter().map(|entry| entry.label);
            let mut labels = labels.map(|label| (label, label));
            Some(match *nearest(&text, most(&text), &mut labels) {
                [label] => {
                    let help = format!("did you mean {}?", quoted(label));
                    mended(warning.help(help), value.span, quoted(label))
                }
                _ => warning.help(format!("known are {}", known(field))),
            })
        }
    }
}

/// As it stands in a query.
fn quoted(label: &str) -> String {
    Literal::from(label).to_string()
}

/// All labels with their codes.
fn known(field: &Field<'_>) -> String {
    let entry = |entry: &Code<'_>| match entry.code {
        Some(code) => format!("{} ({code})", quoted(entry.label)),
        None => quoted(entry.label),
    };
    field.codes.iter().map(entry).collect::<Vec<_>>().join(", ")
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
