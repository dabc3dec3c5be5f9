#![doc = include_str!("../README.md")]

pub mod age;
pub mod codes;
pub mod error;
pub mod exchange;
pub mod flow;
pub mod json;
pub mod lenient;
pub mod paging;
mod rate;
pub mod retry;
pub mod session;
pub mod tenant;
pub mod token;
pub mod v1;
pub mod v2;
mod verdict;

pub use error::{Error, ErrorKind};
pub use session::Session;
pub use tenant::Tenant;
pub use token::V1Token;
