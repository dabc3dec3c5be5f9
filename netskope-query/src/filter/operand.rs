//! One value of a record against one of a query.

use super::number::Num;
use super::record::Scalar;
use super::text::{self, Room, shown};
use crate::{Code, Literal};
use alloc::boxed::Box;
use alloc::string::ToString;
use core::cmp::Ordering;

/// How a field is compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules<'s> {
    pub(super) is_jql: bool,
    /// Codes and labels of the field; empty where it has none.
    pub(super) codes: &'s [Code<'s>],
}

impl<'s> Rules<'s> {
    /// Which integers are equal to a literal.
    pub(super) fn integers(self, literal: &Literal) -> Integers {
        let Some(integer) = plain_integer(literal) else {
            return Meaning::of(literal, self).integers(self);
        };
        let meant = (self.codes.iter()).find(|entry| entry.code == Some(integer));
        let is_ambiguous = meant.is_some_and(|meant| {
            self.codes.iter().any(|entry| {
                entry.code.is_some_and(|code| code != integer) && entry.label == meant.label
            })
        });
        if is_ambiguous {
            Integers::Some
        } else {
            Integers::One(integer)
        }
    }

    /// The integer that a literal is, or the code of the label that it is.
    pub(super) fn integer(self, literal: &Literal) -> Option<i64> {
        plain_integer(literal).or_else(|| Meaning::of(literal, self).number?.integer())
    }

    /// Whether a literal asks for the absence of a value; Skope IT takes the empty text for one.
    pub(super) fn is_nothing(self, literal: &Literal) -> bool {
        match literal {
            Literal::Null => true,
            Literal::Text(text) => !self.is_jql && text.is_empty(),
            Literal::Number(_) | Literal::Bool(_) => false,
        }
    }

    pub(super) fn equal_text(self, a: &str, b: &str) -> bool {
        if self.is_jql {
            text::equal(a, b)
        } else {
            a == b
        }
    }

    fn order_text(self, a: &str, b: &str) -> Ordering {
        if self.is_jql {
            text::order(a, b)
        } else {
            a.cmp(b)
        }
    }

    /// The value as a number, a label by its code.
    fn number(self, value: Scalar<'_>) -> Option<Num> {
        Num::of_scalar(value, self.is_jql).or_else(|| code(self.entry_of(value)?))
    }

    pub(super) fn entry_of(self, value: Scalar<'_>) -> Option<&'s Code<'s>> {
        if self.codes.is_empty() {
            return None;
        }
        match Num::of_scalar(value, self.is_jql) {
            None => self.entry(None, shown(value, &mut Room::default())),
            number => self.entry(number, ""),
        }
    }

    fn entry(self, number: Option<Num>, label: &str) -> Option<&'s Code<'s>> {
        self.codes.iter().find(|entry| match (number, entry.code) {
            (Some(number), Some(code)) => number.order(Num::Whole(code.into())).is_eq(),
            (Some(_), None) => false,
            (None, _) => self.equal_text(entry.label, label),
        })
    }
}

fn code(entry: &Code<'_>) -> Option<Num> {
    entry.code.map(|code| Num::Whole(code.into()))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Bool,
    Null,
}

/// Which integers of 64 bits are equal to a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Integers {
    None,
    One(i64),
    /// To be found out: the codes have an ambiguous label.
    Some,
}

/// A literal, taken apart once.
#[derive(Debug)]
pub(super) struct Operand<'s> {
    kind: Kind,
    /// What was written, without quotes; empty for a number where nothing looks at its text.
    text: Box<str>,
    meaning: Meaning<'s>,
    /// Whether texts of records are equal just where they are the same.
    is_exact: bool,
}

/// What a literal stands for besides its text.
#[derive(Clone, Copy, Debug)]
struct Meaning<'s> {
    /// The number it is, or the code of the label that it is.
    number: Option<Num>,
    /// The code that it means.
    code: Option<&'s Code<'s>>,
}

impl<'s> Meaning<'s> {
    fn of(literal: &Literal, rules: Rules<'s>) -> Self {
        let number = Num::of_literal(literal, rules.is_jql);
        if rules.codes.is_empty() {
            return Self { number, code: None };
        }
        let meant = rules.entry(number, word(literal));
        let is_null = matches!(literal, Literal::Null);
        Self {
            number: number.or_else(|| code(meant.filter(|_| !is_null)?)),
            code: meant,
        }
    }

    fn integers(self, rules: Rules<'s>) -> Integers {
        let integer = self.number.map(Num::integer);
        let is_other = |entry: &Code<'_>| {
            entry.code.is_some() && Some(entry.code) != integer && self.is(entry)
        };
        match integer {
            _ if self.code.is_some() && rules.codes.iter().any(is_other) => Integers::Some,
            Some(Some(integer)) => Integers::One(integer),
            _ => Integers::None,
        }
    }

    fn is(self, entry: &Code<'_>) -> bool {
        self.code.is_some_and(|meant| {
            entry.label == meant.label || entry.code.is_some() && entry.code == meant.code
        })
    }
}

fn plain_integer(literal: &Literal) -> Option<i64> {
    match literal {
        Literal::Number(number) => number.as_i64(),
        _ => None,
    }
}

/// The text of a literal; empty for a number.
pub(super) fn word(literal: &Literal) -> &str {
    match literal {
        Literal::Text(text) => text,
        Literal::Number(_) => "",
        Literal::Bool(true) => "true",
        Literal::Bool(false) => "false",
        Literal::Null => "null",
    }
}

impl<'s> Operand<'s> {
    /// An operand of equality.
    pub(super) fn equality(literal: &Literal, rules: Rules<'s>) -> Self {
        let kind = match literal {
            Literal::Text(_) => Kind::Text,
            Literal::Number(_) => Kind::Number,
            Literal::Bool(_) => Kind::Bool,
            Literal::Null => Kind::Null,
        };
        Self {
            kind,
            text: word(literal).into(),
            meaning: Meaning::of(literal, rules),
            is_exact: kind == Kind::Text && !rules.is_jql && rules.codes.is_empty(),
        }
    }

    /// An operand of order, whose number may be compared as text.
    pub(super) fn order(literal: &Literal, rules: Rules<'s>) -> Self {
        let mut operand = Self::equality(literal, rules);
        if let Literal::Number(number) = literal {
            operand.text = number.to_string().into();
        }
        operand
    }

    pub(super) fn is_exact(&self) -> bool {
        self.is_exact
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn equal(&self, actual: Scalar<'_>, rules: Rules<'s>) -> bool {
        match actual {
            Scalar::Text(actual) if self.is_exact => *actual == *self.text,
            Scalar::Missing | Scalar::Absent => self.is_nothing(rules),
            _ => self.equal_as_written(actual, rules) || self.same_code(actual, rules),
        }
    }

    /// Whether it asks for the absence of a value; Skope IT takes the empty text for one.
    fn is_nothing(&self, rules: Rules<'_>) -> bool {
        match self.kind {
            Kind::Null => true,
            Kind::Text => !rules.is_jql && self.text.is_empty(),
            Kind::Number | Kind::Bool => false,
        }
    }

    fn equal_as_written(&self, actual: Scalar<'_>, rules: Rules<'s>) -> bool {
        match (actual, self.kind) {
            (Scalar::Text(actual), Kind::Null) => actual.is_empty() && !rules.is_jql,
            (Scalar::Other, _) | (_, Kind::Null) => false,
            (Scalar::Bool(truth), _) => text::truth(&self.text) == Some(truth),
            (Scalar::Text(actual), Kind::Bool) if rules.is_jql => {
                let truth = text::truth(actual);
                truth.is_some() && truth == text::truth(&self.text)
            }
            (Scalar::Text(actual), Kind::Text) if !rules.is_jql => *actual == *self.text,
            _ => match (rules.number(actual), self.meaning.number) {
                (Some(actual), Some(wanted)) => actual.order(wanted).is_eq(),
                _ if self.kind == Kind::Number => false,
                _ => rules.equal_text(shown(actual, &mut Room::default()), &self.text),
            },
        }
    }

    fn same_code(&self, actual: Scalar<'_>, rules: Rules<'s>) -> bool {
        self.meaning.code.is_some()
            && (rules.entry_of(actual)).is_some_and(|entry| self.meaning.is(entry))
    }

    /// How the value compares; `None` where the two have no order.
    pub(super) fn compare(&self, actual: Scalar<'_>, rules: Rules<'s>) -> Option<Ordering> {
        if matches!(actual, Scalar::Missing | Scalar::Absent | Scalar::Other)
            || self.kind == Kind::Null
        {
            return None;
        }
        let as_text = || rules.order_text(shown(actual, &mut Room::default()), &self.text);
        match (rules.number(actual), self.meaning.number) {
            (Some(actual), Some(wanted)) => Some(actual.order(wanted)),
            (None, None) => Some(as_text()),
            _ => rules.is_jql.then(as_text),
        }
    }
}
