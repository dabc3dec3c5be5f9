#![doc = include_str!("../README.md")]

mod client;
mod devices;
#[cfg(feature = "drain")]
pub mod drain;
mod transport;

pub use client::{BuildError, Client, ClientBuilder, RoundTrip};
pub use devices::{Devices, Pages};
pub use netskope_model as model;
