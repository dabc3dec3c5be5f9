//! JSON text taken apart one level at a time, so that what is only passed on stays as it came.
//!
//! This beside `serde_json`, because reading an envelope with its derived types makes the WASM module a fifth larger.

pub(crate) mod check;
pub(crate) mod items;

use std::{borrow::Cow, error, fmt, iter};

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
/// # Ok::<_, netskope_model::json::NotJson>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// The one value that a body holds.
    ///
    /// # Errors
    ///
    /// Where and why the body is not JSON.
    pub fn read(body: &'a [u8]) -> Result<Self, NotJson> {
        if let Some(at) = check::first_fault(body) {
            return Err(NotJson::at(at, body));
        }
        match std::str::from_utf8(body) {
            Ok(text) => Ok(Self(text.trim_ascii())),
            Err(error) => Err(NotJson::at(error.valid_up_to(), body)),
        }
    }

    /// A text that is known to be one value without white space around it.
    pub(crate) const fn known(text: &'a str) -> Self {
        Self(text)
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

/// Where a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson {
    /// Its line, from 1 on.
    pub line: usize,
    /// Its column in bytes, from 1 on.
    pub column: usize,
    /// Whether it stops because the text ends.
    pub is_cut: bool,
}

impl NotJson {
    pub(crate) fn at(at: usize, body: &[u8]) -> Self {
        let before = body.get(..at).unwrap_or(body);
        let mut lines = before.split(|byte| *byte == b'\n');
        Self {
            line: lines.clone().count(),
            column: lines.next_back().map_or(0, <[u8]>::len) + 1,
            is_cut: at >= body.len(),
        }
    }
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, .. } = self;
        write!(f, "no JSON from line {line}, column {column} on")
    }
}

impl error::Error for NotJson {}

/// An object of texts, without the members that are absent.
pub(crate) fn object(members: &[(&str, Option<&str>)]) -> String {
    let mut object = String::from("{");
    for (name, value) in members {
        let Some(value) = value else { continue };
        if object.len() > 1 {
            object.push(',');
        }
        quote(name, &mut object);
        object.push(':');
        quote(value, &mut object);
    }
    object.push('}');
    object
}

fn quote(text: &str, out: &mut String) {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    out.push('"');
    for c in text.chars() {
        let mut letters = "\"\\bfnrt".chars();
        if let Some(letter) = letters.find(|letter| control(*letter) == c) {
            out.extend(['\\', letter]);
        } else if c < ' ' {
            let code = c as usize;
            out.push_str("\\u00");
            out.extend([DIGITS[code / 16], DIGITS[code % 16]]);
        } else {
            out.push(c);
        }
    }
    out.push('"');
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
    fn what_is_no_json_is_refused_where_it_stops() {
        for (body, line, column, is_cut) in [
            (&b""[..], 1, 1, true),
            (b"{", 1, 2, true),
            (b"{\"a\": [tr", 1, 10, true),
            (b"[1,]", 1, 4, false),
            (b"[\n1,\n x]", 3, 2, false),
            (b"{} x", 1, 4, false),
            (b"\"\xff\"", 1, 2, false),
            (b"'a'", 1, 1, false),
        ] {
            let expected = NotJson {
                line,
                column,
                is_cut,
            };
            assert_eq!(Json::read(body), Err(expected), "{body:?}");
        }
    }

    /// Texts that are nearly JSON.
    fn nearly() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("{"),
            Just("}"),
            Just("["),
            Just("]"),
            Just(","),
            Just(":"),
            Just("\""),
            Just("\\"),
            Just("\\u00e9"),
            Just("\"a\""),
            Just("\"a\":"),
            Just("true"),
            Just("null"),
            Just("fals"),
            Just("-"),
            Just("0"),
            Just("17"),
            Just("."),
            Just("e"),
            Just("+"),
            Just(" "),
            Just("\n"),
            Just("\t"),
            Just("\u{1}"),
            Just("\u{e9}"),
        ];
        prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn the_same_texts_are_json_as_elsewhere(text in nearly()) {
            let elsewhere = serde_json::from_str::<serde::de::IgnoredAny>(&text);
            prop_assert_eq!(Json::read(text.as_bytes()).is_ok(), elsewhere.is_ok());
        }

        #[test]
        fn a_cut_text_is_known_for_one(value in any_value(), end: prop::sample::Index) {
            let text = serde_json::json!([value]).to_string();
            let cut = &text.as_bytes()[..end.index(text.len())];
            prop_assert!(Json::read(cut).unwrap_err().is_cut);
        }

        #[test]
        fn quoted_text_is_read_as_it_was(text: String, control in "[\0-\x1f\"\\\\]*") {
            let object = object(&[("a", Some(&text)), ("b", None), ("c", Some(&control))]);
            prop_assert_eq!(object, serde_json::json!({"a": text, "c": control}).to_string());
        }
    }
}
