//! What was noted of a JSON text.

use super::json::{Json, longest};
use super::record::Scalar;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// What was noted of a text: each value before those inside it.
pub(super) struct Notes<'t>(pub(super) Vec<Note<'t>>);

pub(super) struct Note<'t> {
    /// Of a member of an object.
    pub(super) key: Cow<'t, str>,
    pub(super) content: Content<'t>,
    /// The number of notes up to the end of the value.
    pub(super) end: usize,
}

pub(super) enum Content<'t> {
    Null,
    Bool(bool),
    Digits(&'t str),
    Text(Cow<'t, str>),
    List,
    Object,
}

impl<'t> Content<'t> {
    /// What a number or a word is.
    pub(super) fn bare(text: &'t str) -> Self {
        match text {
            "null" => Self::Null,
            "true" => Self::Bool(true),
            "false" => Self::Bool(false),
            _ => Self::Digits(text),
        }
    }
}

/// One value of the notes.
#[derive(Clone, Copy)]
pub(super) struct Noted<'n, 't> {
    notes: &'n Notes<'t>,
    at: usize,
}

impl<'t> Notes<'t> {
    pub(super) fn root(&self) -> Noted<'_, 't> {
        Noted { notes: self, at: 0 }
    }
}

impl<'n, 't> Noted<'n, 't> {
    fn note(self) -> Option<&'n Note<'t>> {
        self.notes.0.get(self.at)
    }

    fn inside(self) -> impl Iterator<Item = Self> {
        let end = self.note().map_or(0, |note| note.end);
        let first = Self {
            at: self.at + 1,
            ..self
        };
        let next = move |value: &Self| {
            value.note().map(|note| Self {
                at: note.end,
                ..self
            })
        };
        core::iter::successors(Some(first), next).take_while(move |value| value.at < end)
    }
}

impl<'n> Noted<'n, '_> {
    /// With their keys; a list's elements have empty ones.
    fn members(self) -> impl Iterator<Item = (&'n str, Self)> {
        self.inside()
            .filter_map(|value| Some((&*value.note()?.key, value)))
    }

    /// The elements of the member with this key, the last of equal ones.
    pub(super) fn elements_of(self, key: &str) -> impl Iterator<Item = Self> {
        let mut members = self.members().filter(|(name, _)| *name == key);
        let list = members.by_ref().last().filter(|_| self.is_object());
        list.and_then(|(_, list)| list.elements())
            .into_iter()
            .flatten()
    }
}

impl<'n> Json<'n> for Noted<'n, '_> {
    fn longest(self, path: &str) -> Option<(usize, Self)> {
        if !self.is_object() {
            return None;
        }
        longest(self.members(), path)
    }

    fn elements(self) -> Option<impl Iterator<Item = Self>> {
        let is_list = self
            .note()
            .is_some_and(|note| matches!(note.content, Content::List));
        is_list.then(|| self.inside())
    }

    fn is_object(self) -> bool {
        self.note()
            .is_some_and(|note| matches!(note.content, Content::Object))
    }

    fn scalar(self) -> Scalar<'n> {
        match self.note().map(|note| &note.content) {
            None | Some(Content::Null) => Scalar::Missing,
            Some(Content::Bool(truth)) => Scalar::Bool(*truth),
            Some(Content::Digits(digits)) => Scalar::Digits(digits),
            Some(Content::Text(text)) => Scalar::Text(text),
            Some(Content::List | Content::Object) => Scalar::Other,
        }
    }
}
