#![doc = include_str!("../README.md")]

pub mod age;
mod answer;
pub mod codes;
pub mod drain;
pub mod error;
pub mod exchange;
pub mod flow;
pub mod json;
pub mod lenient;
pub mod paging;
pub mod rate;
pub mod retry;
pub mod session;
pub mod tenant;
pub mod token;
pub mod v1;
pub mod v2;
pub mod verdict;

pub use error::{Error, ErrorKind};
pub use session::Session;
pub use tenant::Tenant;
pub use token::{Tokens, V1Token, V2Token};
