//! What editors and programs in other languages are given as JSON.

use netskope_query::parse;
use serde_json::{Value, json};

fn tree(text: &str) -> Value {
    serde_json::to_value(parse(text).expect(text)).expect(text)
}

/// The tree without its places, which only make the tests longer.
fn shape(text: &str) -> Value {
    let mut tree = tree(text);
    forget_spans(&mut tree);
    tree
}

fn forget_spans(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("span");
            fields.values_mut().for_each(forget_spans);
        }
        Value::Array(elements) => elements.iter_mut().for_each(forget_spans),
        _ => {}
    }
}

#[test]
fn a_finding() {
    let error = parse("os eq Mac && count eq 5").unwrap_err();
    let diagnostic = serde_json::to_value(&error.diagnostics()[0]).unwrap();
    let place = json!({"start": 10, "end": 12});
    assert_eq!(diagnostic["severity"], "error");
    assert_eq!(diagnostic["message"], "`&&` is not an operator");
    assert_eq!(diagnostic["span"], place);
    assert_eq!(
        diagnostic["fix"],
        json!({"span": place, "replacement": "and"})
    );
}

#[test]
fn every_node_knows_its_place() {
    let place = |start: usize, end: usize| json!({"start": start, "end": end});
    assert_eq!(
        tree("not os == 'Mac'"),
        json!({
            "not": {
                "compare": {
                    "path": {"text": "os", "span": place(4, 6)},
                    "operator": {"op": "eq", "spelling": "==", "span": place(7, 9)},
                    "value": {"literal": "Mac", "span": place(10, 15)},
                },
                "span": place(4, 15),
            },
            "span": place(0, 15),
        })
    );
}

#[test]
fn conditions() {
    let path = json!({"text": "n"});
    let value = |literal: Value| json!({ "literal": literal });
    assert_eq!(shape("n"), json!({"has": path}));
    assert_eq!(
        shape("n not in ['1', -2.5, true, null]"),
        json!({"list": {
            "path": path,
            "operator": {"op": "not_in", "spelling": "not in"},
            "values": [value("1".into()), value((-2.5).into()), value(true.into()), value(Value::Null)],
        }})
    );
    assert_eq!(
        shape("n from 0 to 18446744073709551615"),
        json!({"range": {
            "path": path,
            "operator": {"op": "from", "spelling": "from"},
            "low": value(0.into()),
            "high": value(u64::MAX.into()),
        }})
    );
}

#[test]
fn a_chain_is_one_list() {
    let has = |name: &str| json!({"has": {"text": name}});
    assert_eq!(
        shape("a or b or not (c and d)"),
        json!({"or": [has("a"), has("b"), {"not": {"and": [has("c"), has("d")]}}]})
    );
}
