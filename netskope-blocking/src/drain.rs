//! Draining the log streams of REST API v2 without losing or doubling a record.
//!
//! A tenant moves an index when it answers, and gives one page back once more (`resend`), so at most one page may be in
//! doubt at any time. What makes that so is the order in which a [`Sink`] is told: an intent before the request, the page,
//! and the commit beside the page. The page after it is asked for only then.

mod claim;
mod disk;
mod error;
mod file;
mod format;
mod ledger;
mod lock;
mod pages;
mod pipe;
mod run;
#[cfg(test)]
mod scratch;
mod selection;
mod sink;
mod status;
mod stop;
mod verify;

pub use error::{StoreError, StoreErrorKind};
pub use file::{FileSink, FileSinkBuilder};
pub use format::{Format, UnknownFormat};
pub use ledger::{Origin, Totals};
pub use pages::{Drain, Pending};
pub use pipe::{PipeSink, state_folder};
pub use run::{DrainError, Ended, Event, Job};
pub use sink::Sink;
pub use status::{Status, stream_folders};
pub use stop::Stop;
pub use verify::{Finding, Verified, verify};
