//! The client.

use crate::{
    call,
    convert::parsed,
    error::{of_kind, thrown},
    members::Members,
    mistakes,
    plain::object,
};
use js_sys::{Array, Promise};
use netskope_model::{
    ErrorKind, Session, Tokens, V1Token,
    retry::RetryPolicy,
    v1::clients::{Absence, Page, Request},
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// A client of one tenant, or of a proxy in front of it.
///
/// It keeps to the documented rate, repeats what failed on the way, and waits when told to.
#[wasm_bindgen]
#[derive(Debug)]
pub struct NetskopeClient {
    session: Session,
}

#[wasm_bindgen]
impl NetskopeClient {
    /// A client; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// A `NetskopeError` of kind `request` where an option is not what it must be.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ClientOptions")] options: JsValue,
    ) -> Result<NetskopeClient, JsValue> {
        let options = Members::of(options, "options")?;
        let tenant = call::tenant(&options)?;
        let v1 = options.text("token")?.map(V1Token::new).transpose();
        let v1 = v1.map_err(|error| thrown(&error))?;
        let retry = call::retries(RetryPolicy::new(call::seed()), &options)?;
        Ok(Self {
            session: Session::new(tenant, Tokens { v1, v2: None }, retry),
        })
    }

    /// One page of devices, those with the latest events first.
    ///
    /// The promise is rejected with a `QueryError` where the query is none, and nothing was sent; with a `NetskopeError`
    /// where the answer is an error, or did not come; with the signal's `reason` once that is aborted, by default a
    /// `DOMException` named `AbortError`.
    #[wasm_bindgen(unchecked_return_type = "Promise<ClientsPage>")]
    pub fn clients(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ClientsRequest")] request: JsValue,
    ) -> Promise {
        let session = self.session.clone();
        future_to_promise(async move {
            let members = Members::of(request, "request")?;
            let on_wait = members.function("onWait")?;
            let request = to_request(&members)?;
            let mut call = session.page_of(request.clone());
            let answer = call::drive(&mut call, on_wait.as_ref());
            let answer = call::unless_aborted(members.signal("signal")?, answer).await?;
            let page = answer.ok_or_else(|| {
                of_kind(ErrorKind::Unreadable, "the call ended without an answer")
            })?;
            to_page(&page, request.beyond(&page).is_some())
        })
    }
}

fn to_request(members: &Members) -> Result<Request, JsValue> {
    let thrown = |error| thrown(&error);
    let mut request = Request::new();
    if let Some(text) = members.text("query")? {
        request = request.matching(mistakes::parsed(&text)?);
    }
    if let Some(limit) = members.whole_number("limit")? {
        request = request.limit(limit).map_err(thrown)?;
    }
    if let Some(skip) = members.whole_number("skip")? {
        request = request.skip(skip).map_err(thrown)?;
    }
    Ok(request)
}

/// Takes records as text: the browser reads them faster than we could, and they stay exact.
fn to_page(page: &Page<String>, may_have_more: bool) -> Result<JsValue, JsValue> {
    let devices = page.devices().iter().map(|text| parsed(text));
    let devices = devices.collect::<Result<Array, _>>()?;
    let mut members = vec![
        ("devices", devices.into()),
        ("mayHaveMore", may_have_more.into()),
    ];
    if !page.unread().is_empty() {
        let unread: Array = page.unread().iter().map(JsValue::from).collect();
        members.push(("unread", unread.into()));
    }
    if let Some(absence) = page.absence() {
        members.push(("absence", absence_name(absence).into()));
    }
    Ok(object(&members))
}

const fn absence_name(absence: Absence) -> &'static str {
    match absence {
        Absence::NoData => "no-data",
        Absence::NoContent => "no-content",
    }
}
