//! Records full of what comparisons trip over.

use proptest::prelude::{Just, Strategy, prop};
use proptest::{collection, prop_oneof, sample};
use serde_json::{Map, Value, json};

/// Texts that are numbers, truths or nothing, that differ in case alone, or that patterns and quotes stumble over.
pub(super) const TEXTS: &[&str] = &[
    "",
    " ",
    "box",
    "Box",
    "BOX",
    "drop box",
    "Dropbox",
    "b*x",
    "b?x",
    "10.1",
    "1011",
    "10\\.",
    "corp\\john",
    "7",
    "007",
    "7.0",
    " 7 ",
    "-5",
    "-0",
    "1e3",
    "3.14",
    "9007199254740993",
    "18446744073709551616",
    "true",
    "True",
    " false ",
    "null",
    "None",
    "in",
    "and",
    "it's",
    "say \"hi\"",
    "straße",
    "STRASSE",
    "STRAẞE",
    "ÉCOLE",
    "école",
    "ΑΣ",
    "ασ",
    "ας",
    "İ",
    "ı",
    "ſ",
    "s",
    "K",
    "k",
    "名前",
    "🦊",
    "a\nb",
    "a\tb",
    "٣",
    "john@abc.com",
    "2024-01-01",
];

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "7",
    "10",
    "-5",
    "443",
    "9007199254740993",
    "9007199254740992",
    "18446744073709551615",
    "-9223372036854775808",
    "1.0",
    "7.0",
    "3.14",
    "0.1",
    "-0.0",
    "1e16",
    "1e-7",
    "9007199254740992.0",
];

/// The names at the top of a record; the first is never there.
pub(super) const NAMES: &[&str] = &["missing", "a", "b", "list", "object", "dotted.name"];

pub(super) fn scalar() -> impl Strategy<Value = Value> + Clone {
    prop_oneof![
        6 => sample::select(TEXTS).prop_map(Value::from),
        3 => sample::select(NUMBERS).prop_map(number),
        1 => prop::bool::ANY.prop_map(Value::from),
        1 => Just(Value::Null),
    ]
}

fn number(text: &str) -> Value {
    serde_json::from_str(text).expect(text)
}

/// An object of one to three scalars, one of them under a name that holds a dot.
fn object() -> impl Strategy<Value = Value> + Clone {
    let names = sample::subsequence(&["x", "y", "x.y"][..], 1..=3);
    (names, collection::vec(scalar(), 3)).prop_map(|(names, values)| {
        let fields = names.into_iter().map(str::to_owned).zip(values);
        Value::Object(fields.collect())
    })
}

fn any() -> impl Strategy<Value = Value> {
    let list = |elements| collection::vec(elements, 0..4).prop_map(Value::from);
    prop_oneof![
        8 => scalar(),
        2 => list(scalar().boxed()),
        2 => list(object().boxed()),
        1 => list(list(scalar().boxed()).boxed()),
        2 => object(),
        1 => object().prop_map(|inner| json!({ "x": inner })),
        1 => list(scalar().boxed()).prop_map(|inner| json!({ "x": inner })),
    ]
}

pub(super) fn record() -> impl Strategy<Value = Value> {
    let present = sample::subsequence(&NAMES[1..], 1..NAMES.len());
    (present, collection::vec(any(), NAMES.len())).prop_map(|(names, values)| {
        let names = names.into_iter().map(str::to_owned);
        Value::Object(names.zip(values).collect::<Map<_, _>>())
    })
}

/// All scalars of a record as text, so that queries ask for what is there.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => vec!["null".into()],
        Value::Bool(_) | Value::Number(_) => vec![value.to_string()],
        Value::String(text) => vec![text.clone()],
        Value::Array(elements) => elements.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
    }
}

/// The paths of a record, those to objects and lists too.
pub(super) fn paths(record: &Value) -> Vec<String> {
    match record {
        Value::Object(fields) => (fields.iter())
            .flat_map(|(name, value)| {
                let below = paths(value)
                    .into_iter()
                    .map(move |path| format!("{name}.{path}"));
                std::iter::once(name.clone()).chain(below)
            })
            .collect(),
        Value::Array(elements) => elements.iter().flat_map(paths).collect(),
        _ => Vec::new(),
    }
}
