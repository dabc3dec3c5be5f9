//! Queries as arguments, and what is wrong with them.

use crate::{members, plain::object, utf16::Utf16};
use js_sys::Array;
use netskope_model::v1::clients::Query;
use netskope_query::{Diagnostic, ParseError, Severity, Span};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/errors.js")]
extern "C" {
    type QueryError;

    #[wasm_bindgen(constructor)]
    fn new(message: &str, hint: Option<&str>, diagnostics: &JsValue) -> QueryError;

    #[wasm_bindgen(js_name = QueryError, reexport, skip_typescript)]
    fn query_error();
}

/// The query of an argument.
pub(crate) fn query(text: &JsValue) -> Result<Query, JsValue> {
    let text = members::text(text, "text")?;
    parsed(&text)
}

/// The query of this text.
pub(crate) fn parsed(text: &str) -> Result<Query, JsValue> {
    Query::parse(text).map_err(|error| not_a_query(&error, text))
}

fn not_a_query(error: &ParseError, text: &str) -> JsValue {
    let hint = error
        .diagnostics()
        .first()
        .and_then(|first| first.help.as_deref());
    let diagnostics = diagnostics(error.diagnostics(), text);
    QueryError::new(&error.to_string(), hint, &diagnostics).into()
}

/// A place in the text.
pub(crate) fn span(span: Span, places: &Utf16) -> JsValue {
    let span = places.span(span);
    object(&[("start", span.start().into()), ("end", span.end().into())])
}

/// Findings as plain data.
pub(crate) fn diagnostics(found: &[Diagnostic], text: &str) -> JsValue {
    let places = Utf16::of(text);
    let plain = found.iter().map(|one| diagnostic(one, &places));
    plain.collect::<Array>().into()
}

fn diagnostic(found: &Diagnostic, places: &Utf16) -> JsValue {
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut members = vec![
        ("severity", severity.into()),
        ("span", span(found.span, places)),
        ("message", JsValue::from(&found.message)),
    ];
    let mut say =
        |name, words: Option<&str>| members.extend(words.map(|words| (name, words.into())));
    say("expected", found.expected);
    say("found", found.found.as_deref());
    say("help", found.help.as_deref());
    if let Some(fix) = &found.fix {
        let replacement = JsValue::from(&fix.replacement);
        let fix = [
            ("span", span(fix.span, places)),
            ("replacement", replacement),
        ];
        members.push(("fix", object(&fix)));
    }
    object(&members)
}
