//! Queries against a schema.

use std::fmt::Write;

use crate::soon::soon;
use netskope_query::{
    Code, Diagnostic, Field, Kind, MAX_LENGTH, Report, Schema, Severity, check, field, parse,
    parse_with,
};

const SCHEMA: Schema<'static> = Schema {
    fields: &[
        text("host_info.hostname"),
        text("host_info.os"),
        Field::coded("last_event.status", STATUS),
        Field::new("last_event.timestamp", Kind::Time),
        text("users.username"),
        text("users.userkey"),
        text("users._id"),
        text("client_version"),
        text("_id"),
        Field::new("count", Kind::Number),
        Field::new("users.user_groups", Kind::List),
        Field::new("users.extra", Kind::Object),
    ],
    aliases: &[("last_events", "last_event")],
    rows: Some("users"),
    in_rows: &["last_event"],
    bare_words: &[(Some('@'), "username"), (None, "host_info.hostname")],
};

const STATUS: &[Code<'static>] = &[
    Code::new(Some(0), "Disabled"),
    Code::new(Some(1), "Enabled"),
    Code::new(Some(3), "Fail Closed"),
    Code::new(None, "Unmanaged"),
];

const fn text(path: &'static str) -> Field<'static> {
    Field::new(path, Kind::Text)
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
        .map(|found| found.span.start())
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
fn a_name_in_backticks_needs_no_white_space_around_it() {
    for (text, fixed) in [
        ("_id or`x`", "_id or`host_info.hostname` eq 'x'"),
        ("`x`and _id", "`host_info.hostname` eq 'x'and _id"),
        ("_id or`hostname`eq 1", "_id or`host_info.hostname`eq 1"),
        (
            "_id or`last_events.status`in[1]",
            "_id or`last_event.status`in[1]",
        ),
    ] {
        let found = check(&parse(text).expect(text), &SCHEMA);
        let made = found[0].fix.as_ref().map(|fix| fix.apply(text));
        assert_eq!(made.as_deref(), Some(fixed));
        assert_eq!(check(&parse(fixed).expect(fixed), &SCHEMA), [], "{fixed}");
    }
}

#[test]
fn what_is_meant_is_written_as_a_query_needs_it() {
    let schema = Schema {
        aliases: &[("hosts", "host info")],
        bare_words: &[(Some('@'), "in"), (None, "owner's name")],
        ..SCHEMA
    };
    for (text, expected) in [
        ("kims", "`owner's name` eq 'kims'"),
        ("hosts.os eq 1", "`host info.os` eq 1"),
    ] {
        let found = check(&parse(text).expect(text), &schema);
        let fixed = found[0].fix.as_ref().expect(text).apply(text);
        assert_eq!(fixed, expected);
    }
    let error = parse_with("kim@acme.com", &schema).expect_err("no field");
    let fixed = error.fixed("kim@acme.com");
    assert_eq!(fixed.as_deref(), Some("`in` eq 'kim@acme.com'"));
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
    let page = page(&[
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
        "username eq kim or lee or hostname or not (pat or jo) or user",
        "count = 1 or username = kim and lee or jo",
        "username in [kim] or lee",
        "client_versiom",
        "hostname",
        "host_info.hostnames7",
        "users.nickname",
        "users.nick_name",
        "name eq x",
        "last_event.time gt 5",
        "users.user eq x and user_ eq x",
        "id eq x",
    ]);
    insta::assert_snapshot!(page);
}

#[test]
fn what_fits_passes() {
    for query in [
        "last_event.status eq Disabled and last_events.status in ['Fail Closed', 'Unmanaged', '', null]",
        "last_event.status in [0, 1, 3, '3'] or last_event.status gt 0",
        "last_event.timestamp gt 1700000000 and last_event.timestamp lt 1800000000.5",
        "last_event.timestamp eq null or users.last_event.timestamp neq '' or count eq '5'",
        "count from 1 to 1 or count between [-5, 18446744073709551615] or count gt 1.5",
        "username from adam to john or client_version like 10 or user_groups eq 5",
        "client_version eq 10.1 or client_version in [1, '2.3.4'] or user_groups like x",
        "username like 'kim' or username startswith '*' or user_groups eq 'a.b'",
        "last_event.status like '*close*' or last_event.status ~ 'FAIL.clo(?i)' or last_event.status like ''",
        "extra or users.extra eq null or host_info neq '' or host_info eq null",
        "count gt 4611686018427387904 and count lt 9223372036854775807 and count neq 5",
        "count lte -4611686018427387905 and count in [-9223372036854775808, 9223372036854775807]",
    ] {
        let tree = parse(query).expect(query);
        let found = check(&tree, &SCHEMA);
        let unexpected: Vec<&Diagnostic> = found
            .iter()
            .filter(|found| !found.message.starts_with("unknown field `last_events"))
            .collect();
        assert!(unexpected.is_empty(), "{query}: {unexpected:?}");
    }
}

#[test]
fn values_that_do_not_fit_read_well() {
    let page = page(&[
        "last_event.timestamp gt yesterday",
        "users.last_event.timestamp gt '2024-01-31'",
        "last_event.timestamp in [1700000000000, '1700000000000000'] or count gt 1700000000000",
        "last_event.timestamp lt 1700000000000000000",
        "last_event.timestamp like 17 or count startswith 5 or count !~ x",
        "count eq many or count in [1, 2.5, '3', true, 'some more']",
        "last_event.status eq disabled",
        "last_events.status in ['fail closed', ENABLED, 1]",
        "last_event.status neq Disbaled",
        "last_event.status eq 'Gone fishing'",
        "last_event.status eq true or last_event.status eq 1.5",
        "last_event.status in [0, 7] or last_event.status eq '8'",
        "last_event.status like disk* or last_event.status startswith Xy",
        "last_event.status like 3 or last_event.status startswith '0'",
        "username eq 'kim*' or not username in [a, *]",
        "username like '*kim*' or username !~ kim*",
        "client_version gt 100 or client_version from '1.2.3' to '4.5'",
        "host_info eq x or users neq y or last_event like z or extra eq 5",
    ]);
    insta::assert_snapshot!(page);
}

#[test]
fn what_decides_nothing_reads_well() {
    let page = page(&[
        "username eq a and username eq b",
        "count eq 1 or (users.username in [a, b] and username eq 'c' and not count eq 1)",
        "last_event.status eq 0 and last_event.status eq Enabled",
        "last_event.status neq Disabled or not last_event.status eq 1",
        "count gt 5 and count lt 3",
        "count gte 5 and count eq 4 and count lt 5",
        "last_event.timestamp from 1 to 5 and last_event.timestamp gt 5",
        "username eq a and not username eq a",
        "not (count lt 5) or not (count gt 9)",
        "count from 9 to 1 or b between ['john', adam]",
        "count gt null or username between [null, z]",
    ]);
    insta::assert_snapshot!(page);
}

/// What is said to hold never or always does, in both dialects.
#[cfg(feature = "eval")]
#[test]
fn what_is_said_of_chains_is_true() {
    use netskope_query::{Dialect, Filter};
    use serde_json::json;

    let values = [
        "5", "'5'", "6", "'007'", "a", "A", "é", "''", "null", "true", "1.5", "0", "Disabled",
        "enabled",
    ];
    let operators = ["eq", "neq", "gt", "gte", "lt", "lte", "like"];
    let mut conditions = vec![
        "in [5, a, 0]".to_owned(),
        "not_in [5, a, 0]".into(),
        "from 1 to 5".into(),
    ];
    for operator in operators {
        conditions.extend(values.map(|value| format!("{operator} {value}")));
    }
    let texts = [
        json!(null),
        json!(""),
        json!("a"),
        json!("A"),
        json!("é"),
        json!("É"),
        json!("5"),
        json!("007"),
        json!("true"),
    ];
    let numbers = [
        json!(null),
        json!(0),
        json!(1.5),
        json!(4),
        json!(5),
        json!(5.5),
        json!(6),
        json!(7),
    ];
    let codes = [
        json!(null),
        json!(0),
        json!(1),
        json!(5),
        json!("Disabled"),
        json!("Enabled"),
        json!("Unmanaged"),
        json!("x"),
    ];
    let mut claims = [0, 0];
    for (name, records) in [
        ("client_version", &texts[..]),
        ("count", &numbers),
        ("last_event.status", &codes),
    ] {
        for first in &conditions {
            for second in &conditions {
                for query in [
                    format!("{name} {first} and {name} {second}"),
                    format!("{name} {first} or {name} {second}"),
                    format!("{name} {first} and not {name} {second}"),
                    format!("not {name} {first} or {name} {second}"),
                ] {
                    let tree = parse(&query).expect(&query);
                    let found = check(&tree, &SCHEMA);
                    let says =
                        |words: &str| found.iter().any(|found| found.message.contains(words));
                    let (never, always) = (says("never both true"), says("true of every record"));
                    claims[0] += usize::from(never);
                    claims[1] += usize::from(always);
                    if !never && !always {
                        continue;
                    }
                    for dialect in [Dialect::SkopeIt, Dialect::Jql] {
                        let filter = Filter::compile(&tree, dialect, &SCHEMA).expect("it runs");
                        for value in records {
                            let record = json!({"client_version": value, "count": value, "last_event": {"status": value}});
                            assert_eq!(
                                filter.matches(&record),
                                always,
                                "{query}: {record} {dialect:?}"
                            );
                        }
                    }
                }
            }
        }
    }
    assert!(claims.iter().all(|count| *count > 100), "{claims:?}");
}

#[test]
fn each_kind_of_finding_is_bounded() {
    let conditions = [
        "zz{} eq 1",
        "count eq x{}",
        "last_event.status eq 1{}7",
        "last_event.timestamp eq 1{}00000000000",
        "count from 9{} to 1",
    ];
    let mut text = String::new();
    for index in 1..100 {
        for condition in conditions {
            if !text.is_empty() {
                text += " or ";
            }
            text += &condition.replace("{}", &index.to_string());
        }
    }
    let found = check(&parse(&text).expect("a query"), &SCHEMA);
    assert_eq!(found.len(), 11 * conditions.len());
    let ends: Vec<&str> = found
        .iter()
        .filter_map(|found| found.message.strip_prefix("there are more "))
        .collect();
    insta::assert_snapshot!(ends.join("\n"), @r"
    unknown fields, from here on
    values that do not fit their fields, from here on
    unknown values, from here on
    times that are not in seconds, from here on
    conditions that decide nothing, from here on
    ");
    assert!(found.is_sorted_by_key(|found| found.span.start()));
}

/// As long as texts may be, and all of it worth a word.
#[test]
fn long_queries_take_no_longer_than_their_length() {
    let long = "x".repeat(5_000);
    for (joint, condition) in [
        (" and ", "username eq a{}"),
        (" or ", "username neq a"),
        (" and ", "count gt {} and count lt 0"),
        (" or ", "last_event.status in [a, b, c, d, e, f, g, {}]"),
        (" or ", "last_event.status in [0, 1, 3, 4, 5, 6, 7, 8]"),
        (" or ", "last_event.status like abled"),
        (" or ", "last_event.status like 'y{}'"),
        (" or ", "last_event.timestamp gt {}00000000000000"),
        (" and ", "client_version gt 1.{}"),
        (" and ", "username eq {long}{}"),
        (" and ", "last_event.status eq {long}"),
        (", ", "last_event.status in [{long}"),
        (", ", "count in [1{}"),
    ] {
        let mut text = String::new();
        for index in 0.. {
            let opened = index > 0 && joint == ", ";
            let condition = if opened { "'{}'" } else { condition };
            let more = condition
                .replace("{}", &index.to_string())
                .replace("{long}", &long);
            if text.len() + joint.len() + more.len() + 1 > MAX_LENGTH {
                break;
            }
            if index > 0 {
                text += joint;
            }
            text += &more;
        }
        if joint == ", " {
            text += "]";
        }
        let tree = parse(&text).expect("within the limits");
        let found = soon(condition, || check(&tree, &SCHEMA));
        assert!(found.len() <= 22, "{condition}");
    }
}

/// What is found in each query, and what its fixes make of it.
fn page(queries: &[&str]) -> String {
    let mut page = String::new();
    for query in queries {
        let found = check(&parse(query).expect(query), &SCHEMA);
        assert!(!found.is_empty(), "{query}");
        for diagnostic in &found {
            assert_ne!(diagnostic.severity, Severity::Error);
            writeln!(page, "{}", Report::new(query, diagnostic)).expect("a string takes all");
            if let Some(fix) = &diagnostic.fix {
                let fixed = fix.apply(query);
                let left = check(&parse(&fixed).expect("a mended query"), &SCHEMA);
                assert!(left.len() < found.len(), "{fixed}");
                writeln!(page, "fixed: {fixed}").expect("a string takes all");
            }
            page.push('\n');
        }
    }
    page
}
