//! Our own types as JavaScript's plain values.

use crate::utf16::Utf16;
use js_sys::{Array, Object, Reflect};
use netskope_query::{Diagnostic, Severity, Span};
use wasm_bindgen::JsValue;

/// An object with these members.
pub(crate) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Fails only where the target is no object.
        let _ = Reflect::set(&object, &JsValue::from(*name), value);
    }
    object.into()
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
