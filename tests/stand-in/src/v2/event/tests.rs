//! Records, looked at one by one.

use super::*;
use serde_json::Value;
use std::collections::BTreeSet;

fn stream(name: &str) -> &'static Stream {
    STREAMS.iter().find(|stream| stream.name == name).unwrap()
}

fn records(stream: &Stream, seed: u64, count: u64) -> Vec<String> {
    let named = |candidate: &Stream| candidate.name == stream.name;
    let template = Template::new(STREAMS.iter().position(named).unwrap(), seed);
    (0..count)
        .map(|position| {
            let mut text = Vec::new();
            template.write(position, 1_700_000_000, &mut text);
            String::from_utf8(text).unwrap()
        })
        .collect()
}

#[test]
fn every_record_of_every_stream_is_an_object_with_what_all_have() {
    for stream in &STREAMS {
        for text in records(stream, 1, 50) {
            let record: Value = serde_json::from_str(&text).unwrap();
            let id = record["_id"].as_str().unwrap();
            assert!(id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
            assert_eq!(record["timestamp"], 1_700_000_000);
            assert_eq!(record["record_type"], stream.record_type);
            if let Some(alert_type) = stream.alert_type {
                assert_eq!(record["alert_type"], alert_type);
            }
        }
    }
}

#[test]
fn ids_are_unique_within_a_stream_and_differ_between_streams_and_seeds() {
    let id = |text: &String| text.get(8..32).unwrap().to_owned();
    let page = stream("events/page");
    let mut seen = BTreeSet::new();
    for (stream, seed) in [(page, 1), (page, 2), (stream("events/audit"), 1)] {
        let count = seen.len();
        seen.extend(records(stream, seed, 2000).iter().map(id));
        assert_eq!(seen.len(), count + 2000);
    }
}

#[test]
fn identities_beyond_double_precision_are_exact_numbers() {
    let text = records(stream("events/page"), 3, 100).concat();
    let beyond = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse::<u64>().ok())
        .filter(|number| *number > 1 << 53)
        .count();
    assert!(beyond > 100, "{beyond}");
    assert!(text.contains("\"connection_id\":"));
}

#[test]
fn texts_hold_what_clients_stumble_over() {
    let text = records(stream("events/application"), 3, 300).concat();
    for part in [
        "\u{2019}",
        "\\u2019",
        "\\ud83d\\ude80",
        "\u{1f680}",
        "\\\"",
        "\\\\",
        "\\/",
        "\\n",
        "\"yes\"",
        "\"true\"",
        "\"\"",
        "\"nested\":{",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn a_record_is_about_as_long_as_real_ones() {
    for name in ["events/page", "events/application"] {
        let length = records(stream(name), 3, 1000).concat().len() / 1000;
        assert!((2000..2700).contains(&length), "{name}: {length}");
    }
}

#[test]
fn names_are_those_of_the_table_in_their_order() {
    for text in records(stream("events/application"), 3, 20) {
        let record: Value = serde_json::from_str(&text).unwrap();
        // A map of serde_json is sorted; the text is so as well.
        assert_eq!(
            record.to_string().matches("\":").count(),
            text.matches("\":").count()
        );
        let places: Vec<_> = record
            .as_object()
            .unwrap()
            .keys()
            .filter(|name| *name != "_id")
            .map(|name| text.find(&format!("\"{name}\":")))
            .collect();
        assert!(places.is_sorted(), "{text}");
    }
}
