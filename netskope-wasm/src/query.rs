//! The query language, for a page that helps to write queries.

use crate::{
    members::{self, Members},
    mistakes::{diagnostics, query, span},
    plain::object,
    tree::tree,
    utf16::{Utf16, byte_at},
};
use js_sys::Array;
use netskope_model::v1::clients::{Query, SCHEMA};
use netskope_query::{CompletionKind, TokenClass};
use wasm_bindgen::prelude::*;

/// The tree of a query.
///
/// # Errors
///
/// A `QueryError` where the text is no query; its diagnostics say what is wrong, and where.
#[wasm_bindgen(unchecked_return_type = "Expr")]
pub fn parse(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
) -> Result<JsValue, JsValue> {
    let query = query(text)?;
    Ok(tree(query.expr(), &Utf16::of(query.text())))
}

/// What is wrong with a query: all errors where it is none, else warnings about what is probably not meant, such as a
/// field that no device is known to have, and notes. A query with warnings can be sent.
///
/// # Errors
///
/// A `NetskopeError` of kind `request` where the argument is no string.
#[wasm_bindgen(unchecked_return_type = "Diagnostic[]")]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
) -> Result<JsValue, JsValue> {
    let text = members::text(text, "text")?;
    Ok(match Query::parse(&text) {
        Ok(query) => diagnostics(&query.warnings(), &text),
        Err(error) => diagnostics(error.diagnostics(), &text),
    })
}

/// What may be written at the cursor, the best first; the text may be half written. The cursor is at the text's end
/// unless given.
///
/// # Errors
///
/// A `NetskopeError` of kind `request` where an argument is not what it must be.
#[wasm_bindgen(unchecked_return_type = "Completions")]
pub fn complete(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "number")] cursor: &JsValue,
) -> Result<JsValue, JsValue> {
    let text = members::text(text, "text")?;
    let cursor = members::optional_count(cursor, "cursor")?;
    let cursor = cursor.map_or(text.len(), |units| byte_at(&text, units));
    let found = netskope_query::complete(&text, cursor, &SCHEMA);
    let items = found.items.iter().map(|item| {
        let kind = match item.kind {
            CompletionKind::Field => "field",
            CompletionKind::Operator => "operator",
            CompletionKind::Value => "value",
            _ => "keyword",
        };
        object(&[
            ("insert", JsValue::from(&item.insert)),
            ("label", JsValue::from(&item.label)),
            ("kind", kind.into()),
            ("doc", JsValue::from(&item.doc)),
        ])
    });
    let items = items.collect::<Array>().into();
    let replace = span(found.replace, &Utf16::of(&text));
    Ok(object(&[("replace", replace), ("items", items)]))
}

/// What each piece of a text is, for an editor to colour; the text may be half written.
///
/// # Errors
///
/// A `NetskopeError` of kind `request` where the argument is no string.
#[wasm_bindgen(unchecked_return_type = "Highlight[]")]
pub fn highlight(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
) -> Result<JsValue, JsValue> {
    let text = members::text(text, "text")?;
    let places = Utf16::of(&text);
    let pieces = netskope_query::highlight(&text).into_iter().map(|piece| {
        let class = match piece.class {
            TokenClass::Field => "field",
            TokenClass::Operator => "operator",
            TokenClass::Keyword => "keyword",
            TokenClass::String => "string",
            TokenClass::Number => "number",
            TokenClass::Constant => "constant",
            TokenClass::Punctuation => "punctuation",
            _ => "error",
        };
        object(&[("span", span(piece.span, &places)), ("class", class.into())])
    });
    Ok(pieces.collect::<Array>().into())
}

/// The query in its canonical spelling, on one line or on as many as a width takes; two queries that ask the same in the
/// same words have the same one.
///
/// # Errors
///
/// A `QueryError` where the text is no query.
#[wasm_bindgen(unchecked_return_type = "string")]
pub fn format(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "FormatOptions")] options: JsValue,
) -> Result<String, JsValue> {
    let query = query(text)?;
    Ok(match Members::of(options, "options")?.count("width")? {
        None => query.expr().to_string(),
        Some(width) => query.expr().wrapped(width).to_string(),
    })
}

/// The same question in fewer words, in canonical spelling.
///
/// # Errors
///
/// A `QueryError` where the text is no query.
#[wasm_bindgen(unchecked_return_type = "string")]
pub fn simplify(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
) -> Result<String, JsValue> {
    let query = query(text)?;
    Ok(netskope_query::simplify(query.expr().clone()).to_string())
}
