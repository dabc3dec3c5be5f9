//! The usual tests on texts and integers that every record has: a few instructions each, because what makes a filter slow
//! is that the next records are not fetched while it works on one.

use super::list::List;
use super::operand::Rules;
use super::pattern::Pattern;
use super::program::{Action, Condition, Test};
use super::record::{Accessor, Record, Scalar};
use super::source::{Place, Source};
use crate::Literal;
use alloc::boxed::Box;

pub(super) enum Quick<'s, R: Record> {
    Text(Get<TextOf<R>, TextOf<R::Row>>, TextTest<'s>),
    /// Within two bounds, both included.
    Int(Get<IntOf<R>, IntOf<R::Row>>, i64, i64),
}

type TextOf<R> = for<'r> fn(&'r R) -> &'r str;
type IntOf<R> = fn(&R) -> i64;

pub(super) enum Get<O, E> {
    Own(O),
    /// From the element; and what comes of the test in a record without rows.
    Element(E, bool),
}

pub(super) enum TextTest<'s> {
    Is(Box<str>),
    In(Box<List<'s>>),
    Fits(Box<Pattern>),
}

impl<'s, R: Record> Quick<'s, R> {
    /// Whether the value is equal to a literal, where that is as plain as can be.
    pub(super) fn equal(place: &Place<R>, literal: &Literal, rules: Rules<'s>) -> Option<Self> {
        match literal {
            _ if rules.is_jql || !rules.codes.is_empty() => None,
            Literal::Text(wanted) => {
                let get = text(place, || wanted.is_empty())?;
                Some(Self::Text(get, TextTest::Is((&**wanted).into())))
            }
            Literal::Number(number) => {
                let (get, number) = (int(place, || false)?, number.as_i64()?);
                Some(Self::Int(get, number, number))
            }
            Literal::Bool(_) | Literal::Null => None,
        }
    }

    /// The quick form of a condition, if it has one. Whether the condition asks for a value that fails is left to the
    /// caller.
    pub(super) fn of(condition: Condition<'s, R>) -> Action<'s, R> {
        let without_rows = || condition.test.holds(Scalar::Missing, condition.rules);
        if let Some(get) = text(&condition.place, without_rows) {
            let is_plain = condition.rules.codes.is_empty();
            let test = match condition.test {
                Test::Equal(wanted) if wanted.exact_text().is_some() => {
                    TextTest::Is(wanted.into_text())
                }
                Test::OneOf(list) if list.is_of_texts() => TextTest::In(Box::new(list)),
                Test::Fits(pattern) if is_plain => TextTest::Fits(Box::new(pattern)),
                test => return Action::Test(Box::new(Condition { test, ..condition })),
            };
            return Action::Quick(Self::Text(get, test));
        }
        match (int(&condition.place, without_rows), condition.test.bounds()) {
            (Some(get), Some((low, high))) => Action::Quick(Self::Int(get, low, high)),
            _ => Action::Test(Box::new(condition)),
        }
    }

    /// Reads both ends of the text, if it is one of the row.
    #[inline]
    pub(super) fn touch(&self, row: &R::Row) -> u8 {
        match self {
            Self::Text(Get::Element(get, _), _) => {
                let text = get(row).as_bytes();
                text.first().unwrap_or(&0) ^ text.last().unwrap_or(&0)
            }
            _ => 0,
        }
    }

    #[inline]
    pub(super) fn holds(&self, source: impl Source<R>) -> bool {
        match self {
            Self::Text(Get::Own(get), test) => {
                (source.record()).is_some_and(|record| test.holds(get(record)))
            }
            Self::Text(Get::Element(get, without_rows), test) => {
                (source.row()).map_or(*without_rows, |row| test.holds(get(row)))
            }
            Self::Int(Get::Own(get), low, high) => {
                (source.record()).is_some_and(|record| (*low..=*high).contains(&get(record)))
            }
            Self::Int(Get::Element(get, without_rows), low, high) => {
                (source.row()).map_or(*without_rows, |row| (*low..=*high).contains(&get(row)))
            }
        }
    }
}

impl<R: Record> Quick<'_, R> {
    /// What it asks of the record itself, if anything.
    #[inline]
    pub(super) fn probe(&self) -> Option<Probe<R>> {
        match self {
            Self::Int(Get::Own(get), low, high) => Some(Probe::Int(*get, *low, *high)),
            Self::Text(Get::Own(get), TextTest::Is(wanted)) => {
                Some(Probe::Length(*get, wanted.len()))
            }
            _ => None,
        }
    }
}

/// What can be asked of a record without going where it points to.
pub(super) enum Probe<R> {
    /// Whether an integer is within two bounds: all of the test.
    Int(IntOf<R>, i64, i64),
    /// Whether a text has the length that it must have.
    Length(TextOf<R>, usize),
}

impl<R> Clone for Probe<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Probe<R> {}

impl<R> Probe<R> {
    #[inline]
    pub(super) fn passes(&self, record: &R) -> bool {
        match self {
            Self::Int(get, low, high) => (*low..=*high).contains(&get(record)),
            Self::Length(get, length) => get(record).len() == *length,
        }
    }
}

impl TextTest<'_> {
    #[inline]
    pub(super) fn holds(&self, text: &str) -> bool {
        match self {
            Self::Is(wanted) => {
                // Texts that differ do so at their ends, mostly.
                text.as_bytes().last_chunk::<8>() == wanted.as_bytes().last_chunk()
                    && *text == **wanted
            }
            Self::In(list) => list.has_text(text),
            Self::Fits(pattern) => pattern.fits_text(text),
        }
    }
}

fn text<R: Record>(
    place: &Place<R>,
    without_rows: impl FnOnce() -> bool,
) -> Option<Get<TextOf<R>, TextOf<R::Row>>> {
    match place {
        Place::Own(Some(Accessor::Text(get))) => Some(Get::Own(*get)),
        Place::Row {
            element: Some(Accessor::Text(get)),
            own: None,
            ..
        } => Some(Get::Element(*get, without_rows())),
        _ => None,
    }
}

fn int<R: Record>(
    place: &Place<R>,
    without_rows: impl FnOnce() -> bool,
) -> Option<Get<IntOf<R>, IntOf<R::Row>>> {
    match place {
        Place::Own(Some(Accessor::Int(get))) => Some(Get::Own(*get)),
        Place::Row {
            element: Some(Accessor::Int(get)),
            own: None,
            ..
        } => Some(Get::Element(*get, without_rows())),
        _ => None,
    }
}
