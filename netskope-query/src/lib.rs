#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod diagnostic;
mod schema;
mod span;

pub use diagnostic::{Diagnostic, Fix, ParseError, Severity};
pub use schema::{Code, Field, Kind, Schema};
pub use span::Span;
