//! Sending and sleeping.

use gloo_net::{
    Error,
    http::{Request, Response},
};
use gloo_timers::future::TimeoutFuture;
use http::StatusCode;
use js_sys::Uint8Array;
use netskope_model::flow::{
    FailureKind, HttpRequest, HttpResponse, Method, TransportFailure, WAIT_HEADERS,
};
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, RequestCache, RequestRedirect};

/// Sends a request and takes in its answer. Dropped before that, it cancels the request.
pub(crate) async fn round_trip(request: HttpRequest) -> Result<HttpResponse, TransportFailure> {
    let cancel = CancelOnDrop::new()?;
    let request = to_fetch(&request, &cancel).map_err(|error| unexplained(&error))?;
    let response = request.send().await.map_err(|error| unexplained(&error))?;
    received(&response)
        .await
        .map_err(|error| TransportFailure::new(FailureKind::Cut, error.to_string()))
}

/// Waits at least this long.
pub(crate) async fn sleep(duration: Duration) {
    // A timer may fire a little early, and the flow would then ask for one more short wait.
    let millis = duration.as_millis().saturating_add(1);
    // Beyond this, browsers fire at once.
    let longest = i32::MAX.unsigned_abs();
    TimeoutFuture::new(u32::try_from(millis).map_or(longest, |millis| millis.min(longest))).await;
}

fn to_fetch(request: &HttpRequest, cancel: &CancelOnDrop) -> Result<Request, Error> {
    let (builder, body) = match request.method {
        // A browser takes no body here, not even an empty one.
        Method::Get => (Request::get(&request.url), JsValue::UNDEFINED),
        Method::Post => (
            Request::post(&request.url),
            Uint8Array::from(&*request.body).into(),
        ),
    };
    let builder = builder
        // A token must not travel on to wherever a redirection points.
        .redirect(RequestRedirect::Manual)
        // A page of a log stream is another one each time.
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&cancel.0.signal()));
    let secret = request.secret.as_ref();
    let secret = secret.map(|secret| (secret.name(), secret.expose()));
    let headers = request.headers.iter().copied().chain(secret);
    headers
        .fold(builder, |builder, (name, value)| {
            builder.header(name, value)
        })
        .body(body)
}

async fn received(response: &Response) -> Result<HttpResponse, Error> {
    let headers = response.headers();
    Ok(HttpResponse {
        // A browser shows a redirection that it does not follow as status 0, and nothing else.
        status: StatusCode::from_u16(response.status()).unwrap_or(StatusCode::FOUND),
        headers: WAIT_HEADERS
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), headers.get(name)?)))
            .collect(),
        body: response.binary().await?,
    })
}

/// A browser tells a page neither why nothing came back nor whether anything was sent.
fn unexplained(error: &Error) -> TransportFailure {
    let detail = format!(
        "{error} (a browser does not say why; a server that lets no other site's page in looks the same)"
    );
    TransportFailure::new(FailureKind::Other, detail)
}

// The caller's own signal never reaches `fetch`: its reason can be any value, and gloo takes errors only.
struct CancelOnDrop(AbortController);

impl CancelOnDrop {
    fn new() -> Result<Self, TransportFailure> {
        AbortController::new().map(Self).map_err(|_| {
            TransportFailure::new(
                FailureKind::Other,
                "this environment cannot cancel requests",
            )
        })
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
