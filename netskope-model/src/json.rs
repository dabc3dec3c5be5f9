//! JSON text taken apart one level at a time, so that what is only passed on stays as it came.
//!
//! This beside `serde_json`, because reading an envelope with its derived types makes the WASM module a fifth larger.

use serde::de::IgnoredAny;
use std::{borrow::Cow, iter};

/// A well-formed JSON value as it was written.
///
/// ```
/// use netskope_model::json::Json;
///
/// let answer = Json::read(br#"{"count": 12345678901234567890123, "names": ["a", "\u00e9"]}"#)?;
/// let members: Vec<_> = answer.members().collect();
/// assert_eq!((&*members[0].0, members[0].1.text()), ("count", "12345678901234567890123"));
/// let names: Vec<_> = members[1].1.items().filter_map(Json::string).collect();
/// assert_eq!(names, ["a", "é"]);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// The one value that a body holds.
    ///
    /// # Errors
    ///
    /// Where and why the body is not JSON.
    pub fn read(body: &'a [u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice::<IgnoredAny>(body)?;
        let text = std::str::from_utf8(body).map_err(serde::de::Error::custom)?;
        Ok(Self(text.trim_ascii()))
    }

    /// The value as it was written, without white space around it.
    pub fn text(self) -> &'a str {
        self.0
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        self.0.starts_with('[')
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    /// What it says, where it is a string.
    pub fn string(self) -> Option<Cow<'a, str>> {
        let inside = self.0.strip_prefix('"')?.strip_suffix('"')?;
        Some(if inside.contains('\\') {
            Cow::Owned(unescaped(inside))
        } else {
            Cow::Borrowed(inside)
        })
    }

    /// The items of a list; none where it is anything else.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let mut rest = if self.is_list() { self.inside() } else { "" };
        iter::from_fn(move || first_value(&mut rest))
    }

    /// Names and values of an object; none where it is anything else.
    pub fn members(self) -> impl Iterator<Item = (Cow<'a, str>, Self)> {
        let mut rest = if self.is_object() { self.inside() } else { "" };
        iter::from_fn(move || {
            let name = first_value(&mut rest)?.string()?;
            Some((name, first_value(&mut rest)?))
        })
    }

    fn inside(self) -> &'a str {
        self.0.get(1..).unwrap_or_default()
    }
}

/// An object of texts, without the members that are absent.
pub(crate) fn object(members: &[(&str, Option<&str>)]) -> String {
    let mut object = String::from("{");
    for (name, value) in members {
        let Some(value) = value else { continue };
        if object.len() > 1 {
            object.push(',');
        }
        for part in ["\"", name, "\":", &quoted(value)] {
            object.push_str(part);
        }
    }
    object.push('}');
    object
}

/// Text as JSON's own writing of it.
fn quoted(text: &str) -> String {
    // Fails for what is not text only.
    serde_json::to_string(text).unwrap_or_default()
}

/// Takes the first value off a text that is known to be well formed, and what separates it from the next.
fn first_value<'a>(rest: &mut &'a str) -> Option<Json<'a>> {
    let text = rest.trim_ascii_start();
    let end = end_of_value(text)?;
    *rest = text.get(end + 1..)?;
    let value = text.get(..end)?.trim_ascii_end();
    (!value.is_empty()).then_some(Json(value))
}

/// Where the separator or the bracket after the first value is.
fn end_of_value(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    text.bytes().position(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b',' | b':' | b']' | b'}' if depth == 0 => return true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
        false
    })
}

/// The text of a string; half a surrogate pair becomes U+FFFD.
fn unescaped(inside: &str) -> String {
    let mut units = Vec::with_capacity(inside.len());
    let mut rest = inside.chars();
    while let Some(c) = rest.next() {
        let escape = if c == '\\' { rest.next() } else { None };
        match escape {
            None => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
            Some('u') => {
                let digits: String = rest.by_ref().take(4).collect();
                units.extend(u16::from_str_radix(&digits, 16));
            }
            Some(letter) => units.extend_from_slice(control(letter).encode_utf16(&mut [0; 2])),
        }
    }
    String::from_utf16_lossy(&units)
}

const fn control(letter: char) -> char {
    match letter {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    fn rebuilt(json: Json<'_>) -> Value {
        if json.is_list() {
            return json.items().map(rebuilt).collect();
        }
        if json.is_object() {
            let members = json.members();
            let members: Map<_, _> = members
                .map(|(name, value)| (name.into_owned(), rebuilt(value)))
                .collect();
            return members.into();
        }
        match json.string() {
            Some(text) => text.into(),
            None => serde_json::from_str(json.text()).unwrap(),
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[\\[\\]{},: \"\\\\\\n]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_can_be_put_together_again(value in any_value()) {
            for text in [value.to_string(), format!(" {value:#}\r\n\t")] {
                prop_assert_eq!(&rebuilt(Json::read(text.as_bytes()).unwrap()), &value);
            }
        }
    }

    #[test]
    fn escapes_mean_what_they_stand_for() {
        for (written, meant) in [
            (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r#""\u0041\u00e9\u20AC""#, "Aé€"),
            (r#""\ud83d\ude00 \ud83d""#, "😀 \u{fffd}"),
            (r#""caf\u00e9 😀""#, "café 😀"),
        ] {
            assert_eq!(Json(written).string().unwrap(), meant);
        }
        assert_eq!(Json("12").string(), None);
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for body in [&b""[..], b"{", b"[1,]", b"{} x", b"\"\xff\"", b"'a'"] {
            assert!(Json::read(body).is_err(), "{body:?}");
        }
    }
}
