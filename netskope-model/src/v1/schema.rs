//! What a query on devices may be about.

use crate::codes::{
    Actor, Classification, Codes, Event, NpaStatus, Os, Status, StatusV2, UserSource,
};
use netskope_query::{Diagnostic, Expr, Field, Kind, ParseError, Schema, check, parse_with};

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
    Field::new("host_info.hostname", Kind::Text)
        .doc("the device's name, which other devices may share"),
    Field::coded("host_info.os", Os::TABLE).doc("the operating system"),
    Field::new("host_info.os_version", Kind::Text).doc("the operating system's version"),
    Field::new("host_info.device_make", Kind::Text).doc("the device's maker"),
    Field::new("host_info.device_model", Kind::Text).doc("the device's model"),
    Field::new("host_info.serialNumber", Kind::Text).doc("the device's serial number"),
    Field::new("host_info.macAddresses", Kind::List).doc("the addresses of its network cards"),
    Field::new("host_info.nsdeviceuid", Kind::Text).doc("the client's own identity of the device"),
    Field::new("host_info.old_nsdeviceuid", Kind::Text).doc("the identity before that"),
    Field::new("host_info.managementID", Kind::Text).doc("its identity in the device management"),
    Field::new("host_info.steeringConfig", Kind::Text).doc("the steering configuration in force"),
    Field::new("host_info.migrated_revision", Kind::Text).doc("the revision of its record"),
    Field::new("host_info.last_hostinfo_update_timestamp", Kind::Time)
        .doc("when host_info last changed"),
    Field::coded("last_event.status", Status::TABLE).doc("what the client does with traffic"),
    Field::coded("last_event.status_v2", StatusV2::TABLE).doc("the same in the newer numbering"),
    Field::coded("last_event.event", Event::TABLE).doc("what happened last"),
    Field::coded("last_event.actor", Actor::TABLE).doc("who caused the last event"),
    Field::coded("last_event.npa_status", NpaStatus::TABLE).doc("what Private Access does"),
    Field::new("last_event.timestamp", Kind::Time).doc("when the last event was"),
    Field::new("last_event.service_name", Kind::Text).doc("the service the last event is about"),
    Field::new("last_event.event_details", Kind::Text).doc("more on the last event"),
    Field::new("last_event_service_name", Kind::Text).doc("the service the last event is about"),
    Field::new("users.username", Kind::Text).doc("the user's name, mostly an e-mail address"),
    Field::new("users.userkey", Kind::Text).doc("the user's key"),
    Field::coded("users.user_source", UserSource::TABLE).doc("where the user comes from"),
    Field::new("users.user_state", Kind::Number).doc("the user's state"),
    Field::new("users.user_groups", Kind::List).doc("the groups the user is in"),
    Field::new("users.organization_unit", Kind::Text).doc("the user's organisational unit"),
    Field::new("users.user_added_time", Kind::Time).doc("when the user was added"),
    Field::coded("users.device_classification_status", Classification::TABLE)
        .doc("whether the device is managed"),
    Field::new("users.device_classification_custom_status", Kind::Text)
        .doc("the tenant's own classification"),
    Field::new("users.heartbeat_status", Kind::Text).doc("whether the client reports regularly"),
    Field::new("users.heartbeat_status_since", Kind::Time).doc("since when"),
    Field::new("users._id", Kind::Text).doc("the identity of the user's record"),
    Field::new("client_version", Kind::Text).doc("the client's version"),
    Field::new("client_install_time", Kind::Time).doc("when the client was installed"),
    Field::new("device_id", Kind::Text).doc("the device's identity"),
    Field::new("_id", Kind::Text).doc("the identity of the device's record"),
];

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
