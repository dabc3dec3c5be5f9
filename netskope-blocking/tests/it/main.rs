//! The client over real sockets, and the command line as people meet it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may panic, and says what it skipped"
)]

mod answers;
mod bad_input;
mod command;
mod drain;
mod draining;
mod filter;
mod paging;
mod query;
mod query_text;
mod requests;
mod server;
mod sessions;
mod streams;
mod surroundings;
mod tenant;
mod tls;
