//! JSON, whether in memory or as text: what stands at a path.

use super::record::{Scalar, Visit};

/// A JSON value.
pub(super) trait Json<'r>: Copy {
    /// The member with this key, the last where there are several; `None` where the value is no object, too.
    fn get(self, key: &str) -> Option<Self>;

    /// The elements; `None` where the value is no list.
    fn elements(self) -> Option<impl Iterator<Item = Self>>;

    fn is_object(self) -> bool;

    fn scalar(self) -> Scalar<'r>;
}

/// All values at a path; of a list its elements, so that an empty list is no value.
pub(super) fn visit<'r>(value: impl Json<'r>, path: &str, seen: &mut Visit<'_, 'r>) -> bool {
    match branch(value, path) {
        Some((inner, rest)) => collect(inner, rest, seen),
        None => seen(Scalar::Absent) || !value.is_object() && collect(value, path, seen),
    }
}

/// The same, and of what is absent nothing.
pub(super) fn collect<'r>(value: impl Json<'r>, path: &str, seen: &mut Visit<'_, 'r>) -> bool {
    match value.elements() {
        Some(mut elements) if path.is_empty() => elements.any(|element| seen(element.scalar())),
        Some(mut elements) => elements.any(|element| collect(element, path, seen)),
        None if path.is_empty() => seen(value.scalar()),
        None => branch(value, path).is_some_and(|(inner, rest)| collect(inner, rest, seen)),
    }
}

/// What the longest start of the path that is a key leads to, and what remains of the path.
fn branch<'r, J: Json<'r>>(value: J, path: &str) -> Option<(J, &str)> {
    if !value.is_object() {
        return None;
    }
    starts(path).find_map(|(key, rest)| Some((value.get(key)?, rest)))
}

/// Each start of the path that could be a key, the longest first since keys may hold dots, with what remains.
fn starts(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let shorter = path.rmatch_indices('.').filter_map(|(at, _)| {
        let (key, rest) = path.split_at_checked(at)?;
        Some((key, rest.strip_prefix('.')?))
    });
    core::iter::once((path, "")).chain(shorter)
}
