//! What somebody writes who needs just this one query.

#![expect(
    clippy::disallowed_types,
    reason = "one's first thought for a list of names, and nothing depends on its order"
)]

use super::{Data, Question, counting};
use crate::devices::{Device, RARE_NAME};
use crate::measure::Engine;
use std::collections::HashSet;

/// Each query's own loop, with its constants known to the compiler.
pub(super) fn engine(data: &'static Data, question: &'static Question) -> Engine {
    let of = (data, question);
    match question.name {
        "E1" => looping(of, rare),
        "E2" => looping(of, like),
        "E3" => looping(of, five),
        _ => looping(of, listed(question)),
    }
}

fn looping(
    of: (&'static Data, &'static Question),
    matches: impl Fn(&Device) -> bool + 'static,
) -> Engine {
    counting("closure", of, usize::MAX, move |among| {
        let devices = of.0.devices.iter().take(among);
        devices.filter(|device| matches(device)).count()
    })
}

/// The same one by one, to know what is right.
pub(super) fn plain(question: &'static Question) -> Box<dyn Fn(&Device) -> bool> {
    match question.name {
        "E1" => Box::new(rare),
        "E2" => Box::new(like),
        "E3" => Box::new(five),
        _ => Box::new(listed(question)),
    }
}

fn rare(device: &Device) -> bool {
    device.host_info.hostname == RARE_NAME
}

fn like(device: &Device) -> bool {
    device.host_info.hostname == "xxx" || device.last_event.status == 0 && has_bob(device)
}

fn five(device: &Device) -> bool {
    matches!(device.host_info.os, 0 | 1)
        && (device.last_event.status == 0 || device.last_event.event >= 6)
        && has_bob(device)
        && device.host_info.hostname != "DESKTOP-1"
}

/// All names are in small letters, so this need not look past their case as `like` does.
fn has_bob(device: &Device) -> bool {
    device
        .users
        .iter()
        .any(|user| user.username.contains("bob"))
}

fn listed(question: &Question) -> impl Fn(&Device) -> bool + 'static {
    let names: HashSet<String> = question.names.iter().cloned().collect();
    move |device| names.contains(&device.host_info.hostname)
}
