//! What the stand-in answers, and how the connection ends.

use http::{HeaderValue, Response, StatusCode, header};
use std::time::Duration;

/// What to send for one request.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reply {
    /// The whole answer, also where [`Reply::ending`] lets only a part of it out.
    pub response: Response<Vec<u8>>,
    /// How long to wait before anything is sent.
    pub delay: Duration,
    /// How the connection ends.
    pub ending: Ending,
    /// Whether the body is sent in chunks, its length not being announced.
    pub chunked: bool,
}

/// How an answer ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// With its last byte.
    #[default]
    Whole,
    /// The connection is closed after so many bytes of the body, though its length was announced.
    CutAfter(usize),
    /// The connection is reset before anything is sent.
    Reset,
    /// With its last byte, its body spread evenly over so long.
    Slow(Duration),
    /// Nothing follows so many bytes of the body, though the connection stays open.
    StallAfter(usize),
    /// Nothing is sent, though the connection stays open.
    Silence,
}

impl Reply {
    pub(crate) fn whole(response: Response<Vec<u8>>) -> Self {
        Self {
            response,
            delay: Duration::ZERO,
            ending: Ending::Whole,
            chunked: false,
        }
    }

    #[must_use]
    pub(crate) fn delayed(mut self, delay: Duration) -> Self {
        self.delay += delay;
        self
    }
}

/// A response of this status, with this content type and body.
pub(crate) fn response(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Vec<u8>>,
) -> Response<Vec<u8>> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// A 204, which has no body.
pub(crate) fn no_content() -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// The page nginx shows for this status when nothing behind it answers.
pub(crate) fn page(status: StatusCode) -> Response<Vec<u8>> {
    let title = format!(
        "{} {}",
        status.as_u16(),
        status.canonical_reason().unwrap_or_default()
    );
    let title = title.trim_end();
    let body = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n\
         <center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    let mut response = response(status, "text/html", body);
    let server = HeaderValue::from_static("nginx");
    response.headers_mut().insert(header::SERVER, server);
    response
}
