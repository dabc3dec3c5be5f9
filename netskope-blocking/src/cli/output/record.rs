//! One device as JSON.

use crate::cli::{fields::Fields, harmless::harmless_json};
use netskope_blocking::model::v1::device::Device;
use serde::Serialize;
use std::io;

/// The whole device as the tenant wrote it, or an object with the fields that were asked for.
pub(super) fn record(device: &Device, fields: Option<&Fields>, pretty: bool) -> io::Result<String> {
    match fields {
        None => json(device, pretty),
        Some(fields) => json(&fields.pick(device)?, pretty),
    }
}

fn json(value: &impl Serialize, pretty: bool) -> io::Result<String> {
    let json = if pretty {
        serde_json::to_string_pretty(value)?
    } else {
        serde_json::to_string(value)?
    };
    Ok(harmless_json(&json).into_owned())
}
