//! Leave for one page origin to call from a browser; a tenant gives none.

use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};

/// What a browser may send, in either interface.
const ALLOWED_HEADERS: HeaderValue =
    HeaderValue::from_static("accept, content-type, netskope-api-token");
/// What a page may read beside the body.
const EXPOSED_HEADERS: HeaderValue =
    HeaderValue::from_static("retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset");
const METHODS: HeaderValue = HeaderValue::from_static("GET, POST");
const PREFLIGHT_SECONDS: HeaderValue = HeaderValue::from_static("600");

/// The allowed origin.
pub(crate) struct Cors(HeaderValue);

impl Cors {
    /// Leave for this origin, or for any with `*`.
    pub(crate) fn allowing(origin: HeaderValue) -> Self {
        Self(origin)
    }

    /// The answer to a preflight, when this request is one.
    pub(crate) fn preflight(&self, request: &Request<Vec<u8>>) -> Option<Response<Vec<u8>>> {
        let asks = request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        if request.method() != Method::OPTIONS || !asks {
            return None;
        }
        let mut response = Response::new(Vec::new());
        *response.status_mut() = StatusCode::NO_CONTENT;
        let headers = response.headers_mut();
        if self.admits(request.headers()) {
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS);
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
        }
        Some(response)
    }

    /// Adds what lets a page of the allowed origin read this answer.
    pub(crate) fn dress(&self, request: &HeaderMap, response: &mut HeaderMap) {
        response.append(header::VARY, HeaderValue::from_static("Origin"));
        if self.admits(request) {
            response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, self.0.clone());
            response.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS);
        }
    }

    fn admits(&self, request: &HeaderMap) -> bool {
        self.0 == "*" || request.get(header::ORIGIN) == Some(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preflight(origin: &'static str) -> Request<Vec<u8>> {
        let mut request = Request::new(Vec::new());
        *request.method_mut() = Method::OPTIONS;
        let headers = request.headers_mut();
        headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        headers.insert(
            header::ACCESS_CONTROL_REQUEST_METHOD,
            HeaderValue::from_static("POST"),
        );
        request
    }

    #[test]
    fn only_the_allowed_origin_is_let_in() {
        let cors = Cors::allowing(HeaderValue::from_static("https://page.example"));
        let admitted = cors.preflight(&preflight("https://page.example")).unwrap();
        assert_eq!(admitted.status(), 204);
        assert_eq!(
            admitted.headers()["access-control-allow-methods"],
            "GET, POST"
        );
        let other = cors.preflight(&preflight("https://other.example")).unwrap();
        assert!(other.headers().is_empty());
    }

    #[test]
    fn options_without_a_question_is_no_preflight() {
        let cors = Cors::allowing(HeaderValue::from_static("*"));
        let mut request = preflight("https://page.example");
        request
            .headers_mut()
            .remove("access-control-request-method");
        assert!(cors.preflight(&request).is_none());
    }
}
