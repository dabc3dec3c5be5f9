//! The model as its drivers see it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may panic, and says what it skipped"
)]

mod answers;
mod drain;
mod driver;
mod filtering;
mod paging;
mod queries;
mod rates;
mod recorded;
mod requests;
mod synthetic;
mod verbatim;
