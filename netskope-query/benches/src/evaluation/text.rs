//! On JSON as it came.

use super::ours::compile;
use super::values::closure;
use super::{Data, FEW, Question, counting};
use crate::devices::RARE_NAME;
use crate::measure::Engine;
use serde::Deserialize;
use serde_json::Value;

pub(super) fn engines(data: &'static Data, question: &'static Question) -> [Engine; 3] {
    let of = (data, question);
    let filter = compile::<Value>(&question.tree);
    [
        counting("ours+text", of, FEW, move |among| {
            let texts = data.texts.iter().take(among);
            texts
                .filter(|text| filter.matches_text(text) == Ok(true))
                .count()
        }),
        counting("serde_json+struct", of, FEW, move |among| {
            let texts = data.texts.iter().take(among);
            texts
                .filter(|text| read_asked(text).is_some_and(|device| device.matches(question)))
                .count()
        }),
        counting("serde_json+value", of, FEW, move |among| {
            let texts = data.texts.iter().take(among);
            texts
                .filter(|text| read_whole(text).is_some_and(|value| closure(question, &value)))
                .count()
        }),
    ]
}

fn read_whole(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// Nothing but what the four queries ask for, borrowed from the text: a struct made for the purpose.
#[derive(Deserialize)]
struct Asked<'t> {
    #[serde(borrow)]
    host_info: HostInfo<'t>,
    last_event: LastEvent,
    users: Vec<User<'t>>,
}

#[derive(Deserialize)]
struct HostInfo<'t> {
    hostname: &'t str,
    os: i64,
}

#[derive(Deserialize)]
struct LastEvent {
    status: i64,
    event: i64,
}

#[derive(Deserialize)]
struct User<'t> {
    username: &'t str,
}

fn read_asked(text: &str) -> Option<Asked<'_>> {
    serde_json::from_str(text).ok()
}

impl Asked<'_> {
    fn matches(&self, question: &Question) -> bool {
        let name = self.host_info.hostname;
        let has_bob = || self.users.iter().any(|user| user.username.contains("bob"));
        match question.name {
            "E1" => name == RARE_NAME,
            "E2" => name == "xxx" || self.last_event.status == 0 && has_bob(),
            "E3" => {
                matches!(self.host_info.os, 0 | 1)
                    && (self.last_event.status == 0 || self.last_event.event >= 6)
                    && has_bob()
                    && name != "DESKTOP-1"
            }
            _ => question.names.contains(name),
        }
    }
}
