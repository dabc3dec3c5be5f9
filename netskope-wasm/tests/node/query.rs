//! The query functions.

use crate::stub::{at, is_error_named, json};
use netskope_wasm::{age, check, compile, format, label, parse, simplify};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn tree(text: &str) -> Value {
    json(&parse(&text.into()).unwrap())
}

#[wasm_bindgen_test]
fn the_tree_is_plain_data_with_places_as_javascript_counts() {
    let text = "not (a.b == 'é😀' or c) and host like x";
    let span = |part: &str| {
        let units = |text: &str| text.encode_utf16().count();
        let start = units(text.split(part).next().unwrap());
        json!({"start": start, "end": start + units(part)})
    };
    let expected = json!({
        "kind": "and",
        "operands": [
            {
                "kind": "not",
                "operand": {
                    "kind": "or",
                    "operands": [
                        {
                            "kind": "compare",
                            "path": {"text": "a.b", "span": span("a.b")},
                            "operator": {"op": "eq", "spelling": "==", "span": span("==")},
                            "value": {"kind": "text", "value": "é😀", "span": span("'é😀'")},
                            "span": span("a.b == 'é😀'"),
                        },
                        {"kind": "has", "path": {"text": "c", "span": span("c")}, "span": span("c")},
                    ],
                    "span": span("(a.b == 'é😀' or c)"),
                },
                "span": span("not (a.b == 'é😀' or c)"),
            },
            {
                "kind": "compare",
                "path": {"text": "host", "span": span("host")},
                "operator": {"op": "like", "spelling": "like", "span": span("like")},
                "value": {"kind": "text", "value": "x", "span": span("x")},
                "span": span("host like x"),
            },
        ],
        "span": span(text),
    });
    assert_eq!(tree(text), expected);
}

#[wasm_bindgen_test]
fn lists_ranges_and_constants_have_their_own_shapes() {
    let list = tree("a not in [1, 'b', null, true]");
    assert_eq!(
        (&list["kind"], &list["operator"]["op"]),
        (&json!("list"), &json!("not_in"))
    );
    let kinds: Vec<_> = list["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| &value["kind"])
        .collect();
    assert_eq!(kinds, ["number", "text", "null", "bool"]);
    assert_eq!(list["values"][2]["value"], Value::Null);
    let range = tree("a from 1 to 2");
    assert_eq!(
        (&range["kind"], &range["operator"]["op"]),
        (&json!("range"), &json!("from"))
    );
    assert_eq!(
        (&range["low"]["value"], &range["high"]["value"]),
        (&json!(1), &json!(2))
    );
}

#[wasm_bindgen_test]
fn what_is_no_query_is_thrown_and_told() {
    for text in [
        "",
        "(",
        "a eq 'b",
        "a eq",
        "a eq 1)",
        "\0",
        "and",
        &"(".repeat(10_000),
        &"a".repeat(1 << 20),
    ] {
        let text = JsValue::from(text);
        for error in [
            parse(&text).unwrap_err(),
            format(&text, JsValue::UNDEFINED).unwrap_err(),
            simplify(&text).unwrap_err(),
            compile(&text, JsValue::UNDEFINED).unwrap_err(),
        ] {
            assert!(is_error_named(&error, "QueryError"));
            assert_eq!(at(&error, "diagnostics"), json(&check(&text).unwrap()));
            assert_eq!(at(&error, "diagnostics.0.severity"), "error");
        }
    }
}

#[wasm_bindgen_test]
fn every_error_of_a_text_is_told_with_what_was_expected() {
    let found = json(&check(&"é eq and count => 5 and os in".into()).unwrap());
    let places: Vec<_> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["span"]["start"])
        .collect();
    assert_eq!(places, [2, 15, 27], "{found:#}");
    for one in found.as_array().unwrap() {
        assert_eq!(one["severity"], "error");
        assert!(
            one["expected"].is_string() && one["found"].is_string(),
            "{one:#}"
        );
    }
}

#[wasm_bindgen_test]
fn half_a_character_keeps_its_place() {
    let text = js_sys::JsString::from_char_code(&[0xd83d, 0x20, 0x65, 0x71]);
    let found = check(&text.into()).unwrap();
    assert!(at(&found, "0.span.end").as_u64().unwrap() <= 4);
}

#[wasm_bindgen_test]
fn the_known_slip_is_a_warning_with_its_fix() {
    let checked = |text: &str| json(&check(&text.into()).unwrap());
    for (text, start) in [
        ("last_events.status = 0", 0),
        ("host_info.hostname eq 'é😀' or last_events.status = 0", 31),
    ] {
        let found = checked(text);
        assert_eq!(found[0]["severity"], "warning");
        let span = json!({"start": start, "end": start + 11});
        assert_eq!(
            found[0]["fix"],
            json!({"span": span, "replacement": "last_event"})
        );
    }
    assert_eq!(checked("last_event.status = 0"), json!([]));
    assert_eq!(checked("host_info"), json!([]));
}

#[wasm_bindgen_test]
fn labels_are_read_from_every_form() {
    let big = || js_sys::BigInt::from(0_u64).into();
    for (path, value, expected) in [
        ("last_event.status", JsValue::from(0), "Disabled"),
        ("last_event.status", "0".into(), "Disabled"),
        ("last_event.status", "disabled".into(), "Disabled"),
        ("last_event.status", big(), "Disabled"),
        ("last_event.status", 77.into(), "77"),
        ("last_event.status", "Anything New".into(), "Anything New"),
        ("last_event.status", 0.5.into(), "0.5"),
        ("last_event.status", JsValue::NULL, ""),
        ("last_event.status", JsValue::UNDEFINED, ""),
        ("users.last_event.event", 1.into(), "Tunnel Up"),
        ("device_classification_status", 1.into(), "Unmanaged"),
        ("users.device_classification_status", 1.into(), "Unmanaged"),
        ("host_info.os", 0.into(), "Windows"),
        ("host_info.hostname", "LAPTOP".into(), "LAPTOP"),
        ("client_install_time", 5.into(), "5"),
        ("no.such.field", true.into(), "true"),
    ] {
        assert_eq!(
            label(&path.into(), &value).unwrap(),
            expected,
            "{path} {value:?}"
        );
    }
}

#[wasm_bindgen_test]
fn ages_are_in_whole_units() {
    let now = 1_700_000_000.75;
    for (then, expected) in [
        (1_700_000_000.1, "just now"),
        (1_699_740_000.0, "3 d ago"),
        (1_700_007_200.0, "in 2 h"),
    ] {
        assert_eq!(age(&now.into(), &then.into()).unwrap(), expected);
    }
}
