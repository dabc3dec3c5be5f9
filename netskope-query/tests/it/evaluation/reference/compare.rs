//! One value of a record against one of a query.

use super::number::Num;
use super::text;
use netskope_query::{Code, Dialect, Literal};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Compares values of one field.
pub(super) struct Comparer<'s> {
    pub(super) dialect: Dialect,
    /// Codes and labels of the field; empty where it has none.
    pub(super) codes: &'s [Code<'s>],
}

impl<'s> Comparer<'s> {
    pub(super) fn equal(&self, actual: Option<&Json>, literal: &Literal) -> bool {
        let Some(actual) = present(actual) else {
            return self.is_nothing(literal);
        };
        self.equal_as_written(actual, literal) || self.same_code(actual, literal)
    }

    /// Whether the literal asks for the absence of a value; Skope IT takes the empty text for one.
    fn is_nothing(&self, literal: &Literal) -> bool {
        match literal {
            Literal::Null => true,
            Literal::Text(text) => self.dialect == Dialect::SkopeIt && text.is_empty(),
            _ => false,
        }
    }

    fn equal_as_written(&self, actual: &Json, literal: &Literal) -> bool {
        match (actual, literal) {
            (Json::String(actual), Literal::Null) => {
                actual.is_empty() && self.dialect == Dialect::SkopeIt
            }
            (Json::Array(_) | Json::Object(_), _) | (_, Literal::Null) => false,
            (Json::Bool(truth), _) => equals_truth(&written(literal), *truth),
            (Json::String(actual), Literal::Bool(truth)) if self.dialect == Dialect::Jql => {
                equals_truth(actual, *truth)
            }
            (Json::String(actual), Literal::Text(wanted)) if self.dialect == Dialect::SkopeIt => {
                actual == wanted
            }
            _ => match self.numbers(actual, literal) {
                (Some(actual), Some(wanted)) => actual.order(wanted).is_eq(),
                _ => self.equal_text(&shown(actual), &written(literal)),
            },
        }
    }

    fn equal_text(&self, a: &str, b: &str) -> bool {
        match self.dialect {
            Dialect::SkopeIt => a == b,
            _ => text::equal(a, b),
        }
    }

    /// How the value compares; `None` where the two have no order.
    pub(super) fn order(&self, actual: Option<&Json>, literal: &Literal) -> Option<Ordering> {
        let actual = present(actual)?;
        if matches!(actual, Json::Array(_) | Json::Object(_)) || *literal == Literal::Null {
            return None;
        }
        match self.numbers(actual, literal) {
            (Some(actual), Some(wanted)) => Some(actual.order(wanted)),
            (None, None) => Some(self.order_text(&shown(actual), &written(literal))),
            _ if self.dialect == Dialect::SkopeIt => None,
            _ => Some(self.order_text(&shown(actual), &written(literal))),
        }
    }

    fn order_text(&self, a: &str, b: &str) -> Ordering {
        match self.dialect {
            Dialect::SkopeIt => a.cmp(b),
            _ => text::order(a, b),
        }
    }

    /// Both sides as numbers, labels by their codes.
    fn numbers(&self, actual: &Json, literal: &Literal) -> (Option<Num>, Option<Num>) {
        let code = |entry: Option<&Code<'_>>| {
            entry
                .and_then(|entry| entry.code)
                .map(|code| Num::Whole(code.into()))
        };
        let of_actual =
            Num::of_json(actual, self.dialect).or_else(|| code(self.entry_of_json(actual)));
        let of_literal =
            Num::of_literal(literal, self.dialect).or_else(|| code(self.entry_of_literal(literal)));
        (of_actual, of_literal)
    }

    pub(super) fn like(&self, actual: Option<&Json>, literal: &Literal) -> bool {
        let pattern = written(literal);
        self.any_text(actual, |actual| match self.dialect {
            Dialect::SkopeIt => text::contains(actual, &pattern),
            _ => text::glob(actual, &pattern),
        })
    }

    pub(super) fn starts_with(&self, actual: Option<&Json>, literal: &Literal) -> bool {
        let start = written(literal);
        self.any_text(actual, |actual| match self.dialect {
            Dialect::SkopeIt => actual.starts_with(&*start),
            _ => text::starts_with(actual, &start),
        })
    }

    /// Tests the value's own text, and the label where it is a code.
    fn any_text(&self, actual: Option<&Json>, test: impl Fn(&str) -> bool) -> bool {
        match present(actual) {
            None => self.dialect == Dialect::SkopeIt && test(""),
            Some(Json::Array(_) | Json::Object(_)) => false,
            Some(actual) => {
                test(&shown(actual))
                    || self
                        .entry_of_json(actual)
                        .is_some_and(|entry| test(entry.label))
            }
        }
    }

    fn same_code(&self, actual: &Json, literal: &Literal) -> bool {
        let (actual, wanted) = (self.entry_of_json(actual), self.entry_of_literal(literal));
        actual.zip(wanted).is_some_and(|(actual, wanted)| {
            actual.label == wanted.label || actual.code.is_some() && actual.code == wanted.code
        })
    }

    fn entry_of_json(&self, value: &Json) -> Option<&Code<'s>> {
        if self.codes.is_empty() {
            return None;
        }
        self.entry(Num::of_json(value, self.dialect), &shown(value))
    }

    fn entry_of_literal(&self, literal: &Literal) -> Option<&Code<'s>> {
        if self.codes.is_empty() {
            return None;
        }
        self.entry(Num::of_literal(literal, self.dialect), &written(literal))
    }

    fn entry(&self, number: Option<Num>, label: &str) -> Option<&Code<'s>> {
        self.codes.iter().find(|entry| match (number, entry.code) {
            (Some(number), Some(code)) => number.order(Num::Whole(code.into())).is_eq(),
            (Some(_), None) => false,
            (None, _) => self.equal_text(entry.label, label),
        })
    }
}

fn present(actual: Option<&Json>) -> Option<&Json> {
    actual.filter(|value| !value.is_null())
}

fn equals_truth(text: &str, truth: bool) -> bool {
    text.trim()
        .eq_ignore_ascii_case(if truth { "true" } else { "false" })
}

/// A value of a record as text; nothing for lists and objects.
fn shown(value: &Json) -> Cow<'_, str> {
    match value {
        Json::String(text) => Cow::Borrowed(text),
        Json::Number(number) => Cow::Owned(number.to_string()),
        Json::Bool(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        Json::Null | Json::Array(_) | Json::Object(_) => Cow::Borrowed(""),
    }
}

/// A value of a query as text, without quotes.
fn written(literal: &Literal) -> Cow<'_, str> {
    match literal {
        Literal::Text(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}
