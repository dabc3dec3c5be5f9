//! Made-up devices with the quirks of the recorded ones.

mod device;
mod events;
mod names;
mod platform;
#[cfg(test)]
mod tests;

use crate::random::Random;
use serde_json::Value;

/// A synthetic fleet: the same values give the same devices.
///
/// Device number `n` of a seed is the same in a fleet of any size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fleet {
    /// How many devices.
    pub devices: u64,
    /// What sets it apart from other fleets.
    pub seed: u64,
    /// The present, in seconds since 1970: no event is later, and the oldest is about a year before.
    pub now: i64,
}

impl Fleet {
    /// So many devices, seen from a present in seconds since 1970.
    pub const fn new(devices: u64, seed: u64, now: i64) -> Self {
        Self { devices, seed, now }
    }

    fn random(self, purpose: Purpose, number: u64) -> Random {
        Random::new(self.seed).fork(purpose as u64).fork(number)
    }
}

/// What numbers are drawn for, so that one draw more here does not change another there.
#[derive(Clone, Copy)]
enum Purpose {
    Device,
    Name,
    Person,
}

/// The attributes of each device.
pub(crate) fn devices(fleet: Fleet) -> impl Iterator<Item = Value> {
    (0..fleet.devices).map(move |number| device::device(fleet, number))
}
