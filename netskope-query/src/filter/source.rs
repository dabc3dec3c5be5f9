//! Where the values of a path are, in records in memory and in texts.

use super::json::visit;
use super::notes::Noted;
use super::record::{Accessor, Record, Scalar, Visit};

use serde_json::Value;

/// Where the values of a path are.
pub(super) enum Place<R: Record> {
    /// In the record itself, if anywhere.
    Own(Option<Accessor<R>>),
    /// In the element of the rows.
    Row {
        element: Option<Accessor<R::Row>>,
        /// In a record without rows, and where the element has nothing of the path and `shows_through`.
        own: Option<Accessor<R>>,
        shows_through: bool,
    },
}

/// A record as a program sees it, perhaps with one of its rows.
pub(super) trait Source<R: Record>: Copy {
    /// The record, where it is one in memory.
    fn record(&self) -> Option<&R>;

    /// Its element, where it is one in memory.
    fn row(&self) -> Option<&R::Row>;

    fn has_element(self) -> bool;

    /// Shows the record's own values.
    fn own(self, accessor: &Accessor<R>, visit: &mut dyn FnMut(Scalar<'_>) -> bool) -> bool;

    /// Shows the values of the element.
    fn element(
        self,
        accessor: &Accessor<R::Row>,
        visit: &mut dyn FnMut(Scalar<'_>) -> bool,
    ) -> bool;

    /// Tests the record with each of its rows; a record without rows is its own.
    fn any_row(self, list: &str, test: impl FnMut(Self) -> bool) -> bool;

    /// Tests the values at the place, or the absence of any.
    fn any(self, place: &Place<R>, mut test: impl FnMut(Scalar<'_>) -> bool) -> bool {
        let own = match place {
            Place::Own(own) => own,
            Place::Row { own, .. } if !self.has_element() => own,
            Place::Row {
                element,
                own,
                shows_through,
            } => {
                let found = match element {
                    Some(element) => any(
                        |visit| self.element(element, visit),
                        *shows_through,
                        &mut test,
                    ),
                    None => None,
                };
                match found {
                    Some(found) => return found,
                    None if *shows_through => own,
                    None => &None,
                }
            }
        };
        let found = own
            .as_ref()
            .and_then(|own| any(|visit| self.own(own, visit), false, &mut test));
        found.unwrap_or_else(|| test(Scalar::Missing))
    }
}

/// Tests all values, or the absence of any; `None` where all of the path is absent and that makes a difference.
fn any(
    show: impl FnOnce(&mut dyn FnMut(Scalar<'_>) -> bool) -> bool,
    shows_through: bool,
    test: &mut impl FnMut(Scalar<'_>) -> bool,
) -> Option<bool> {
    let (mut is_empty, mut is_absent) = (true, false);
    let found = show(&mut |value| {
        if matches!(value, Scalar::Absent) {
            is_absent = shows_through;
            return is_absent;
        }
        is_empty = false;
        test(value)
    });
    (!is_absent).then(|| found || is_empty && test(Scalar::Missing))
}

/// A record in memory, perhaps with one of its rows.
pub(super) struct InMemory<'r, R: Record> {
    record: &'r R,
    element: Option<&'r R::Row>,
}

impl<'r, R: Record> InMemory<'r, R> {
    pub(super) fn of(record: &'r R) -> Self {
        Self {
            record,
            element: None,
        }
    }
}

impl<R: Record> Clone for InMemory<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Record> Copy for InMemory<'_, R> {}

impl<R: Record> Source<R> for InMemory<'_, R> {
    #[inline]
    fn record(&self) -> Option<&R> {
        Some(self.record)
    }

    #[inline]
    fn row(&self) -> Option<&R::Row> {
        self.element
    }

    #[inline]
    fn has_element(self) -> bool {
        self.element.is_some()
    }

    fn own(self, accessor: &Accessor<R>, visit: &mut dyn FnMut(Scalar<'_>) -> bool) -> bool {
        show(accessor, self.record, visit)
    }

    fn element(
        self,
        accessor: &Accessor<R::Row>,
        visit: &mut dyn FnMut(Scalar<'_>) -> bool,
    ) -> bool {
        self.element
            .is_some_and(|element| show(accessor, element, visit))
    }

    #[inline]
    fn any_row(self, list: &str, mut test: impl FnMut(Self) -> bool) -> bool {
        match self.record.rows(list) {
            [] => test(self),
            rows => rows.iter().any(|row| {
                test(Self {
                    element: Some(row),
                    ..self
                })
            }),
        }
    }
}

fn show<'r, R>(accessor: &Accessor<R>, record: &'r R, visit: &mut Visit<'_, 'r>) -> bool {
    match accessor {
        Accessor::Text(get) => visit(Scalar::Text(get(record))),
        Accessor::Int(get) => visit(Scalar::Int(get(record))),
        Accessor::One(get) => visit(get(record)),
        Accessor::Each(get) => get(record, visit),
        Accessor::At(path, get) => get(record, path, visit),
    }
}

/// A record in a text, perhaps with one of its rows.
#[derive(Clone, Copy)]
pub(super) struct InText<'n, 't> {
    record: Noted<'n, 't>,
    element: Option<Noted<'n, 't>>,
}

impl<'n, 't> InText<'n, 't> {
    pub(super) fn of(record: Noted<'n, 't>) -> Self {
        Self {
            record,
            element: None,
        }
    }
}

impl Source<Value> for InText<'_, '_> {
    fn record(&self) -> Option<&Value> {
        None
    }

    fn row(&self) -> Option<&Value> {
        None
    }

    fn has_element(self) -> bool {
        self.element.is_some()
    }

    fn own(self, accessor: &Accessor<Value>, seen: &mut dyn FnMut(Scalar<'_>) -> bool) -> bool {
        visit(self.record, path(accessor), seen)
    }

    fn element(self, accessor: &Accessor<Value>, seen: &mut dyn FnMut(Scalar<'_>) -> bool) -> bool {
        self.element
            .is_some_and(|element| visit(element, path(accessor), seen))
    }

    fn any_row(self, list: &str, mut test: impl FnMut(Self) -> bool) -> bool {
        let mut rows = self.record.elements_of(list).peekable();
        if rows.peek().is_none() {
            return test(self);
        }
        rows.any(|row| {
            test(Self {
                element: Some(row),
                ..self
            })
        })
    }
}

/// The path of a field of any JSON, as [`Record::field`] of [`Value`] gives it.
fn path(accessor: &Accessor<Value>) -> &str {
    match accessor {
        Accessor::At(path, _) => path,
        _ => "",
    }
}
