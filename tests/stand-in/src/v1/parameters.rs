//! What a v1 request asks for, wherever in it that is written.
//!
//! Recorded and published callers use the query string, a JSON body, or both at once. Inferred: form bodies are read (the
//! recorded headers are those of PHP), and the body wins over the query string (as in PHP's `$_REQUEST`).

use super::envelope::Refused;
use http::{Request, header};
use serde_json::Value;
use std::collections::BTreeMap;

const CODE: &str = "Request Error";

/// The parameters of one request, by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Reads the query string and the body of a request.
    pub(crate) fn of(request: &Request<Vec<u8>>) -> Result<Self, Refused> {
        let mut parameters = Self::default();
        parameters.add_form(request.uri().query().unwrap_or_default().as_bytes());
        match body_kind(request) {
            BodyKind::None => {}
            BodyKind::Form => parameters.add_form(request.body()),
            BodyKind::Json => parameters.add_json(request.body())?,
        }
        Ok(parameters)
    }

    /// The text of this parameter.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// This parameter as a number of at least `least`.
    pub(crate) fn number(&self, name: &str, least: u64) -> Result<Option<u64>, Refused> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        match text.parse() {
            Ok(number) if number >= least => Ok(Some(number)),
            _ => Err(Refused::new(
                CODE,
                format!("{name} must be a whole number of at least {least}"),
            )),
        }
    }

    fn add_form(&mut self, form: &[u8]) {
        for (name, value) in form_urlencoded::parse(form) {
            self.0.insert(name.into_owned(), value.into_owned());
        }
    }

    fn add_json(&mut self, json: &[u8]) -> Result<(), Refused> {
        let unreadable = || Refused::new(CODE, "the request body is not a JSON object");
        let members: BTreeMap<String, Value> =
            serde_json::from_slice(json).map_err(|_| unreadable())?;
        for (name, value) in members {
            match value {
                Value::Null => {}
                Value::String(text) => {
                    self.0.insert(name, text);
                }
                other => {
                    self.0.insert(name, other.to_string());
                }
            }
        }
        Ok(())
    }
}

enum BodyKind {
    None,
    Form,
    Json,
}

/// `curl -d` announces a form whatever it sends, so a body that opens a JSON object counts as one.
fn body_kind(request: &Request<Vec<u8>>) -> BodyKind {
    let body = request.body().trim_ascii_start();
    let announced_form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| {
            value
                .as_bytes()
                .starts_with(b"application/x-www-form-urlencoded")
        });
    match body.first() {
        None => BodyKind::None,
        Some(b'{') => BodyKind::Json,
        Some(_) if announced_form => BodyKind::Form,
        Some(_) => BodyKind::Json,
    }
}
