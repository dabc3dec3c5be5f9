//! Queries against a schema.

use std::fmt::Write;

use netskope_query::{Field, Kind, Report, Schema, check, field, parse, parse_with};

const SCHEMA: Schema<'static> = Schema {
    fields: &[
        text("host_info.hostname"),
        text("host_info.os"),
        text("last_event.status"),
        text("last_event.timestamp"),
        text("users.username"),
        text("users.userkey"),
        text("users._id"),
        text("client_version"),
        text("_id"),
    ],
    aliases: &[("last_events", "last_event")],
    rows: Some("users"),
    in_rows: &["last_event"],
    bare_words: &[(Some('@'), "username"), (None, "host_info.hostname")],
};

const fn text(path: &'static str) -> Field<'static> {
    Field {
        path,
        kind: Kind::Text,
        codes: &[],
        doc: "",
    }
}

#[test]
fn known_names_pass() {
    for query in [
        "host_info.hostname eq x",
        "users.username eq x and username eq x",
        "last_event.status eq 0 and users.last_event.status eq 0",
        "host_info",
        "users",
        "last_event or users.last_event",
        "not (_id eq x or users._id eq x)",
    ] {
        let tree = parse(query).expect(query);
        assert_eq!(check(&tree, &SCHEMA), [], "{query}");
    }
}

#[test]
fn a_name_is_warned_of_once() {
    let tree = parse("zz or frob eq 1 or zz eq 2 or not frob").expect("a query");
    let starts: Vec<usize> = check(&tree, &SCHEMA)
        .iter()
        .map(|found| found.span.start)
        .collect();
    assert_eq!(starts, [0, 6]);
}

#[test]
fn a_value_alone_gets_its_likely_field() {
    for (text, fixed) in [
        ("jdoe@acme.com", Some("username eq 'jdoe@acme.com'")),
        ("'jdoe@acme.com'", Some("username eq 'jdoe@acme.com'")),
        ("7-LAPTOP", Some("host_info.hostname eq '7-LAPTOP'")),
        (
            "\"Justin's Mac (4)\"",
            Some(r"host_info.hostname eq 'Justin\'s Mac (4)'"),
        ),
        ("(_id or 'x')", Some("(_id or host_info.hostname eq 'x')")),
        ("_id eq 'x' or 'y'", Some("_id eq 'x' or _id eq 'y'")),
        ("5", None),
        ("true", None),
        ("50% off", None),
    ] {
        let error = parse_with(text, &SCHEMA).expect_err(text);
        let [found] = error.diagnostics() else {
            panic!("{error:?}")
        };
        let made = found.fix.as_ref().map(|fix| fix.apply(text));
        assert_eq!(made.as_deref(), fixed, "{text}");
        if let Some(made) = made {
            assert_eq!(check(&parse(&made).expect(&made), &SCHEMA), [], "{made}");
        }
        let plain = parse(text).expect_err(text);
        assert_eq!(plain.to_string(), error.to_string(), "{text}");
    }
    assert_eq!(parse_with("_id eq 1", &SCHEMA), parse("_id eq 1"));
}

#[test]
fn an_empty_schema_has_nothing_to_say() {
    assert_eq!(
        check(&parse("nonsense eq 1").expect("a query"), &Schema::EMPTY),
        []
    );
}

#[test]
fn a_built_tree_has_no_place_to_mend() {
    let warnings = check(&field("hostname").eq("x"), &SCHEMA);
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].fix, None);
}

#[test]
fn warnings_read_well() {
    let mut page = String::new();
    for query in [
        "last_events.status = 0",
        "a eq 1 or users.last_events.status = 0",
        "`last_events.status` = 0",
        "hostname eq x",
        "host.hostname eq x",
        "Host_Info.HostName eq x",
        "host_info.hostnmae eq x",
        "usrname eq x",
        "version eq 1",
        "client_vesion eq 1",
        "user eq x",
        "last_event.frobnicate eq x",
        "zzz eq 1",
        "HOST_INFO",
        "LAST_EVENT.status or Users",
        "users.host_info.os eq Mac",
        "users.host_info",
        "LAPTOP-7",
        "LAPTOP-7.corp or not `jdoe@acme.com`",
        "client_versiom",
        "hostname",
        "host_info.hostnames7",
        "users.nickname",
    ] {
        let tree = parse(query).expect(query);
        for warning in check(&tree, &SCHEMA) {
            writeln!(page, "{}", Report::new(query, &warning)).expect("a string takes all");
            if let Some(fix) = &warning.fix {
                let fixed = fix.apply(query);
                let tree = parse(&fixed).expect("a mended query");
                assert!(
                    check(&tree, &SCHEMA).len() < check(&parse(query).expect(query), &SCHEMA).len(),
                    "{fixed}"
                );
                writeln!(page, "fixed: {fixed}").expect("a string takes all");
            }
            page.push('\n');
        }
    }
    insta::assert_snapshot!(page);
}
