//! Queries against a schema.

use std::fmt::Write;

use netskope_query::{Field, Kind, Report, Schema, check, field, parse};

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
        "zzz",
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
