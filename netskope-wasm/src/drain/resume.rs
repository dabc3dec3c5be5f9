//! Where a drain begins or goes on.

use super::kept;
use crate::{
    error::{bad_argument, thrown},
    members::Members,
};
use js_sys::Date;
use netskope_model::{drain::Resume, v2::Start};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

/// What the options say of it.
pub(super) fn resume(options: &Members) -> Result<Resume, JsValue> {
    let start = start(options)?;
    let resume = options.object("resume")?;
    Resume::of(read(&resume, "commit")?, read(&resume, "intent")?, start)
        .map_err(|error| thrown(&error))
}

fn start(options: &Members) -> Result<Option<Start>, JsValue> {
    let Some(from) = options.get("from")? else {
        return Ok(None);
    };
    let date = from.dyn_ref::<Date>().map(|date| date.get_time() / 1000.0);
    match (from.as_string().as_deref(), date.or_else(|| from.as_f64())) {
        (Some("head"), _) => Ok(Some(Start::Head)),
        (Some("tail"), _) => Ok(Some(Start::Tail)),
        (None, Some(seconds)) => at(seconds).map(Some),
        _ => Err(bad_argument(
            "`from` must be \"head\", \"tail\", a Date, or a number of seconds since 1970",
        )),
    }
}

/// Above this, a number of seconds is one of milliseconds.
const FAR_FUTURE: f64 = 1e11;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is in range, and an earlier start loses nothing"
)]
fn at(seconds: f64) -> Result<Start, JsValue> {
    if (0.0..FAR_FUTURE).contains(&seconds) {
        return Ok(Start::At(seconds as u64));
    }
    Err(bad_argument(
        "`from` must be a time since 1970, in seconds; for milliseconds, give a Date",
    ))
}

fn read<T: DeserializeOwned>(resume: &Members, name: &str) -> Result<Option<T>, JsValue> {
    let Some(value) = resume.get(name)? else {
        return Ok(None);
    };
    let value = kept::read(&value);
    value
        .map(Some)
        .ok_or_else(|| bad_argument(&format!("`resume.{name}` is not as it was given")))
}
