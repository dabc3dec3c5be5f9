//! Recorded answers as the database.

use crate::asking::*;
use http::Method;
use netskope_stand_in::{Codes, DEFAULT_V1_TOKEN, StandIn, clients_of};
use serde_json::Value;
use std::path::PathBuf;
use std::{env, fs};

const FILES: [(&str, usize); 3] = [
    ("jupiterone-graph-netskope/clients_v1_2022_page1.json", 35),
    (
        "jupiterone-graph-netskope/clients_v1_2024_page1_even.json",
        38,
    ),
    ("demisto-content/clients_v1.json", 1),
];

/// The recorded records of each file, or nothing where the folder is not there.
fn recorded(test: &str) -> Option<Vec<Vec<Value>>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let folder = env::var_os("NETSKOPE_FIXTURES").map_or_else(beside, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("SKIPPED {test}: no recorded responses, set NETSKOPE_FIXTURES to their folder");
        return None;
    }
    let read = |(file, count)| {
        let devices = clients_of(&fs::read(folder.join(file)).unwrap()).unwrap();
        assert_eq!(devices.len(), count, "{file}");
        devices
            .iter()
            .map(|device| device.value().clone())
            .collect()
    };
    Some(FILES.map(read).into())
}

#[test]
fn a_record_is_given_out_letter_by_letter() {
    let record = r#"{ "n":123456789012345678901234567890, "f":0.10000000000000000555,
        "e":1E2, "a":"\u00e9\/", "last_event":{"status":"Enabled","actor":null} }"#;
    let anew = r#"{"a":"é/","e":100.0,"f":0.1,"last_event":{"actor":null,"status":1},"n":1.2345678901234568e+29}"#;
    for entry in [record, &format!(r#"{{ "attributes": {record} }}"#)] {
        let answer = format!(r#"{{"status":"success", "data": [ {entry}, {entry} ]}}"#);
        for (codes, out) in [(Codes::Labels, record), (Codes::Numbers, anew)] {
            let mut options = options();
            options.codes = codes;
            options.clients = clients_of(answer.as_bytes()).unwrap();
            let target = format!("/api/v1/clients?token={DEFAULT_V1_TOKEN}&query=f+gt+0");
            let reply = send(&mut StandIn::new(options), Method::GET, &target, "");
            let wrapped = format!(r#"{{"attributes":{out}}}"#);
            assert_eq!(
                text(&reply.response),
                format!(r#"{{"status":"success","msg":"","data":[{wrapped},{wrapped}]}}"#)
            );
        }
    }
}

#[test]
fn other_shapes_hold_no_devices() {
    for (answer, why) in [
        ("", "it is not JSON"),
        (r#"{"data":[{}]"#, "it is not JSON"),
        (r#"{"data":[{}]} x"#, "it is not JSON"),
        ("[]", "no list of records"),
        (r#"[[{"_id":"a"}]]"#, "no list of records"),
        (r#"{"status":"success"}"#, "no list of records"),
        (r#"{"data":null}"#, "no list of records"),
        (r#"{"data":[1]}"#, "no list of records"),
        (r#"{"data":[[]]}"#, "no list of records"),
        (r#"{"data":[{"attributes":null}]}"#, "no list of records"),
    ] {
        let error = clients_of(answer.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(why), "{answer}: {error}");
    }
}

#[test]
fn recorded_devices_come_back_in_the_recorded_order() {
    let Some(files) = recorded("recorded_devices_come_back_in_the_recorded_order") else {
        return;
    };
    for records in files {
        let mut tenant = tenant(records.clone());
        let mut seen = Vec::new();
        for skip in (0..records.len() + 7).step_by(7) {
            let target = format!("/api/v1/clients?limit=7&skip={skip}&token={DEFAULT_V1_TOKEN}");
            seen.extend(crate::asking::records(
                &send(&mut tenant, Method::GET, &target, "").response,
            ));
        }
        assert_eq!(seen, records);
    }
}

#[test]
fn a_recorded_hostname_finds_its_record() {
    let Some(files) = recorded("a_recorded_hostname_finds_its_record") else {
        return;
    };
    let records = files.concat();
    let mut tenant = tenant(records.clone());
    for record in &records {
        let hostname = record["host_info"]["hostname"].as_str().unwrap();
        let found = matching(&mut tenant, &format!("host_info.hostname eq '{hostname}'"));
        assert!(found.contains(record), "{hostname}");
        let same_name = |record: &&Value| record["host_info"]["hostname"] == hostname;
        assert_eq!(
            found.len(),
            records.iter().filter(same_name).count(),
            "{hostname}"
        );
    }
}

#[test]
fn the_queries_of_the_article_work_on_recorded_devices() {
    let Some(files) = recorded("the_queries_of_the_article_work_on_recorded_devices") else {
        return;
    };
    let records = files.concat();
    let mut tenant = tenant(records.clone());
    let disabled = names(&mut tenant, "last_event.status eq 'Disabled'");
    assert!(!disabled.is_empty());
    assert_eq!(names(&mut tenant, "last_events.status = 0"), disabled);
    assert_eq!(matching(&mut tenant, "host_info").len(), records.len());
}
