use super::*;
use serde_json::json;
use std::time::Duration;

const NOW: u64 = 1_700_000_000;

fn written(width: u16, fields: Option<&str>, records: &[Value]) -> String {
    let mut out = Vec::new();
    let fields = fields.map(|list| Fields::parse(list).unwrap());
    let mut table = Table::new(&mut out, fields, UNIX_EPOCH + Duration::from_secs(NOW));
    table.rows.set_width(width);
    table
        .take(
            records
                .iter()
                .map(|record| serde_json::from_value(record.clone()).unwrap())
                .collect(),
        )
        .unwrap();
    table.finish().unwrap();
    drop(table);
    String::from_utf8(out).unwrap()
}

fn laptop() -> Value {
    json!({
        "_id": "LAPTOP-7",
        "client_version": "94.1.1.960",
        "host_info": {"hostname": "LAPTOP-7", "os": "Windows", "os_version": "10.0 (2009)"},
        "last_event": {"status": 0, "event": "Tunnel Up", "timestamp": NOW - 3 * 86_400},
        "users": [
            {"username": "a@example.com", "device_classification_status": "Managed"},
            {"username": "b@example.com", "device_classification_status": 0},
            {},
        ],
    })
}

#[test]
fn a_device_is_one_readable_row() {
    assert_eq!(
        written(140, None, &[laptop()]),
        concat!(
            " HOSTNAME  STATUS    LAST EVENT  WHEN     USER              OS                   CLIENT      CLASS\n",
            " LAPTOP-7  Disabled  Tunnel Up   3 d ago  a@example.com +2  Windows 10.0 (2009)  94.1.1.960  Managed\n",
        )
    );
}

#[test]
fn a_narrow_terminal_keeps_the_columns_that_people_need_most() {
    let titles = |width: u16| {
        written(width, None, &[laptop()])
            .lines()
            .next()
            .map(str::to_owned)
    };
    let wide = titles(140).unwrap();
    for (width, last) in [(96, "CLASS"), (70, "OS"), (40, "USER")] {
        let titles = titles(width).unwrap();
        assert!(titles.ends_with(last), "{width}: {titles}");
        assert!(wide.contains(last));
    }
    let everything = written(40, Some("_id,client_version,host_info"), &[laptop()]);
    assert!(everything.contains("host_inf"), "{everything}");
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40, 80, 120] {
        let text = written(width, None, &[laptop(), laptop()]);
        for line in text.lines() {
            assert!(
                line.chars().count() <= usize::from(width),
                "{width}: {text}"
            );
        }
    }
}

#[test]
fn a_terminal_that_is_too_narrow_or_of_no_width_still_gets_words() {
    for width in [0, 1, 20] {
        let text = written(width, None, &[laptop()]);
        assert!(text.contains("LAPTO"), "{width}: {text}");
        let text = written(width, Some("_id,client_version,host_info.os"), &[laptop()]);
        assert!(text.contains("94.1.1"), "{width}: {text}");
    }
    assert_eq!(
        written(0, None, &[laptop()]),
        written(80, None, &[laptop()])
    );
}

#[test]
fn what_is_odd_is_shown_and_what_is_missing_is_empty() {
    let odd = json!({
        "host_info": {"hostname": 7, "os": 77},
        "last_event": {"status": "Asleep", "timestamp": 1.5},
        "users": "none",
    });
    let text = written(140, None, &[odd, json!({})]);
    let row: Vec<&str> = text.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(row, ["7", "Asleep", "1.5", "77"]);
}

#[test]
fn what_would_steer_the_terminal_is_shown_instead() {
    let evil = json!({"host_info": {"hostname": "\u{1b}]0;owned\u{7}\nb\u{202e}"}});
    let text = written(140, None, std::slice::from_ref(&evil));
    assert!(
        text.contains(r"\u{1b}]0;owned\u{7}\u{a}b\u{202e}"),
        "{text}"
    );
    let text = written(140, Some("host_info"), &[evil]);
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
}

#[test]
fn chosen_fields_are_columns_with_readable_codes() {
    assert_eq!(
        written(
            140,
            Some("_id,last_event.status,users.device_classification_status"),
            &[laptop()]
        ),
        concat!(
            " _id       last_event.status  users.device_classification_status\n",
            " LAPTOP-7  Disabled           Managed; Managed;\n",
        )
    );
}

#[test]
fn a_code_written_as_text_has_its_label_in_every_table() {
    let record = json!({"_id": "0", "last_event": {"status": "0"}});
    let chosen = written(
        140,
        Some("_id,last_event.status"),
        std::slice::from_ref(&record),
    );
    assert_eq!(chosen.lines().nth(1).unwrap().trim(), "0    Disabled");
    assert!(written(140, None, &[record]).contains("Disabled"));
}

#[test]
fn without_devices_nothing_is_written() {
    assert_eq!(written(80, None, &[]), "");
}
