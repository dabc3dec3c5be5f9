//! The queries that are measured.

use std::fmt::Write as _;

/// One query and its name.
pub(crate) struct Query {
    pub(crate) name: &'static str,
    /// The query without the parentheses around all of it, which no tree keeps.
    pub(crate) text: String,
    pub(crate) parentheses: usize,
}

impl Query {
    /// The text with its parentheses.
    pub(crate) fn whole(&self, text: &str) -> String {
        let (open, close) = ("(".repeat(self.parentheses), ")".repeat(self.parentheses));
        format!("{open}{text}{close}")
    }
}

const ONE: &str = "host_info.hostname eq 'xxx'";
const CODE: &str = "last_event.status = 0";
pub(crate) const LIKE: &str =
    "host_info.hostname eq 'xxx' or last_event.status = 0 and users.username like 'bob'";
pub(crate) const FIVE: &str = "host_info.os in [0, 1] and (last_event.status = 0 or last_event.event >= 6) \
     and users.username like 'bob' and host_info.hostname ne 'DESKTOP-1'";

/// The ten that are parsed.
pub(crate) fn to_parse() -> Vec<Query> {
    let hosts: Vec<String> = (0..100).map(|n| format!("DESKTOP-{n:05}")).collect();
    let two = "host_info.hostname eq 'xxx' or host_info.hostname eq 'yyy'";
    let not = "not (last_event.actor = 2) and host_info.os = 0";
    vec![
        query("Q1", ONE),
        query("Q2", CODE),
        query("Q3", two),
        query("Q4", LIKE),
        query("Q5", FIVE),
        query("Q6", not),
        query("Q7", any_of(&hosts[..10])),
        query("Q8", listed(&hosts)),
        Query {
            parentheses: 50,
            ..query("Q9", CODE)
        },
        query("Q10", any_of(&hosts)),
    ]
}

fn query(name: &'static str, text: impl Into<String>) -> Query {
    Query {
        name,
        text: text.into(),
        parentheses: 0,
    }
}

fn any_of(names: &[String]) -> String {
    let mut text = String::new();
    for name in names {
        let joint = if text.is_empty() { "" } else { " or " };
        let _ = write!(text, "{joint}host_info.hostname eq '{name}'");
    }
    text
}

/// A host name in a list of them.
pub(crate) fn listed(names: &[String]) -> String {
    format!("host_info.hostname in ['{}']", names.join("', '"))
}
