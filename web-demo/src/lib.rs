#![doc = include_str!("../README.md")]

mod access;
mod api;
mod assets;
mod connections;
mod error;
mod gzip;
mod headers;
mod lookup;
mod origin;
mod refusal;
mod routes;
mod running;
mod settings;

pub use error::StartError;
pub use running::{Running, spawn};
pub use settings::Settings;
