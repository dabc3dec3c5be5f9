//! A ledger that is almost as long as a part of one gets.

use super::Folder;
use netskope_blocking::model::v2::Digest;
use netskope_stand_in::server::Running;
use serde_json::{Value, json};
use std::fs;

/// How long a part gets.
const PART: usize = 4 << 20;

/// Puts a ledger of `events/page` there that may grow by so many bytes before it goes on in another part: page 1 was about to
/// be asked for again and again.
pub(super) fn ledger(out: &Folder, tenant: &Running, room: usize) {
    let mut seal = Digest::of(b"");
    let mut line = |object: &Value| {
        let text = object.to_string();
        let text = text.strip_suffix('}').unwrap();
        seal = Digest::of(format!("{seal}{text}").as_bytes());
        format!("{text},\"sum\":\"{seal}\"}}\n")
    };
    let mut ledger = line(&json!({
        "nskope": "drain",
        "format": 1,
        "tenant": tenant.url(),
        "stream": "events/page",
        "index": "siem",
    }));
    let intent = json!({"sequence": 1, "operation": "head"});
    while ledger.len() < PART - room {
        // What a line holds beside is not looked at.
        let filler = "-".repeat((PART - room - ledger.len()).min(900_000));
        ledger += &line(&json!({"intent": intent, "filler": filler}));
    }
    let folder = out.path().join("events-page");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("ledger.ndjson"), ledger).unwrap();
}
