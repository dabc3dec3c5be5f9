//! Where the values of a path are, in records in memory and in texts.

use super::json::{Json, visit};
use super::record::{Accessor, Record, Scalar, Visit};
use super::scan::Noted;
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
    fn has_element(self) -> bool;

    /// Tests the record's own values, or the absence of any.
    fn own(self, accessor: &Accessor<R>, test: impl FnMut(Scalar<'_>) -> bool) -> bool;

    /// Tests the values of the element, or the absence of any; `None` where it has nothing of the path.
    fn element(
        self,
        accessor: &Accessor<R::Row>,
        test: impl FnMut(Scalar<'_>) -> bool,
    ) -> Option<bool>;

    /// Tests the record with each of its rows; a record without rows is its own.
    fn any_row(self, list: &str, test: impl FnMut(Self) -> bool) -> bool;

    /// Tests the values at the place, or the absence of any.
    #[inline]
    fn any(self, place: &Place<R>, mut test: impl FnMut(Scalar<'_>) -> bool) -> bool {
        let own = match place {
            Place::Own(own) => own,
            Place::Row { own, .. } if !self.has_element() => own,
            Place::Row {
                element,
                own,
                shows_through,
            } => {
                let found = (element.as_ref()).and_then(|element| self.element(element, &mut test));
                match found {
                    Some(found) => return found,
                    None if *shows_through => own,
                    None => &None,
                }
            }
        };
        match own {
            Some(own) => self.own(own, test),
            None => test(Scalar::Missing),
        }
    }
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
    fn has_element(self) -> bool {
        self.element.is_some()
    }

    #[inline]
    fn own(self, accessor: &Accessor<R>, mut test: impl FnMut(Scalar<'_>) -> bool) -> bool {
        match accessor {
            Accessor::One(get) => test(get(self.record)),
            Accessor::Each(get) => any(|visit| get(self.record, visit), test),
            Accessor::At(path, get) => any(|visit| get(self.record, path, visit), test),
        }
    }

    #[inline]
    fn element(
        self,
        accessor: &Accessor<R::Row>,
        mut test: impl FnMut(Scalar<'_>) -> bool,
    ) -> Option<bool> {
        let element = self.element?;
        match accessor {
            Accessor::One(get) => match get(element) {
                Scalar::Absent => None,
                value => Some(test(value)),
            },
            Accessor::Each(get) => any_present(|visit| get(element, visit), test),
            Accessor::At(path, get) => any_present(|visit| get(element, path, visit), test),
        }
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
    fn has_element(self) -> bool {
        self.element.is_some()
    }

    fn own(self, accessor: &Accessor<Value>, test: impl FnMut(Scalar<'_>) -> bool) -> bool {
        any(|seen| visit(self.record, path(accessor), seen), test)
    }

    fn element(
        self,
        accessor: &Accessor<Value>,
        test: impl FnMut(Scalar<'_>) -> bool,
    ) -> Option<bool> {
        let element = self.element?;
        any_present(|seen| visit(element, path(accessor), seen), test)
    }

    fn any_row(self, list: &str, mut test: impl FnMut(Self) -> bool) -> bool {
        let rows = self.record.get(list).and_then(Json::elements);
        let mut rows = rows.into_iter().flatten().peekable();
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
        Accessor::One(_) | Accessor::Each(_) => "",
    }
}

/// Tests all values, or the absence of any.
fn any<'r>(
    read: impl FnOnce(&mut Visit<'_, 'r>) -> bool,
    mut test: impl FnMut(Scalar<'_>) -> bool,
) -> bool {
    let mut is_empty = true;
    let found = read(&mut |value| {
        let is_value = value != Scalar::Absent;
        is_empty &= !is_value;
        is_value && test(value)
    });
    found || is_empty && test(Scalar::Missing)
}

/// The same; `None` where all of the path is absent.
fn any_present<'r>(
    read: impl FnOnce(&mut Visit<'_, 'r>) -> bool,
    mut test: impl FnMut(Scalar<'_>) -> bool,
) -> Option<bool> {
    let (mut is_empty, mut is_absent) = (true, false);
    let found = read(&mut |value| {
        is_empty = false;
        is_absent = value == Scalar::Absent;
        is_absent || test(value)
    });
    (!is_absent).then(|| found || is_empty && test(Scalar::Missing))
}
