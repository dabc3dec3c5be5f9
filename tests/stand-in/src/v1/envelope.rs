//! The envelope and headers of every v1 answer.

use crate::reply;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

/// The content type of every recorded v1 answer.
pub(crate) const CONTENT_TYPE: &str = "application/json; charset=UTF-8";

/// The recorded headers of the application.
///
/// Left out: cookies, which nothing needs; `content-security-policy`, of which no source says what it holds; and
/// `strict-transport-security`, which would make a developer's browser refuse plain http on `localhost` for a year.
const HEADERS: [(header::HeaderName, &str); 8] = [
    (header::SERVER, "nginx"),
    (header::VARY, "Accept-Encoding, Accept-Encoding"),
    (header::EXPIRES, "Thu, 19 Nov 1981 08:52:00 GMT"),
    (header::CACHE_CONTROL, "no-store, no-cache, must-revalidate"),
    (header::PRAGMA, "no-cache"),
    (header::X_FRAME_OPTIONS, "DENY, DENY"),
    (header::X_XSS_PROTECTION, "1; mode=block"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

/// A v1 error; its text is inferred, since no real one but `General Error` was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Refused {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    pub(crate) fn into_response(self, status: StatusCode) -> Response<Vec<u8>> {
        answer(status, error_text(self.code, [self.message]))
    }
}

/// Success with these records, each already written as JSON.
pub(crate) fn success<'a>(records: impl Iterator<Item = &'a str>) -> Response<Vec<u8>> {
    let mut body = String::from(r#"{"status":"success","msg":"","data":["#);
    for (index, record) in records.enumerate() {
        if index > 0 {
            body.push(',');
        }
        body.push_str(r#"{"attributes":"#);
        body.push_str(record);
        body.push('}');
    }
    body.push_str("]}");
    answer(StatusCode::OK, body)
}

/// The error envelope, `errors` being a list or a string.
pub(crate) fn error_text(code: &str, errors: impl Serialize) -> String {
    #[derive(Serialize)]
    struct Envelope<'a, E> {
        status: &'static str,
        #[serde(rename = "errorCode")]
        code: &'a str,
        errors: E,
    }
    let envelope = Envelope {
        status: "error",
        code,
        errors,
    };
    // Strings and lists of strings always serialise.
    serde_json::to_string(&envelope).unwrap_or_default()
}

fn answer(status: StatusCode, body: String) -> Response<Vec<u8>> {
    let mut response = reply::response(status, CONTENT_TYPE, body);
    for (name, value) in HEADERS {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}
