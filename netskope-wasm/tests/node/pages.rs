//! Pages of a drain, taken as a loop of JavaScript takes them.

use js_sys::{AsyncIterator, Function, JSON, Reflect};
use netskope_wasm::drain;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

pub(crate) struct Pages(AsyncIterator);

pub(crate) struct LogPage(pub(crate) JsValue);

impl Pages {
    /// A drain with these options; functions and signals are put there first.
    pub(crate) fn open(options: JsValue) -> Self {
        Self(drain(options).unwrap().unchecked_into())
    }

    /// The next page, or what is thrown in its place.
    pub(crate) async fn next(&self) -> Result<LogPage, JsValue> {
        let step = JsFuture::from(self.0.next().unwrap()).await?;
        assert_eq!(member(&step, "done"), JsValue::FALSE);
        Ok(LogPage(member(&step, "value")))
    }

    /// The next page, which is safe at once.
    pub(crate) async fn take(&self) -> LogPage {
        let page = self.next().await.unwrap();
        page.acknowledge().unwrap();
        page
    }
}

impl LogPage {
    pub(crate) fn text(&self) -> String {
        member(&self.0, "text").as_string().unwrap()
    }

    pub(crate) fn commit(&self) -> Value {
        let text = JSON::stringify(&member(&self.0, "commit")).unwrap();
        serde_json::from_str(&text.as_string().unwrap()).unwrap()
    }

    pub(crate) fn records(&self) -> JsValue {
        member(&self.0, "records")
    }

    pub(crate) fn acknowledge(&self) -> Result<(), JsValue> {
        let acknowledge: Function = member(&self.0, "acknowledge").unchecked_into();
        acknowledge.call0(&self.0).map(drop)
    }
}

fn member(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap()
}
