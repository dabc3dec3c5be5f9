//! Where calls go, and how persistent they are.

use crate::{
    error::{bad_argument, thrown},
    members::Members,
};
use netskope_model::{Tenant, retry::RetryPolicy};
use wasm_bindgen::JsValue;

/// The tenant, or a proxy in front of it.
pub(crate) fn tenant(options: &Members) -> Result<Tenant, JsValue> {
    let address = options.text("baseUrl")?.ok_or_else(|| {
        bad_argument("`baseUrl` is missing: give the tenant's address, or that of a proxy")
    })?;
    Tenant::parse(&address).map_err(|error| thrown(&error))
}

/// The policy, with the number of retries that is asked for.
pub(crate) fn retries(policy: RetryPolicy, options: &Members) -> Result<RetryPolicy, JsValue> {
    match options.whole_number("retries")?.map(u32::try_from) {
        None => Ok(policy),
        Some(Ok(retries)) => Ok(policy.retries(retries)),
        Some(Err(_)) => Err(bad_argument("`retries` must be a whole number from 0 on")),
    }
}
