#![doc = include_str!("../README.md")]

mod cors;
mod faults;
mod fleet;
mod options;
mod random;
mod record;
mod reply;
pub mod server;
mod stand_in;
mod v1;
mod v2;

pub use faults::{Fault, FaultError, Kinds, RandomFaults, faults_of};
pub use fleet::Fleet;
pub use options::{
    AboveCap, Codes, DEFAULT_LIMIT_CAP, DEFAULT_V1_TOKEN, DEFAULT_V2_TOKEN, DataExport,
    EarlyResend, Events, FreshNext, Options, RateLimit, Refusal, TooMany,
};
pub use record::Recorded;
pub use reply::{Ending, Reply};
pub use stand_in::StandIn;
pub use v1::{ClientsError, Device, clients_of};
pub use v2::served::ServedPage;
pub use v2::{EventsError, GivenEvents, events_of};
