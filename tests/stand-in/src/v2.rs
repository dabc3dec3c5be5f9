//! The v2 interface: `/api/v2/...`, behind a gateway of its own, whose words differ from those of v1.
//!
//! Nothing is served here yet, so every path has the gateway's answer for a path it does not know (inferred: Kong's text).

use crate::reply;
use http::{Response, StatusCode};

/// The answer to a request below `/api/v2/`.
pub(crate) fn handle() -> Response<Vec<u8>> {
    let body = r#"{"message":"no Route matched with those values"}"#;
    reply::response(
        StatusCode::NOT_FOUND,
        "application/json; charset=utf-8",
        body,
    )
}
