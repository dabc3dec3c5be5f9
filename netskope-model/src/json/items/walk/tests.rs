use super::*;
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, value::RawValue};
use std::ops::Range;

/// Where the objects of a list are and where it ends.
type Found = Option<(Vec<Range<usize>>, usize)>;

/// What `serde_json` says of the list that begins a text and is followed by something.
fn elsewhere(text: &[u8]) -> Found {
    let mut lists = serde_json::Deserializer::from_slice(text).into_iter::<Vec<&RawValue>>();
    let list = lists.next()?.ok()?;
    let place = |item: &&RawValue| {
        let at = item.get().as_ptr() as usize - text.as_ptr() as usize;
        item.get()
            .starts_with('{')
            .then(|| at..at + item.get().len())
    };
    let places: Option<_> = list.iter().map(place).collect();
    Some((places?, lists.byte_offset()))
}

/// With the best instructions of this machine and with those that every one has.
fn here(text: &[u8]) -> Found {
    let found = objects(text, 0);
    let baseline = Level::baseline();
    let again = dispatch!(baseline, simd => Walk::new(simd, text, 0).whole());
    assert_eq!(found, again);
    let (items, end) = found?;
    let breaks = text[..end].iter().any(|byte| b"\n\r".contains(byte));
    assert!(items.are_objects && items.have_breaks >= breaks);
    Some((items.places, end))
}

/// A comma may follow the list; anything else may hide it, where it is no JSON.
fn assert_same(text: &[u8]) {
    let (here, there) = (here(text), elsewhere(text));
    let has_more = (there.as_ref()).is_some_and(|there| text.get(there.1..) != Some(b","));
    assert!(
        here == there || has_more && here.is_none(),
        "{}: {here:?}, elsewhere {there:?}",
        String::from_utf8_lossy(text)
    );
}

/// Where the code is optimised, more is tried in less time.
const LONGEST: usize = if cfg!(debug_assertions) { 3 } else { 4 };

/// All texts of up to so many of these pieces.
fn texts(pieces: &[&str], most: usize) -> Vec<String> {
    let mut longest = vec![String::new()];
    let mut all = longest.clone();
    for _ in 0..most {
        let longer = |text: &String| {
            pieces
                .iter()
                .map(|piece| format!("{text}{piece}"))
                .collect::<Vec<_>>()
        };
        longest = longest.iter().flat_map(longer).collect();
        all.extend_from_slice(&longest);
    }
    all
}

/// Each text in a list, once at its begin, and so that two words of bits or two blocks meet in it.
fn assert_same_around(texts: &[String], surroundings: &[(&str, &str)]) {
    for (before, after) in surroundings {
        for space in [0, 61 - before.len(), 509 - before.len()] {
            for text in texts {
                let text = format!("[{:space$}{before}{text}{after},", "");
                assert_same(text.as_bytes());
            }
        }
    }
}

#[test]
fn every_short_text_is_a_list_of_objects_where_it_is_elsewhere() {
    let pieces = ["{", "}", "[", "]", ",", ":", "\"", "0", " ", "\"a\":"];
    let surroundings = [
        ("", "]"),
        ("{\"a\":", "}]"),
        ("{", "}]"),
        ("{\"a\":1,", "}]"),
        ("{\"a\":[", "]}]"),
    ];
    assert_same_around(&texts(&pieces, LONGEST), &surroundings);
}

#[test]
fn every_short_scalar_is_one_where_it_is_elsewhere() {
    let pieces = [
        "0", "1", "23", "-", "+", ".", "e", "E", "t", "true", "null", "false", " ",
    ];
    assert_same_around(
        &texts(&pieces, LONGEST),
        &[("{\"a\":", "}]"), ("{\"a\":[", "]}]")],
    );
}

#[test]
fn every_short_string_is_one_where_it_is_elsewhere() {
    let pieces = [
        "\\", "\"", "u", "00e9", "d800", "n", "b", "/", "\u{7f}", "\u{1}", "\n", "\u{e9}", "g",
    ];
    assert_same_around(
        &texts(&pieces, LONGEST),
        &[("{\"a\":\"", "\"}]"), ("{\"", "\":1}]")],
    );
}

/// Characters of each length, their first and last ones, and what is none: cut, overlong, surrogates and beyond the last.
#[test]
fn every_short_text_is_utf8_where_it_is_elsewhere() {
    let bytes = b"a\x80\x8f\x90\x9f\xa0\xbf\xc1\xc2\xe0\xed\xef\xf0\xf4\xf5\xff";
    let longest = (0..LONGEST).fold(vec![vec![]], |texts: Vec<Vec<u8>>, _| {
        let longer = |text: &Vec<u8>| bytes.map(|byte| [&text[..], &[byte]].concat());
        texts.iter().flat_map(longer).collect()
    });
    for before in [40, 62, 510, 2046] {
        for text in &longest {
            let begin = format!("[{{\"a\":\"{:before$}", "", before = before - 7);
            for end in [&b"\"}],"[..], b"\xbf\"}],"] {
                let text = [begin.as_bytes(), text, end].concat();
                assert_eq!(
                    here(&text).is_some(),
                    str::from_utf8(&text).is_ok(),
                    "{text:x?}"
                );
            }
        }
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[ -~]{0,40}".prop_map(Value::from),
        "[\\\\\"/]{0,9}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 30, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            object(inner),
        ]
    })
}

fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop::collection::btree_map("[a-z\\\\\" ]{0,12}", value, 0..6)
        .prop_map(|members| Value::Object(members.into_iter().collect()))
}

fn any_list() -> impl Strategy<Value = String> {
    let list = prop::collection::vec(object(any_value()), 0..5).prop_map(Value::from);
    (list, any::<bool>()).prop_map(|(list, is_pretty)| {
        let written = if is_pretty {
            serde_json::to_string_pretty
        } else {
            serde_json::to_string
        };
        written(&list).unwrap() + ","
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn lists_are_found_as_elsewhere(text in any_list()) {
        prop_assert!(here(text.as_bytes()).is_some());
        assert_same(text.as_bytes());
    }

    #[test]
    fn changed_lists_are_judged_as_elsewhere(
        text in any_list(),
        changes in prop::collection::vec((any::<Index>(), "[\\[\\]{}:,\"\\\\0-9.eE+\\- \ntau/]"), 1..3),
    ) {
        let mut text = text.into_bytes();
        for (place, byte) in changes {
            let place = place.index(text.len());
            text[place] = byte.as_bytes()[0];
        }
        assert_same(&text);
    }

    #[test]
    fn cut_and_spliced_lists_are_judged_as_elsewhere(text in any_list(), from: Index, to: Index) {
        let (from, to) = (from.index(text.len()), to.index(text.len()));
        assert_same(&text.as_bytes()[..from]);
        assert_same(&[&text.as_bytes()[..from], &text.as_bytes()[to..]].concat());
    }
}

/// Every byte of a list that is longer than a block, as every other byte.
#[test]
fn every_byte_that_is_changed_is_seen_as_elsewhere() {
    let text = br#"[{"_id":"5bd5","n":[-12.5e3,0,{}],"t":true,"s":"C:\\a\"\u00e9\/"},{"a":{"b":[]}, "c": null}],"#;
    assert!(here(text).is_some());
    for place in 0..text.len() {
        for byte in 0..=255 {
            let mut text = *text;
            text[place] = byte;
            assert_same(&text);
        }
    }
}

#[test]
fn nesting_is_followed_to_a_limit() {
    let nested = |depth| format!("[{}{}]", "{\"a\":".repeat(depth) + "0", "}".repeat(depth));
    let deepest = DEEPEST as usize - 1;
    assert!(here(nested(deepest).as_bytes()).is_some());
    assert_eq!(here(nested(deepest + 1).as_bytes()), None);
    assert_eq!(here(&b"[".repeat(1_000_000)), None);
}
