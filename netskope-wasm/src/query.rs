//! The query language, for a page that helps to write queries.

use crate::{
    convert::object,
    error::not_a_query,
    members,
    tree::{span, tree},
    utf16::Utf16,
};
use js_sys::Array;
use netskope_model::v1::clients::Query;
use netskope_query::{Diagnostic, Severity};
use wasm_bindgen::prelude::*;

/// The tree of a query.
///
/// # Errors
///
/// A `QueryError` where the text is no query; its diagnostics say what is wrong, and where.
#[wasm_bindgen(js_name = parseQuery, unchecked_return_type = "Expr")]
pub fn parse_query(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
) -> Result<JsValue, JsValue> {
    let query = parse(text)?;
    Ok(tree(query.expr(), &Utf16::of(query.text())))
}

/// The query in its canonical spelling; two queries that ask the same in the same words have the same one.
///
/// # Errors
///
/// A `QueryError` where the text is no query.
#[wasm_bindgen(js_name = formatQuery, unchecked_return_type = "string")]
pub fn format_query(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
) -> Result<String, JsValue> {
    Ok(parse(text)?.expr().to_string())
}

/// What is wrong with a query: errors where it is none, else warnings about what is probably not meant, such as a field
/// that no device is known to have. A query with warnings can be sent.
///
/// # Errors
///
/// A `NetskopeError` of kind `request` where the argument is no string.
#[wasm_bindgen(js_name = checkQuery, unchecked_return_type = "Diagnostic[]")]
pub fn check_query(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
) -> Result<JsValue, JsValue> {
    let text = members::text(text, "text")?;
    Ok(match Query::parse(&text) {
        Ok(query) => diagnostics(&query.warnings(), &text),
        Err(error) => diagnostics(error.diagnostics(), &text),
    })
}

/// Findings as plain data.
pub(crate) fn diagnostics(found: &[Diagnostic], text: &str) -> JsValue {
    let places = Utf16::of(text);
    let plain = found.iter().map(|one| diagnostic(one, &places));
    plain.collect::<Array>().into()
}

fn parse(text: &JsValue) -> Result<Query, JsValue> {
    let text = members::text(text, "text")?;
    Query::parse(&text).map_err(|error| not_a_query(&error, &text))
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
    if let Some(help) = &found.help {
        members.push(("help", help.into()));
    }
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
