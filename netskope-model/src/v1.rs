//! REST API v1.

pub mod clients;
pub mod device;
mod envelope;
pub mod schema;
