//! What answers which path, behind the checks of every request.

use crate::{
    access::Access,
    api,
    assets::Assets,
    headers,
    lookup::Lookup,
    origin::{self, Origin},
};
use axum::{
    Extension, Router,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing,
};
use std::sync::Arc;

/// All that requests are answered from.
pub(crate) struct Site {
    pub(crate) origins: Vec<Origin>,
    pub(crate) access: Access,
    pub(crate) assets: Assets,
    pub(crate) lookup: Lookup,
}

pub(crate) fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/api/v1/clients", routing::post(api::look_up))
        .fallback(page)
        .layer(middleware::from_fn_with_state(Arc::clone(&site), guard))
        .with_state(site)
}

/// Lets only requests to this server's own names through, and puts the headers on every response.
async fn guard(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let mut response = match origin::addressed(&site.origins, request.headers(), request.uri()) {
        Some(origin) => {
            request.extensions_mut().insert(origin.clone());
            next.run(request).await
        }
        None => text(
            StatusCode::MISDIRECTED_REQUEST,
            "this server does not go by that name",
        ),
    };
    headers::secure(response.headers_mut());
    response
}

/// The page's files, and the exchange of the access key for a cookie.
async fn page(
    State(site): State<Arc<Site>>,
    Extension(origin): Extension<Origin>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Some(file) = site.assets.get(uri.path(), &headers) else {
        return text(StatusCode::NOT_FOUND, "there is nothing at this address");
    };
    if !matches!(method, Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        let refusal = text(
            StatusCode::METHOD_NOT_ALLOWED,
            "this address can only be read",
        );
        return (allow, refusal).into_response();
    }
    match offered_key(&uri) {
        None => file,
        Some(key) if site.access.is_key(&key) => {
            let cookie = [(
                header::SET_COOKIE,
                site.access.set_cookie(origin.is_https()),
            )];
            (cookie, Redirect::to("/")).into_response()
        }
        Some(_) => text(
            StatusCode::FORBIDDEN,
            "this link is not valid: open the one that the server printed when it last started",
        ),
    }
}

fn offered_key(uri: &Uri) -> Option<String> {
    let parameters = uri.query().filter(|_| uri.path() == "/")?;
    form_urlencoded::parse(parameters.as_bytes())
        .find(|(name, _)| name == "key")
        .map(|(_, key)| key.into_owned())
}

fn text(status: StatusCode, words: &'static str) -> Response {
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (status, plain, words).into_response()
}
