//! What wirefilter is told about the fields.

use wirefilter::{Scheme, Type};

const FIELDS: &[(&str, Type)] = &[
    ("host_info.hostname", Type::Bytes),
    ("host_info.os", Type::Int),
    ("last_event.status", Type::Int),
    ("last_event.event", Type::Int),
    ("last_event.actor", Type::Int),
    ("users.username", Type::Bytes),
];

/// Lives as long as the program, because what is made with it borrows it.
pub(crate) fn scheme() -> &'static Scheme {
    let fields = FIELDS
        .iter()
        .map(|(name, kind)| ((*name).to_owned(), *kind));
    let scheme = Scheme::try_from_iter(fields).expect("each field stands there once");
    Box::leak(Box::new(scheme))
}
