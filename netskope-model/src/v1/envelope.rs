//! The envelope of every REST API v1 answer: `{"status", "msg", "data"}` or `{"status", "errorCode", "errors"}`.
//!
//! Errors come with HTTP 403 and, as recorded, with 200 as well; both are treated alike.

use crate::{
    answer,
    error::{Error, ErrorKind, add, printable},
    flow::HttpResponse,
    json::Json,
};
use http::StatusCode;
use std::borrow::Cow;

const TOKEN_HINT: &str = "device lookups take the REST API v1 token (Settings > Tools > REST API v1); a v2 token does not work here";

/// What the envelope of a good answer holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Data<'a> {
    /// What `data` is.
    Present(Json<'a>),
    /// A success without `data`.
    Missing,
    /// A 204.
    NoContent,
}

#[derive(Default)]
struct Envelope<'a> {
    status: Option<Cow<'a, str>>,
    data: Option<Json<'a>>,
    error_code: Option<Cow<'a, str>>,
    errors: Option<Json<'a>>,
}

/// The envelope's data, or in which way the answer is an error.
pub(crate) fn open(response: &HttpResponse) -> Result<Data<'_>, Error> {
    let HttpResponse { status, body, .. } = response;
    let status = *status;
    let envelope = Json::read(body).map(Envelope::of);
    if !status.is_success() {
        let said = envelope.as_ref().ok().and_then(Envelope::complaint);
        return Err(answer::by_status(response, said.as_deref(), TOKEN_HINT));
    }
    if status == StatusCode::NO_CONTENT {
        return Ok(Data::NoContent);
    }
    let envelope = envelope.map_err(|error| answer::unreadable(body, error).with_status(status))?;
    if envelope.is_error() {
        return Err(envelope.into_error().with_status(status));
    }
    Ok(envelope.data.map_or(Data::Missing, Data::Present))
}

impl<'a> Envelope<'a> {
    fn of(answer: Json<'a>) -> Self {
        let mut envelope = Self::default();
        for (name, value) in answer.members() {
            match &*name {
                "status" => envelope.status = value.string(),
                "data" => envelope.data = (!value.is_null()).then_some(value),
                "errorCode" => envelope.error_code = value.string(),
                "errors" => envelope.errors = Some(value),
                _ => {}
            }
        }
        envelope
    }

    /// An answer without data that complains is an error whatever it calls itself, and one with a list and without a
    /// status is none.
    fn is_error(&self) -> bool {
        match &self.status {
            Some(status) if !status.eq_ignore_ascii_case("success") => true,
            Some(_) => self.data.is_none() && self.complaint().is_some(),
            None => !self.data.is_some_and(Json::is_list) || self.complaint().is_some(),
        }
    }

    /// `errorCode: first error; second error`, where `errors` is a list as documented or one text as recorded.
    fn complaint(&self) -> Option<String> {
        let mut errors = String::new();
        if let Some(said) = self.errors {
            let list = said.items().filter_map(Json::string);
            list.chain(said.string())
                .for_each(|said| add(&mut errors, "; ", &said));
        }
        match (self.error_code.as_deref().unwrap_or_default(), &*errors) {
            ("", "") => None,
            ("", words) | (words, "") => Some(printable(words)),
            (code, errors) => Some(printable(&format!("{code}: {errors}"))),
        }
    }

    fn into_error(self) -> Error {
        let said = self.complaint();
        let code = self.error_code.as_deref().filter(|code| !code.is_empty());
        if code
            .or(said.as_deref())
            .is_some_and(speaks_of_authorization)
        {
            return refused(said.as_deref());
        }
        match (said, self.status.as_deref()) {
            (Some(said), _) => Error::new(
                ErrorKind::Server,
                format!("the tenant answered with an error: {said}"),
            )
            .with_hint(
                "this is all it says; check the query if it speaks of that, else try again later",
            ),
            (None, Some("error")) => Error::new(
                ErrorKind::Server,
                "the tenant answered with an error and no reason",
            ),
            (None, _) => undocumented(),
        }
    }
}

/// The documentation names `Authorization Error`; recorded clients look for words like these too.
fn speaks_of_authorization(said: &str) -> bool {
    let words = ["authoriz", "authenticat", "invalid token"];
    words.iter().any(|word| {
        let mut parts = said.as_bytes().windows(word.len());
        parts.any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    })
}

fn refused(said: Option<&str>) -> Error {
    answer::refused(said, TOKEN_HINT)
}

/// JSON that is not what it should be.
pub(crate) fn undocumented() -> Error {
    Error::new(
        ErrorKind::Unreadable,
        "the tenant's answer is JSON, but not as the interface documents",
    )
}
