//! What helps an editor, and filters.

use crate::stub::{at, is_error_named, js, json};
use js_sys::{Array, BigInt, Object, Reflect};
use netskope_wasm::{compile, complete, format, highlight, simplify};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn completions_replace_a_place_as_javascript_counts() {
    let text = "a eq 'é😀' and host";
    let units = text.encode_utf16().count();
    for cursor in [JsValue::UNDEFINED, units.into(), (units + 100).into()] {
        let found = json(&complete(&text.into(), &cursor).unwrap());
        assert_eq!(found["replace"], json!({"start": units - 4, "end": units}));
        let best = &found["items"][0];
        assert_eq!(best["insert"], "host_info.hostname");
        assert_eq!(best["kind"], "field");
        assert!(best["doc"].as_str().unwrap().contains("name"), "{best}");
    }
    let inside = json(&complete(&text.into(), &8.into()).unwrap());
    assert_eq!(inside["replace"]["start"], 5, "half of a character");
}

#[wasm_bindgen_test]
fn pieces_are_coloured_by_what_they_are() {
    let pieces = json(&highlight(&"os eq '😀' and n > 5 ]".into()).unwrap());
    let classes: Vec<_> = pieces
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| &piece["class"])
        .collect();
    let expected = [
        "field", "operator", "string", "keyword", "field", "operator", "number",
    ];
    assert_eq!(classes.get(..7).unwrap(), expected);
    assert_eq!(pieces[3]["span"], json!({"start": 11, "end": 14}));
}

#[wasm_bindgen_test]
fn text_is_written_anew() {
    let text = JsValue::from("a==1 AND (b ~ \"x'y\" or not c)");
    let canonical = r"a eq 1 and (b like 'x\'y' or not c)";
    let width = |width: usize| js(&json!({"width": width}));
    assert_eq!(format(&text, JsValue::UNDEFINED).unwrap(), canonical);
    assert_eq!(format(&text, width(80)).unwrap(), canonical);
    assert_eq!(format(&canonical.into(), width(80)).unwrap(), canonical);
    let narrow = format(&text, width(20)).unwrap();
    assert!(
        narrow.lines().count() > 1 && narrow.lines().all(|line| line.len() <= 20),
        "{narrow}"
    );
    let simple = simplify(&"a eq 1 or not not b or a eq 2".into()).unwrap();
    assert_eq!(simple, "a in [1, 2] or b");
}

fn test(query: &str, dialect: &str, record: &JsValue) -> bool {
    let filter = compile(&query.into(), js(&json!({"dialect": dialect}))).unwrap();
    filter.test(record).unwrap()
}

#[wasm_bindgen_test]
fn a_filter_reads_records_as_the_core_does() {
    let record = json!({
        "host_info": {"os": "Mac", "hostname": "Jörg’s Mac"},
        "last_event": {"status": 1},
        "users": [{"username": "ann"}, {"username": "bob", "last_event": {"status": 0}}],
        "big": 9_007_199_254_740_991_u64, "half": -0.5, "yes": true, "none": null, "tags": ["x", ["y"], {}],
    });
    for (query, dialect, expected) in [
        ("host_info.os eq mac", "skope-it", false),
        ("host_info.os eq mac", "jql", true),
        (
            "last_events.status = Disabled and username eq bob",
            "skope-it",
            true,
        ),
        (
            "last_event.status = Disabled and username eq ann",
            "skope-it",
            false,
        ),
        ("host_info.hostname like 'jÖrg’s'", "skope-it", true),
        (
            "big eq 9007199254740991 and big lt 9007199254740992",
            "skope-it",
            true,
        ),
        ("half from -0.5 to 0 and half lt 0", "skope-it", true),
        (
            "yes eq true and none eq null and not none",
            "skope-it",
            true,
        ),
        ("tags eq x and not tags eq y", "skope-it", true),
    ] {
        assert_eq!(
            test(query, dialect, &js(&record)),
            expected,
            "{query} {dialect}"
        );
    }
}

#[wasm_bindgen_test]
fn integers_of_any_size_are_exact() {
    for (query, number, expected) in [
        ("id eq 9007199254740993", "9007199254740993", true),
        ("id eq 9007199254740993", "9007199254740992", false),
        ("id eq 18446744073709551615", "18446744073709551615", true),
        ("id eq -9223372036854775808", "-9223372036854775808", true),
        ("id gt 18446744073709551615", "18446744073709551616", true),
    ] {
        let record = Object::new();
        let number = BigInt::new(&number.into()).unwrap();
        Reflect::set(&record, &"id".into(), &number).unwrap();
        assert_eq!(
            test(query, "skope-it", &record),
            expected,
            "{query} {number:?}"
        );
    }
}

#[wasm_bindgen_test]
fn odd_records_are_told_and_odd_members_are_missing() {
    let filter = compile(&"a eq 1 or not b".into(), JsValue::UNDEFINED).unwrap();
    let endless = Object::new();
    Reflect::set(&endless, &"a".into(), &endless).unwrap();
    for record in [
        JsValue::NULL,
        5.into(),
        "a".into(),
        JsValue::UNDEFINED,
        Array::new().into(),
        endless.into(),
    ] {
        let error = filter.test(&record).unwrap_err();
        assert!(is_error_named(&error, "NetskopeError"));
        assert_eq!(at(&error, "kind"), "request");
        assert!(
            at(&error, "message")
                .as_str()
                .unwrap()
                .starts_with("`record`")
        );
    }
    let odd = Object::new();
    for value in [JsValue::UNDEFINED, f64::NAN.into(), JsValue::symbol(None)] {
        Reflect::set(&odd, &"b".into(), &value).unwrap();
        assert!(filter.test(&odd).unwrap(), "{value:?}");
    }
}
