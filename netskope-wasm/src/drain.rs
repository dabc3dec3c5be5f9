//! A log stream as an async iterator of pages.

use crate::{
    call,
    convert::parsed,
    error::{of_kind, thrown},
    members::Members,
    plain::object,
};
use js_sys::{Array, Function, Promise};
use netskope_model::{
    ErrorKind, Session, Tokens, V2Token,
    drain::{Delivery, Drain, Step},
    retry::RetryPolicy,
    v2::{Index, Intent, Stream},
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

mod kept;
mod resume;

use kept::plain;

#[wasm_bindgen(module = "/src/drain.js")]
extern "C" {
    fn pages(source: Source) -> JsValue;
}

/// The pages of a log stream, each of them once; nothing is sent before the first is asked for.
///
/// A page that was not acknowledged comes again. There is no last page: the iterator ends by an error, by the signal, or
/// where its consumer leaves it.
///
/// # Errors
///
/// A `NetskopeError` of kind `request` where an option is not what it must be.
#[wasm_bindgen(unchecked_return_type = "AsyncGenerator<LogPage, void, void>")]
pub fn drain(
    #[wasm_bindgen(unchecked_param_type = "DrainOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let options = Members::of(options, "options")?;
    Source::of(&options).map(pages)
}

/// Where `drain.js` has its pages from.
#[wasm_bindgen(private, skip_typescript)]
#[derive(Debug)]
pub struct Source {
    drain: Drain,
    signal: Option<AbortSignal>,
    on_wait: Option<Function>,
    on_intent: Option<Function>,
}

#[wasm_bindgen]
impl Source {
    /// The next page, as plain data.
    ///
    /// # Errors
    ///
    /// Whatever ends the drain.
    #[wasm_bindgen(skip_typescript)]
    pub async fn next(&mut self) -> Result<JsValue, JsValue> {
        call::unless_aborted(self.signal.clone(), self.page()).await
    }

    /// Says that the page is safe.
    #[wasm_bindgen(skip_typescript)]
    pub fn acknowledge(&mut self) {
        self.drain.acknowledge();
    }

    /// The records of a page's text, as values.
    ///
    /// # Errors
    ///
    /// A `NetskopeError` of kind `unreadable` where one is nested too deep.
    #[wasm_bindgen(skip_typescript)]
    pub fn records(text: &str) -> Result<Array, JsValue> {
        text.lines().map(parsed).collect()
    }
}

impl Source {
    fn of(options: &Members) -> Result<Self, JsValue> {
        let thrown = |error| thrown(&error);
        let v2 = options.text("token")?.map(V2Token::new).transpose();
        let tokens = Tokens {
            v1: None,
            v2: v2.map_err(thrown)?,
        };
        let retry = call::retries(RetryPolicy::patient(call::seed()), options)?;
        let session = Session::new(call::tenant(options)?, tokens, retry);
        let stream = Stream::parse(&options.required_text("stream")?).map_err(thrown)?;
        let index = Index::parse(&options.required_text("index")?).map_err(thrown)?;
        let resume = resume::resume(options)?;
        Ok(Self {
            drain: Drain::new(session, stream, index, resume, call::seconds_since_1970()),
            signal: options.signal("signal")?,
            on_wait: options.function("onWait")?,
            on_intent: options.function("onIntent")?,
        })
    }

    async fn page(&mut self) -> Result<JsValue, JsValue> {
        loop {
            match call::drive(&mut self.drain, self.on_wait.as_ref()).await? {
                Some(Step::Intend(intent)) => self.intend(&intent).await?,
                Some(Step::Page(page)) => return to_page(&page),
                None => return Err(of_kind(ErrorKind::Request, "this drain has ended")),
            }
        }
    }

    /// Lets the caller write it down, however long that takes.
    async fn intend(&self, intent: &Intent) -> Result<(), JsValue> {
        let Some(on_intent) = &self.on_intent else {
            return Ok(());
        };
        let written = on_intent.call1(&JsValue::UNDEFINED, &plain(intent)?)?;
        JsFuture::from(Promise::resolve(&written)).await.map(drop)
    }
}

/// Takes records as text, which is exact; values are made of it where they are asked for.
fn to_page(delivery: &Delivery) -> Result<JsValue, JsValue> {
    let mut commit = delivery.commit(call::seconds_since_1970());
    // No time is as large; written back inexactly, it could not be read any more.
    commit.high_water_mark = commit.high_water_mark.filter(|&mark| is_safe(mark));
    let text = str::from_utf8(delivery.page.ndjson()).unwrap_or_default();
    Ok(object(&[
        ("text", text.into()),
        ("commit", plain(&commit)?),
    ]))
}

const fn is_safe(number: i64) -> bool {
    number.unsigned_abs() < 1 << 53
}
