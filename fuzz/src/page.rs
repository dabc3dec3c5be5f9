//! The bytes of an answer, as a page of a log stream and as `serde_json` reads them.

use netskope_model::{
    ErrorKind,
    json::Json,
    v2::{Digest, Page},
};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Value, value::RawValue};
use std::fmt;

/// The most members of an answer that is a page.
const MOST_MEMBERS: usize = 256;

/// Any bytes are a page, with these records, where `serde_json` says so.
pub fn page(body: &[u8]) {
    let is_json = serde_json::from_slice::<&RawValue>(body).is_ok();
    assert_eq!(Json::read(body).is_ok(), is_json, "JSON");
    match (Page::read(body.to_vec()), elsewhere(body)) {
        (Ok(page), Some(expected)) => assert_same(&page, &expected),
        (Err(error), None) => {
            assert!(is_json || error.kind() == ErrorKind::Unreadable, "{error}");
        }
        (here, elsewhere) => panic!("{here:?}, elsewhere {elsewhere:?}"),
    }
}

/// A page, by `serde_json`.
#[derive(Debug)]
struct Expected<'a> {
    records: Vec<&'a RawValue>,
    wait_time: Option<i64>,
    high_water_mark: Option<i64>,
    others: usize,
}

fn elsewhere(body: &[u8]) -> Option<Expected<'_>> {
    let Members(members) = serde_json::from_slice(body).ok()?;
    let last = |name| {
        let mut members = members.iter().rev();
        members.find_map(|(other, value)| (other == name).then_some(value.get()))
    };
    let is_failure = last("ok").is_some_and(|ok| ok != "1");
    let records: Vec<&RawValue> = serde_json::from_str(last("result")?).ok()?;
    let are_objects = records.iter().all(|record| record.get().starts_with('{'));
    let is_page = !is_failure && are_objects && members.len() <= MOST_MEMBERS;
    is_page.then(|| Expected {
        records,
        wait_time: last("wait_time").and_then(|text| text.parse().ok()),
        high_water_mark: last("timestamp_hwm").and_then(|text| text.parse().ok()),
        others: members.iter().filter(|(name, _)| is_other(name)).count(),
    })
}

fn is_other(name: &str) -> bool {
    !["ok", "result", "wait_time", "timestamp_hwm"].contains(&name)
}

fn assert_same(page: &Page, expected: &Expected<'_>) {
    let ndjson: &[u8] = page.ndjson();
    let lines: Vec<&[u8]> = ndjson.split_inclusive(|byte| *byte == b'\n').collect();
    assert_eq!(lines.len(), expected.records.len(), "lines");
    assert_eq!(page.len(), expected.records.len() as u64, "records");
    for (line, record) in lines.iter().zip(&expected.records) {
        let text = record.get().replace(['\n', '\r'], " ") + "\n";
        assert_eq!(*line, text.as_bytes());
        let value = |text: &[u8]| serde_json::from_slice::<Value>(text).ok();
        assert_eq!(value(line), value(record.get().as_bytes()));
    }
    for (record, line) in page.records().zip(&lines) {
        let text: &[u8] = record.text().as_ref();
        assert_eq!(Some(text), line.strip_suffix(b"\n"));
    }
    assert_eq!(page.mark().digest, Digest::of(ndjson));
    let told = (
        page.wait_time(),
        page.high_water_mark(),
        page.others().len(),
    );
    let (wait_time, mark) = (expected.wait_time, expected.high_water_mark);
    assert_eq!(told, (wait_time, mark, expected.others));
}

/// All members of an object, in their order. A name with half a surrogate pair, which is no text, is empty.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object)
    }
}

struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            members.push((serde_json::from_str(name.get()).unwrap_or_default(), value));
        }
        Ok(Members(members))
    }
}
