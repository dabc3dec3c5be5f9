//! The usual tests on texts and integers that every record has: a few instructions each, because what makes a filter slow
//! is that the next records are not fetched while it works on one.

use super::asked::Asked;
use super::operand::{Rules, word};
use super::pattern::Pattern;
use super::record::{Accessor, Record};
use super::small::SmallText;
use super::source::{Place, Source};
use super::texts::Texts;
use crate::{Literal, Value};
use alloc::boxed::Box;

pub(super) enum Quick<R: Record> {
    Text(Get<TextOf<R>, TextOf<R::Row>>, TextTest),
    /// Within two bounds, both included.
    Int(Get<IntOf<R>, IntOf<R::Row>>, i64, i64),
}

pub(super) type TextOf<R> = for<'r> fn(&'r R) -> &'r str;
pub(super) type IntOf<R> = fn(&R) -> i64;

pub(super) enum Get<O, E> {
    Own(O),
    /// From the element; and what comes of the test in a record without rows.
    Element(E, bool),
}

pub(super) enum TextTest {
    Is(SmallText),
    In(Box<Texts>),
    Fits(Pattern),
}

impl<R: Record> Quick<R> {
    /// The quick form of what is asked of the values at a place, if it has one.
    pub(super) fn of<'e>(
        place: &Place<R>,
        asked: Asked<'e>,
        rules: Rules<'_>,
    ) -> Result<Self, Asked<'e>> {
        let without_rows = || asked.holds_of_none(rules);
        if let Some(get) = get(place, Accessor::text, Accessor::text, without_rows) {
            return Ok(Self::Text(get, TextTest::of(asked, rules)?));
        }
        let get = get(place, Accessor::int, Accessor::int, without_rows);
        match get.zip(asked.bounds(rules)) {
            Some((get, (low, high))) => Ok(Self::Int(get, low, high)),
            None => Err(asked),
        }
    }

    /// How long it takes, roughly.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::Int(..) | Self::Text(_, TextTest::Is(_)) => 1,
            Self::Text(_, TextTest::In(_)) => 3,
            Self::Text(_, TextTest::Fits(pattern)) => pattern.cost(),
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

    /// What it asks of the record itself, if anything.
    #[inline]
    pub(super) fn probe(&self) -> Option<Probe<R>> {
        match self {
            Self::Int(Get::Own(get), low, high) => Some(Probe::Int(*get, *low, *high)),
            Self::Text(Get::Own(get), TextTest::Is(wanted)) => {
                Some(Probe::Length(*get, wanted.as_bytes().len()))
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

impl TextTest {
    fn of<'e>(asked: Asked<'e>, rules: Rules<'_>) -> Result<Self, Asked<'e>> {
        match asked {
            _ if !rules.codes.is_empty() => Err(asked),
            Asked::Equal(Literal::Text(wanted)) if !rules.is_jql => {
                Ok(Self::Is(SmallText::new(wanted)))
            }
            Asked::OneOf(values) if !rules.is_jql && values.iter().all(is_text) => {
                let texts = values.iter().map(|value| word(&value.literal));
                Ok(Self::In(Box::new(Texts::new(texts))))
            }
            Asked::Fits(pattern) => Ok(Self::Fits(pattern)),
            _ => Err(asked),
        }
    }

    #[inline]
    pub(super) fn holds(&self, text: &str) -> bool {
        match self {
            Self::Is(wanted) => text.as_bytes() == wanted.as_bytes(),
            Self::In(texts) => texts.has(text),
            Self::Fits(pattern) => pattern.fits_text(text),
        }
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value.literal, Literal::Text(_))
}

/// What gets the value that a test needs: an accessor of its kind, and no other.
fn get<R: Record, O, E>(
    place: &Place<R>,
    own_of: impl FnOnce(&Accessor<R>) -> Option<O>,
    element_of: impl FnOnce(&Accessor<R::Row>) -> Option<E>,
    without_rows: impl FnOnce() -> bool,
) -> Option<Get<O, E>> {
    match place {
        Place::Own(Some(own)) => own_of(own).map(Get::Own),
        Place::Row {
            element: Some(element),
            own: None,
            ..
        } => element_of(element).map(|get| Get::Element(get, without_rows())),
        _ => None,
    }
}

impl<R> Accessor<R> {
    fn text(&self) -> Option<TextOf<R>> {
        match self {
            Self::Text(get) => Some(*get),
            _ => None,
        }
    }

    fn int(&self) -> Option<IntOf<R>> {
        match self {
            Self::Int(get) => Some(*get),
            _ => None,
        }
    }
}
