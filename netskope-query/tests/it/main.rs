//! The language as its users meet it.

mod checking;
mod completing;
mod corpus;
mod deep_trees;
#[cfg(feature = "eval")]
mod evaluation;
mod grammar;
mod highlighting;
mod limits;
mod long_texts;
mod mistakes;
mod recovery;
mod reports;
mod round_trip;
#[cfg(feature = "serde")]
mod serialized;
mod simplifying;
mod soon;
mod traits;
mod words;
mod wrapping;
