//! x
mod answers;
mod requests;
mod server;
mod tls;
