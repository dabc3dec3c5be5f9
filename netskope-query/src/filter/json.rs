//! JSON, whether in memory or as text: what stands at a path.

use super::record::{Scalar, Visit};

/// A JSON value.
pub(super) trait Json<'r>: Copy {
    /// The member with the longest key that the path begins with, and how long that key is; see [`longest`].
    fn longest(self, path: &str) -> Option<(usize, Self)>;

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
fn branch<'r, 'p, J: Json<'r>>(value: J, path: &'p str) -> Option<(J, &'p str)> {
    let (length, inner) = value.longest(path)?;
    Some((inner, path.get(length + 1..).unwrap_or_default()))
}

/// Of members those whose key the path begins with, up to a dot or its end since keys may hold dots: of them the longest,
/// and of equal ones the last. With the key's length.
pub(super) fn longest<'k, T>(
    members: impl Iterator<Item = (&'k str, T)>,
    path: &str,
) -> Option<(usize, T)> {
    let mut found = None;
    let mut least = 0;
    for (key, value) in members {
        if key.len() >= least && ends_at(path, key.len()) && path.starts_with(key) {
            least = key.len();
            found = Some(value);
        }
    }
    found.map(|value| (least, value))
}

/// Whether a key of the path may end at the place.
#[inline]
pub(super) fn ends_at(path: &str, place: usize) -> bool {
    match path.as_bytes().get(place) {
        Some(byte) => *byte == b'.',
        None => place == path.len(),
    }
}
