//! What last happened to devices, with who caused it and the status it leaves, as the product's own table pairs them.

use super::device::Shape;
use crate::random::Random;
use netskope_model::codes::{Actor, Codes, Event, NpaStatus, Status, StatusV2};
use serde_json::{Value, json};

struct Row {
    weight: u64,
    event: Event,
    actor: Actor,
    status: Status,
}

const fn row(weight: u64, event: Event, actor: Actor, status: Status) -> Row {
    Row {
        weight,
        event,
        actor,
        status,
    }
}

const ROWS: [Row; 19] = [
    row(40, Event::TunnelUp, Actor::System, Status::Enabled),
    row(16, Event::Uninstalled, Actor::System, Status::Uninstalled),
    row(9, Event::SystemShutdown, Actor::System, Status::Disabled),
    row(5, Event::Installed, Actor::System, Status::Disabled),
    row(5, Event::TunnelDown, Actor::System, Status::Disabled),
    row(4, Event::ChangeInNetwork, Actor::System, Status::Disabled),
    row(4, Event::UserDisabled, Actor::User, Status::Disabled),
    row(3, Event::TunnelDownError, Actor::System, Status::Disabled),
    row(2, Event::SystemPowerup, Actor::System, Status::Disabled),
    row(2, Event::SystemPowerup, Actor::System, Status::Enabled),
    row(2, Event::UserEnabled, Actor::User, Status::Enabled),
    row(2, Event::AdminDisabled, Actor::Admin, Status::Disabled),
    row(2, Event::AdminEnabled, Actor::Admin, Status::Enabled),
    row(
        1,
        Event::TunnelDownSecureForwarder,
        Actor::System,
        Status::Disabled,
    ),
    row(
        1,
        Event::TunnelDownConfigError,
        Actor::System,
        Status::Disabled,
    ),
    row(1, Event::TunnelDownGre, Actor::System, Status::Disabled),
    row(
        1,
        Event::TunnelDownDataPlane,
        Actor::System,
        Status::Disabled,
    ),
    row(
        1,
        Event::InstallationFailure,
        Actor::System,
        Status::Disabled,
    ),
    // Recorded in 2024, and in no published table.
    row(
        1,
        Event::DevicePostureChange,
        Actor::System,
        Status::Unmanaged,
    ),
];

/// A last event at this time, in seconds since 1970.
pub(super) fn last_event(random: &mut Random, shape: Shape, timestamp: i64) -> Value {
    let row = random.weighted(&ROWS, |row| row.weight);
    let mut event = json!({
        "actor": row.actor.row().label,
        "event": row.event.row().label,
        "npa_status": npa_status(random, shape, row.status).row().label,
        "status": row.status.row().label,
        "timestamp": timestamp,
    });
    if shape == Shape::Full {
        let service = random.pick(&["Internet Security", "Private Access"]);
        event["service_name"] = service.into();
        if let Some(status) = newer(row.status) {
            event["status_v2"] = status.row().label.into();
        }
        if random.one_in(6) {
            // Beyond 2^53, as the identities in newer exports are.
            event["event_id"] = ((1 << 61) | (random.next() >> 4)).into();
        }
    }
    event
}

/// Whether this event is that of a client that was taken off.
pub(super) fn is_uninstalled(event: &Value) -> bool {
    event["status"] == Status::Uninstalled.row().label
}

fn npa_status(random: &mut Random, shape: Shape, status: Status) -> NpaStatus {
    match (status, shape) {
        (Status::Uninstalled, _) => NpaStatus::Disconnected,
        (Status::Enabled, Shape::Full) if random.one_in(2) => NpaStatus::Enabled,
        (_, Shape::Full) => NpaStatus::Disabled,
        _ => NpaStatus::SteeringDisabled,
    }
}

fn newer(status: Status) -> Option<StatusV2> {
    match status {
        Status::Enabled => Some(StatusV2::Enabled),
        Status::Disabled => Some(StatusV2::Disabled),
        Status::Uninstalled => Some(StatusV2::Uninstalled),
        _ => None,
    }
}
