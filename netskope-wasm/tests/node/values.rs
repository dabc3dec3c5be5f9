//! Values at the edges of what JavaScript's numbers hold.

use crate::stub::{at, call, raw, records, serve, type_and_text};
use netskope_wasm::parse;
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn numbers_keep_every_digit() {
    for (written, read) in [
        ("0", "number 0"),
        ("9007199254740991", "number 9007199254740991"),
        ("9007199254740992", "bigint 9007199254740992"),
        ("9007199254740993", "bigint 9007199254740993"),
        ("-9007199254740991", "number -9007199254740991"),
        ("-9007199254740993", "bigint -9007199254740993"),
        ("18446744073709551615", "bigint 18446744073709551615"),
        ("-9223372036854775808", "bigint -9223372036854775808"),
        (
            "123456789012345678901234567890",
            "bigint 123456789012345678901234567890",
        ),
        ("1669836117.7634094", "number 1669836117.7634094"),
        ("0.1234567890123456", "number 0.1234567890123456"),
        ("12345678901234567.5", "number 12345678901234568"),
        ("1e300", "number 1e+300"),
        ("-0.0", "number -0"),
    ] {
        serve(&json!([records(&format!(
            r#"{{"attributes":{{"n":{written},"list":[[{written}]]}}}}"#
        ))]));
        let page = call(&json!({})).await.unwrap();
        assert_eq!(type_and_text(&raw(&page, "devices.0.n")), read, "{written}");
        assert_eq!(
            type_and_text(&raw(&page, "devices.0.list.0.0")),
            read,
            "{written}"
        );
    }
}

/// Beside a big integer, so that the slower way of reading is taken.
#[wasm_bindgen_test]
async fn all_else_is_the_same_beside_a_big_integer() {
    for big in ["1", "9007199254740993"] {
        let record = format!(
            r#"{{"big":{big}, "null":null,"yes":true,"text":"\ud83d\ude00 9007199254740993 \"]}}","":{{}},
                "__proto__":{{"x":1}},"list":[ 1 , -2.5e3, [], "a" ]}}"#
        );
        serve(&json!([records(&record)]));
        let page = call(&json!({})).await.unwrap();
        let device = raw(&page, "devices.0");
        assert_eq!(at(&device, "null"), json!(null));
        assert!(raw(&device, "null").is_null());
        assert_eq!(at(&device, "yes"), true);
        assert_eq!(at(&device, "text"), "😀 9007199254740993 \"]}");
        assert_eq!(at(&device, "list"), json!([1, -2500, [], "a"]));
        assert!(raw(&device, "x").is_undefined());
        let names = js_sys::Reflect::own_keys(&device).unwrap();
        assert!(names.includes(&"__proto__".into(), 0));
        assert!(names.includes(&"".into(), 0));
    }
}

#[wasm_bindgen_test]
async fn bottomless_nesting_is_an_error() {
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    serve(&json!([records(&format!(
        r#"{{"x":{open}9007199254740993{close}}}"#
    ))]));
    let error = call(&json!({})).await.unwrap_err();
    assert_eq!(at(&error, "kind"), "unreadable");
}

#[wasm_bindgen_test]
fn numbers_of_a_query_too() {
    for (written, read) in [
        ("5", "number 5"),
        ("-1.10", "number -1.1"),
        ("9007199254740993", "bigint 9007199254740993"),
        ("-9223372036854775808", "bigint -9223372036854775808"),
    ] {
        let tree = parse(&JsValue::from(format!("a eq {written}"))).unwrap();
        assert_eq!(type_and_text(&raw(&tree, "value.value")), read);
        assert_eq!(at(&tree, "value.text"), written);
    }
}
