//! The language as its users meet it.

mod corpus;
#[cfg(feature = "eval")]
mod evaluation;
