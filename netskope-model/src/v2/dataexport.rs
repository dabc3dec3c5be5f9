//! `GET /api/v2/events/dataexport/{events|alerts}/{type}?operation=&index=`: one page of a log stream ("Using the REST API
//! v2 dataexport Iterator Endpoints").
//!
//! The token travels in the header `Netskope-Api-Token`.

use super::{Index, Operation, Page, Stream};
use crate::{
    answer,
    error::{Error, ErrorKind, printable},
    exchange::Endpoint,
    flow::{HttpRequest, HttpResponse, Method},
    json::Json,
    rate::RateGate,
    session::Session,
    token::V2Token,
    verdict::{self, Verdict},
};
use http::StatusCode;

/// A call for one page.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) stream: Stream,
    pub(crate) index: Index,
    pub(crate) operation: Operation,
    /// When the drain began, in seconds since 1970.
    pub(crate) began: u64,
}

/// A page and the operation that brought it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) operation: Operation,
    pub(crate) page: Page,
}

impl Endpoint for Call {
    type Response = Answer;

    const TELLS_RATE: bool = true;

    fn gate(&self, session: &Session) -> RateGate {
        session.stream_gate(&self.stream)
    }

    fn request(&self, session: &Session) -> HttpRequest {
        let Self {
            stream,
            index,
            operation,
            ..
        } = self;
        HttpRequest {
            method: Method::Get,
            url: format!(
                "{}/api/v2/events/dataexport/{stream}?operation={operation}&index={index}",
                session.tenant
            ),
            headers: &[("accept", "application/json")],
            secret: session.tokens.v2.as_ref().map(V2Token::to_header),
            body: Vec::new(),
        }
    }

    fn decode(&self, response: HttpResponse) -> Result<Answer, Error> {
        let status = response.status;
        let page = match status {
            StatusCode::NO_CONTENT => Page::without_content(),
            status if status.is_success() => {
                Page::read(response.body).map_err(|error| error.with_status(status))?
            }
            _ => return Err(failed(&response)),
        };
        Ok(Answer {
            operation: self.operation,
            page,
        })
    }

    fn after(&mut self, failure: &Error) -> Verdict {
        let (verdict, operation) = verdict::on_drain(failure, self.operation, self.began);
        self.operation = operation;
        verdict
    }
}

fn failed(response: &HttpResponse) -> Error {
    let said = message(&response.body);
    let said = said.as_deref();
    match response.status {
        StatusCode::CONFLICT => Error::new(
            ErrorKind::Conflict,
            answer::with_reason("another consumer uses this index", said),
        )
        .with_status(response.status)
        .with_retry_after(answer::retry_after(response)),
        StatusCode::FORBIDDEN => answer::by_status(
            response,
            said,
            "give the token the scope of this stream (Settings > Tools > REST API v2), or leave the stream out; a wrong or expired token can look the same",
        ),
        _ => answer::by_status(
            response,
            said,
            "log streams take a REST API v2 token that has not expired (Settings > Tools > REST API v2); a v1 token does not work here",
        ),
    }
}

/// What an error says: `message`, as the gateway in front writes it.
fn message(body: &[u8]) -> Option<String> {
    let answer = Json::read(body).ok()?;
    let (_, said) = answer.members().find(|(name, _)| name == "message")?;
    Some(printable(&said.string()?))
}
