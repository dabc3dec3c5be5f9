//! A look at one record.

use crate::json::Json;
use std::borrow::Cow;

/// One record of a page, as it came. Its members are looked up when they are asked for.
///
/// The fields that all streams share are from Netskope's published Data-Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a>(Json<'a>);

impl<'a> Record<'a> {
    pub(crate) const fn new(record: Json<'a>) -> Self {
        Self(record)
    }

    /// Its text, byte for byte.
    pub fn text(self) -> &'a str {
        self.0.text()
    }

    /// The value of a member.
    pub fn get(self, name: &str) -> Option<Json<'a>> {
        let mut members = self.0.members();
        members.find_map(|(other, value)| (other == name).then_some(value))
    }

    /// Its id, `_id`.
    pub fn id(self) -> Option<Cow<'a, str>> {
        self.get("_id")?.string()
    }

    /// When it happened, in seconds since 1970.
    pub fn timestamp(self) -> Option<i64> {
        self.get("timestamp")?.text().parse().ok()
    }

    /// The stream it belongs to, in the schema's words.
    pub fn record_type(self) -> Option<Cow<'a, str>> {
        self.get("record_type")?.string()
    }

    /// Whom it is about.
    pub fn user(self) -> Option<Cow<'a, str>> {
        self.get("user")?.string()
    }
}
