//! What a query on devices may be about.

use crate::codes::{
    Actor, Classification, Codes, Event, NpaStatus, Os, Status, StatusV2, UserSource,
};
use netskope_query::{Code, Diagnostic, Expr, Field, Kind, ParseError, Schema, check, parse_with};

/// The fields of a device, from the article and from recorded responses.
///
/// A tenant keeps one row per device and user, so the fields of a user are named with and without `users.`. The article
/// itself writes `last_events` once where its records have `last_event`, and puts `client_version` into the rows. A query
/// of one word is mostly a name pasted without its field: a user's where it is an address, else a device's.
pub static SCHEMA: Schema<'static> = Schema {
    fields: FIELDS,
    aliases: &[("last_events", "last_event")],
    rows: Some("users"),
    in_rows: &["last_event", "client_version"],
    bare_words: &[(Some('@'), "username"), (None, "host_info.hostname")],
};

static FIELDS: &[Field<'static>] = &[
    field(
        "host_info.hostname",
        Kind::Text,
        "the device's name, which other devices may share",
    ),
    coded("host_info.os", Os::TABLE, "the operating system"),
    field(
        "host_info.os_version",
        Kind::Text,
        "the operating system's version",
    ),
    field("host_info.device_make", Kind::Text, "the device's maker"),
    field("host_info.device_model", Kind::Text, "the device's model"),
    field(
        "host_info.serialNumber",
        Kind::Text,
        "the device's serial number",
    ),
    field(
        "host_info.macAddresses",
        Kind::List,
        "the addresses of its network cards",
    ),
    field(
        "host_info.nsdeviceuid",
        Kind::Text,
        "the client's own identity of the device",
    ),
    field(
        "host_info.old_nsdeviceuid",
        Kind::Text,
        "the identity before that",
    ),
    field(
        "host_info.managementID",
        Kind::Text,
        "its identity in the device management",
    ),
    field(
        "host_info.steeringConfig",
        Kind::Text,
        "the steering configuration in force",
    ),
    field(
        "host_info.migrated_revision",
        Kind::Text,
        "the revision of its record",
    ),
    field(
        "host_info.last_hostinfo_update_timestamp",
        Kind::Time,
        "when host_info last changed",
    ),
    coded(
        "last_event.status",
        Status::TABLE,
        "what the client does with traffic",
    ),
    coded(
        "last_event.status_v2",
        StatusV2::TABLE,
        "the same in the newer numbering",
    ),
    coded("last_event.event", Event::TABLE, "what happened last"),
    coded(
        "last_event.actor",
        Actor::TABLE,
        "who caused the last event",
    ),
    coded(
        "last_event.npa_status",
        NpaStatus::TABLE,
        "what Private Access does",
    ),
    field(
        "last_event.timestamp",
        Kind::Time,
        "when the last event was",
    ),
    field(
        "last_event.service_name",
        Kind::Text,
        "the service the last event is about",
    ),
    field(
        "last_event.event_details",
        Kind::Text,
        "more on the last event",
    ),
    field(
        "last_event_service_name",
        Kind::Text,
        "the service the last event is about",
    ),
    field(
        "users.username",
        Kind::Text,
        "the user's name, mostly an e-mail address",
    ),
    field("users.userkey", Kind::Text, "the user's key"),
    coded(
        "users.user_source",
        UserSource::TABLE,
        "where the user comes from",
    ),
    field("users.user_state", Kind::Number, "the user's state"),
    field("users.user_groups", Kind::List, "the groups the user is in"),
    field(
        "users.organization_unit",
        Kind::Text,
        "the user's organisational unit",
    ),
    field(
        "users.user_added_time",
        Kind::Time,
        "when the user was added",
    ),
    coded(
        "users.device_classification_status",
        Classification::TABLE,
        "whether the device is managed",
    ),
    field(
        "users.device_classification_custom_status",
        Kind::Text,
        "the tenant's own classification",
    ),
    field(
        "users.heartbeat_status",
        Kind::Text,
        "whether the client reports regularly",
    ),
    field("users.heartbeat_status_since", Kind::Time, "since when"),
    field("users._id", Kind::Text, "the identity of the user's record"),
    field("client_version", Kind::Text, "the client's version"),
    field(
        "client_install_time",
        Kind::Time,
        "when the client was installed",
    ),
    field("device_id", Kind::Text, "the device's identity"),
    field("_id", Kind::Text, "the identity of the device's record"),
];

const fn field(path: &'static str, kind: Kind, doc: &'static str) -> Field<'static> {
    Field {
        path,
        kind,
        codes: &[],
        doc,
    }
}

const fn coded(
    path: &'static str,
    codes: &'static [Code<'static>],
    doc: &'static str,
) -> Field<'static> {
    Field {
        path,
        kind: Kind::Coded,
        codes,
        doc,
    }
}

/// A query on devices, known to be well formed.
///
/// ```
/// use netskope_model::v1::clients::Query;
///
/// let query = Query::parse("last_events.status = 0")?;
/// let fix = query.warnings().remove(0).fix.unwrap();
/// assert_eq!(fix.apply(query.text()), "last_event.status = 0");
/// # Ok::<_, netskope_query::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    expr: Expr,
}

impl Query {
    /// The query of a text.
    ///
    /// # Errors
    ///
    /// What makes the text no query, and where.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let expr = parse_with(text, &SCHEMA)?;
        Ok(Self {
            text: text.to_owned(),
            expr,
        })
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The query's tree.
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// What is probably not meant: fields that no device has and values that its fields cannot have, as far as is known,
    /// and conditions that together decide nothing; see [`check`]. Some are notes, on what does as it says.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        check(&self.expr, &SCHEMA)
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// The label of a coded field's value, by the field's path; nothing for a plain field or an unknown code.
///
/// ```
/// use netskope_model::v1::schema::label;
///
/// assert_eq!(label("last_event.status", 0), Some("Disabled"));
/// assert_eq!(label("last_event.status", 77), None);
/// ```
pub fn label(path: &str, code: i64) -> Option<&'static str> {
    SCHEMA
        .field(path)?
        .codes
        .iter()
        .find(|row| row.code == Some(code))
        .map(|row| row.label)
}
