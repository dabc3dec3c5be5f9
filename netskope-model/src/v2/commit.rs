//! What a consumer writes down, so that a page is neither lost nor taken twice.

use super::{Mark, Operation};
use serde::{Deserialize, Serialize};

/// What is about to be asked. Written down before the request leaves, it tells a later run that the tenant may have moved
/// its index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The number of the page it will be, from 1 on.
    pub sequence: u64,
    /// The operation.
    pub operation: Operation,
}

/// A page that is safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// The number of the page, from 1 on.
    pub sequence: u64,
    /// The operation that brought it.
    pub operation: Operation,
    /// Which page it is.
    #[serde(flatten)]
    pub mark: Mark,
    /// Up to when the tenant has given everything, in seconds since 1970, where it said so (`timestamp_hwm`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high_water_mark: Option<i64>,
    /// When it was written, in seconds since 1970.
    pub at: u64,
}
