//! Recorded responses, read in place: every record survives decoding and encoding.

use crate::driver::{answer, run, session};
use netskope_model::v1::clients::{Page, Request};
use serde_json::Value;
use std::{fs, path::PathBuf};

const RESPONSES: [(&str, usize); 4] = [
    ("jupiterone-graph-netskope/clients_v1_2022_page1.json", 35),
    (
        "jupiterone-graph-netskope/clients_v1_2024_page1_even.json",
        38,
    ),
    (
        "jupiterone-graph-netskope/clients_v1_empty_last_page.json",
        0,
    ),
    ("demisto-content/clients_v1.json", 1),
];

/// The folder of recorded responses; they are not part of this repository.
pub(crate) fn fixtures() -> Option<PathBuf> {
    let folder = std::env::var_os("NETSKOPE_FIXTURES").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../shared/fixtures"
            ))
        },
        PathBuf::from,
    );
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no recorded responses in {}", folder.display());
    None
}

fn decode(body: &[u8]) -> Page {
    let mut done = run(session().page(Request::new()), |_, _| {
        answer(200, &[], body)
    });
    assert!(done.error.is_none(), "{:?}", done.error);
    done.items.remove(0)
}

/// All recorded devices, as JSON; none where the folder is missing.
pub(crate) fn recorded_records() -> Vec<Value> {
    let Some(folder) = fixtures() else {
        return Vec::new();
    };
    let records = RESPONSES.iter().flat_map(|(name, _)| {
        let body = fs::read(folder.join(name)).unwrap();
        let mut response: Value = serde_json::from_slice(&body).unwrap();
        let wrapped = response["data"].as_array_mut().unwrap();
        let records = wrapped.iter_mut().map(|record| record["attributes"].take());
        records.collect::<Vec<_>>()
    });
    records.collect()
}

#[test]
fn every_recorded_record_is_written_back_as_it_came() {
    let Some(folder) = fixtures() else { return };
    for (name, count) in RESPONSES {
        let body = fs::read(folder.join(name)).unwrap();
        let response: Value = serde_json::from_slice(&body).unwrap();
        let came = response["data"].as_array().unwrap();
        let page = decode(&body);
        assert_eq!((page.devices().len(), came.len()), (count, count), "{name}");
        for (device, came) in page.devices().iter().zip(came) {
            assert_eq!(
                serde_json::to_value(device).unwrap(),
                came["attributes"],
                "{name}"
            );
        }
    }
}

#[test]
fn every_recorded_field_of_the_article_is_understood() {
    let Some(folder) = fixtures() else { return };
    for (name, _) in RESPONSES {
        for device in decode(&fs::read(folder.join(name)).unwrap()).devices() {
            let event = device.last_event.get().unwrap();
            assert!(event.status.get().unwrap().known().is_some(), "{event:?}");
            assert!(event.event.get().unwrap().known().is_some(), "{event:?}");
            assert!(event.actor.get().unwrap().known().is_some(), "{event:?}");
            assert!(event.seconds().is_some(), "{event:?}");
            let host = device.host_info.get().unwrap();
            assert!(host.os.get().unwrap().known().is_some(), "{host:?}");
            assert!(device.hostname().is_some() && device.id().is_some());
            assert!(device.users().count() > 0);
        }
    }
}

#[test]
fn the_recorded_error_body_is_an_error_and_not_an_empty_page() {
    let Some(folder) = fixtures() else { return };
    let recorded = fs::read(folder.join("jupiterone-graph-netskope/v1_error_bodies.json")).unwrap();
    let recorded: Value = serde_json::from_slice(&recorded).unwrap();
    let body = recorded[0]["body"].to_string();
    let done = run(session().page(Request::new()), |_, _| {
        answer(200, &[], body.clone())
    });
    assert!(done.items.is_empty());
    insta::assert_snapshot!(
        done.error.unwrap(),
        @"the tenant answered with an error: General Error: Error Processing Request (tried 4 times)"
    );
}
