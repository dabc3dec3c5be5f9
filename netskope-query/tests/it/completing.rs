//! What is offered at a cursor, which is written as a bar.

mod anywhere;

use std::fmt::Write;

use netskope_query::{Code, Completion, Completions, Field, Kind, Schema, complete};

pub(crate) const SCHEMA: Schema<'static> = Schema {
    fields: &[
        Field::new("host_info.hostname", Kind::Text).doc("the device's name"),
        Field::coded("host_info.os", OS).doc("the operating system"),
        Field::new("host_info.os_version", Kind::Text).doc("its version"),
        Field::coded("last_event.status", STATUS).doc("what the client does"),
        Field::new("last_event.timestamp", Kind::Time).doc("when it was"),
        Field::new("users.username", Kind::Text).doc("the user's name"),
        Field::new("users.user_groups", Kind::List).doc("the user's groups"),
        Field::new("users._id", Kind::Text).doc("the identity of the row"),
        Field::new("users.in", Kind::Number).doc("a name that is a word"),
        Field::new("host_info", Kind::Object).doc("all of the device"),
        Field::new("_id", Kind::Text).doc("the identity of the record"),
    ],
    aliases: &[("last_events", "last_event")],
    rows: Some("users"),
    in_rows: &["last_event"],
    bare_words: &[],
};

const OS: &[Code<'static>] = &[
    Code::new(Some(0), "Windows"),
    Code::new(Some(1), "Mac"),
    Code::new(Some(4), "Windows Server"),
    Code::new(None, "Don't know"),
];

const STATUS: &[Code<'static>] = &[
    Code::new(Some(0), "Disabled"),
    Code::new(Some(1), "Enabled"),
    Code::new(Some(12), "Fail Closed"),
];

/// The text without its bar, and what is offered there.
fn at(marked: &str) -> (String, Completions) {
    let cursor = marked.find('|').expect("a bar");
    let text = marked.replacen('|', "", 1);
    let completions = complete(&text, cursor, &SCHEMA);
    (text, completions)
}

/// The text with an item taken, and the place after it.
fn take(text: &str, completions: &Completions, item: &Completion) -> (String, usize) {
    let mut taken = text.to_owned();
    taken.replace_range(completions.replace.range(), &item.insert);
    (taken, completions.replace.start() + item.insert.len())
}

/// The text with the best item taken, and a bar after that; or what is said where nothing is offered.
fn best(marked: &str) -> String {
    let (text, completions) = at(marked);
    let Some(item) = completions.items.first() else {
        return "nothing".into();
    };
    let (mut taken, end) = take(&text, &completions, item);
    taken.insert(end, '|');
    taken
}

const NAMES_AND_OPERATORS: &[(&str, &str)] = &[
    ("|", "host_info.hostname|"),
    ("  |  ", "  host_info.hostname|  "),
    ("host|", "host_info.hostname|"),
    ("h|ost", "host_info.hostname|"),
    ("host|name eq 'x'", "host_info.hostname| eq 'x'"),
    ("hostn|", "host_info.hostname|"),
    ("HOST_info.o|", "host_info.os|"),
    ("os|", "host_info.os|"),
    ("vers|", "host_info.os_version|"),
    ("tam|", "last_event.timestamp|"),
    ("hostnmae|", "host_info.hostname|"),
    ("usr_groups|", "user_groups|"),
    ("userna|", "username|"),
    ("users.userna|", "users.username|"),
    ("users|", "users.username|"),
    ("_i|", "_id|"),
    ("users._|", "users._id|"),
    ("users.last_event.sta|", "users.last_event.status|"),
    ("users.host_info.o|", "nothing"),
    ("in|", "`in`|"),
    ("host_info.os = ‘m|ac’ or a", "host_info.os = 'Mac'| or a"),
    ("host_info.os = “|", "host_info.os = 'Windows'|"),
    ("host_info.os = ‘m|a or a", "host_info.os = 'Mac'| or a"),
    (
        "host_info.os = “windows s|",
        "host_info.os = 'Windows Server'|",
    ),
    ("users.i|", "users.in|"),
    ("`us|", "username|"),
    ("`us|` eq 1", "username| eq 1"),
    ("zzzzzzzz|", "nothing"),
    ("no|", "not|"),
    ("not |", "not host_info.hostname|"),
    ("(|", "(host_info.hostname|"),
    ("(os eq Mac)|", "(os eq Mac) and|"),
    ("(os |", "(os eq|"),
    ("(host_info.os |", "(host_info.os eq|"),
    ("host_info.os ne|q 1", "host_info.os neq| 1"),
    ("host_info.os n|", "host_info.os neq|"),
    ("host_info.os not|", "host_info.os not_in|"),
    ("host_info.os not |", "host_info.os not in|"),
    ("host_info.os not i|n [1]", "host_info.os not in| [1]"),
];

const VALUES: &[(&str, &str)] = &[
    ("host_info.os eq|", "host_info.os eq|"),
    ("host_info.os eq |", "host_info.os eq 'Windows'|"),
    ("host_info.os=|", "host_info.os='Windows'|"),
    ("host_info.os = m|", "host_info.os = 'Mac'|"),
    ("host_info.os = 4|", "host_info.os = 'Windows Server'|"),
    ("host_info.os = 'ma|", "host_info.os = 'Mac'|"),
    ("host_info.os = 'm|ac'", "host_info.os = 'Mac'|"),
    ("host_info.os = \"win|dows\"", "host_info.os = 'Windows'|"),
    (
        "host_info.os = 'windows s|",
        "host_info.os = 'Windows Server'|",
    ),
    ("host_info.os = 'serv|", "host_info.os = 'Windows Server'|"),
    ("host_info.os = 'Mca|", "host_info.os = 'Mac'|"),
    (
        r"host_info.os = 'Don\'t k|'",
        r"host_info.os = 'Don\'t know'|",
    ),
    ("host_info.os = Don|", r"host_info.os = 'Don\'t know'|"),
    (
        "host_info.os = '|' and a = 1",
        "host_info.os = 'Windows'| and a = 1",
    ),
    (
        "host_info.os = 'M| or a = 'x'",
        "host_info.os = 'Mac'| or a = 'x'",
    ),
    (
        "host_info.os = 'M| or a = 1",
        "host_info.os = 'Mac'| or a = 1",
    ),
    (
        "host_info.os = 'M|ac' or a = 'x'",
        "host_info.os = 'Mac'| or a = 'x'",
    ),
    ("host_info.os = '|", "host_info.os = 'Windows'|"),
    ("host_info.os = Mac|", "host_info.os = 'Mac'|"),
    ("host_info.os = 'Mac'|", "host_info.os = 'Mac' and|"),
    ("host_info.os in |", "host_info.os in [|"),
    ("host_info.os in [|", "host_info.os in ['Windows'|"),
    ("host_info.os in [Mac|", "host_info.os in ['Mac'|"),
    (
        "host_info.os in [Mac, |",
        "host_info.os in [Mac, 'Windows'|",
    ),
    (
        "host_info.os in [Mac,|]",
        "host_info.os in [Mac,'Windows'|]",
    ),
    ("host_info.os in [Mac |", "host_info.os in [Mac ,|"),
    ("host_info.os in ['Mac'|", "host_info.os in ['Mac',|"),
    ("host_info.os in [Mac] |", "host_info.os in [Mac] and|"),
    (
        "last_events.status eq dis|",
        "last_events.status eq 'Disabled'|",
    ),
    (
        "users.last_event.status eq dis|",
        "users.last_event.status eq 'Disabled'|",
    ),
    (
        "`last_event.status` eq dis|",
        "`last_event.status` eq 'Disabled'|",
    ),
    (
        "last_event.status between [d|",
        "last_event.status between ['Disabled'|",
    ),
    (
        "last_event.status between [1 |",
        "last_event.status between [1 ,|",
    ),
    (
        "last_event.status between [1, 2 |",
        "last_event.status between [1, 2 ]|",
    ),
    (
        "last_event.status from e|",
        "last_event.status from 'Enabled'|",
    ),
    ("last_event.status from 0 |", "last_event.status from 0 to|"),
    (
        "last_event.status from 0 to |",
        "last_event.status from 0 to 'Disabled'|",
    ),
    (
        "last_event.status from 0 to 1 |",
        "last_event.status from 0 to 1 and|",
    ),
    ("host_info |", "host_info and|"),
    ("a eq t|", "a eq true|"),
    ("a eq 't|", "nothing"),
    ("username eq |", "username eq null|"),
    ("username like |", "nothing"),
];

const AFTER_CONDITIONS: &[(&str, &str)] = &[
    ("username eq x a|", "username eq x and|"),
    ("username eq x |b = 1", "username eq x and |b = 1"),
    ("username eq x o|nd b = 1", "username eq x or| b = 1"),
    ("((a eq 1)|", "((a eq 1) and|"),
    ("a eq 1 |", "a eq 1 and|"),
    ("a && h|", "a && host_info.hostname|"),
    ("a equals |", "a equals true|"),
    ("a eq Access Den|", "nothing"),
    ("a eq and |", "a eq and host_info.hostname|"),
    ("naïve = é and ö|", "nothing"),
];

#[test]
fn the_best() {
    let mut wrong = String::new();
    for (before, after) in [NAMES_AND_OPERATORS, VALUES, AFTER_CONDITIONS].concat() {
        let best = best(before);
        if best != after {
            writeln!(wrong, "{before}: {best} instead of {after}").expect("memory");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn situations() {
    let mut page = String::new();
    for marked in [
        "|",
        "os|",
        "us|",
        "host_info.hostname |",
        "last_event.timestamp |",
        "host_info.os |",
        "user_groups |",
        "unknown |",
        "host_info.os eq |",
        "host_info.os in ['w|",
        "acked eq |",
        "(username eq 'x' |",
        "host_info.os in [Mac |",
    ] {
        let (text, completions) = at(marked);
        writeln!(page, "{marked}").expect("memory");
        for item in &completions.items {
            let (taken, _) = take(&text, &completions, item);
            let kind = format!("{:?}", item.kind).to_lowercase();
            writeln!(
                page,
                "  {taken:<35} {kind:<8} {} ({})",
                item.label, item.doc
            )
            .expect("memory");
        }
    }
    insta::assert_snapshot!(page);
}

#[test]
fn odd_cursors_are_moved_back() {
    let text = "é eq ü";
    for (cursor, meant) in [(1, 0), (text.len() - 1, text.len() - 2), (99, text.len())] {
        assert_eq!(
            complete(text, cursor, &SCHEMA),
            complete(text, meant, &SCHEMA)
        );
    }
}

#[cfg(feature = "serde")]
#[test]
fn an_editor_gets_them_as_json() {
    let (_, completions) = at("a or host_info.os eq 'ma|");
    let expected = serde_json::json!({
        "replace": {"start": 21, "end": 24},
        "items": [{"insert": "'Mac'", "label": "Mac", "kind": "value", "doc": "code 1"}],
    });
    assert_eq!(serde_json::to_value(completions).expect("JSON"), expected);
    let pieces = serde_json::to_value(netskope_query::highlight("a")).expect("JSON");
    assert_eq!(
        pieces,
        serde_json::json!([{"span": {"start": 0, "end": 1}, "class": "field"}])
    );
}
