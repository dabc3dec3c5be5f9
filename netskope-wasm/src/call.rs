//! Calls to a server, driven in a browser.

mod abort;
mod host;
mod options;
mod transport;

pub(crate) use abort::unless_aborted;
#[cfg(feature = "drain")]
pub(crate) use host::seconds_since_1970;
pub(crate) use host::seed;
pub(crate) use options::{retries, tenant};

use crate::{error::thrown, plain::object};
use host::now;
use js_sys::Function;
use netskope_model::flow::{Flow, Output, Wait};
use wasm_bindgen::JsValue;

/// Does what a flow asks for until it delivers its next item, or finishes.
pub(crate) async fn drive<F: Flow>(
    flow: &mut F,
    on_wait: Option<&Function>,
) -> Result<Option<F::Item>, JsValue> {
    loop {
        match flow.poll(now()).map_err(|error| thrown(&error))? {
            Output::Transmit(request) => {
                let answer = transport::round_trip(request).await;
                flow.handle(now(), answer);
            }
            Output::Wait(wait) => {
                announce(wait, on_wait)?;
                transport::sleep(wait.duration).await;
            }
            Output::Deliver(item) => return Ok(Some(item)),
            Output::Finished => return Ok(None),
        }
    }
}

fn announce(wait: Wait, on_wait: Option<&Function>) -> Result<(), JsValue> {
    let Some(on_wait) = on_wait else {
        return Ok(());
    };
    let wait = object(&[
        ("seconds", wait.duration.as_secs_f64().into()),
        ("reason", wait.reason.to_string().into()),
    ]);
    on_wait.call1(&JsValue::UNDEFINED, &wait).map(drop)
}
