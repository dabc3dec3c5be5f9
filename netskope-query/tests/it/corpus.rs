//! Every query string collected from documents and scripts.

use netskope_query::{ParseError, parse};
use std::path::PathBuf;
use std::{env, fs};

/// What becomes of a line that is no plain query: it parses, or it gives an error at this part of the text.
enum Outcome {
    Parses,
    Error(&'static str),
}

use Outcome::{Error, Parses};

/// All marked lines, and one that has no mark but lacks an `and`.
const IRREGULAR: &[(&str, Outcome)] = &[
    (
        "organization_unit neq [NAME] and activity eq Download and category eq [CAT NAME]",
        Error("[NAME]"),
    ),
    (
        "organization_unit neq [NAME] and activity eq Login and app neq Expensify",
        Error("[NAME]"),
    ),
    (
        "object like '[partial name]' OR user eq [name] and object like '[partial name]'",
        Error("[name]"),
    ),
    ("(md5 eq '<MD5>')", Parses),
    (
        "user eq <useremailaddress.com>",
        Error("<useremailaddress.com>"),
    ),
    ("host_info", Parses),
    (
        "compliance_standards.standard eq 'CSA-CCM-3.0.1')",
        Error(")"),
    ),
    (
        "app eq 'Google Drive' and instance_id eq '<yourcompany.com>' and user eq '<user@yourcompany.com>'",
        Parses,
    ),
    (
        "user like '<<Corporate domain>>' and app-cci-app-tag neq 'Sanctioned'",
        Parses,
    ),
    ("acked eq true/false", Parses),
    ("activity_status eq Access Denied", Error("Access Denied")),
    (
        "alert_category eq Suspicious Access",
        Error("Suspicious Access"),
    ),
    ("alert_query eq query string", Error("query string")),
    (
        "app_session_id eq <session ID number>",
        Error("<session ID number>"),
    ),
    (
        "connection_id eq <connection ID number>",
        Error("<connection ID number>"),
    ),
    ("count gt 1and app eq 'Google Drive'", Error("1and")),
    (
        "dlp_incident_id eq <incident-id-number>",
        Error("<incident-id-number>"),
    ),
    (
        "dlp_parent_id eq <parent ID number>",
        Error("<parent ID number>"),
    ),
    ("dst_location = 'San Jose", Error("'San Jose")),
    (
        "retro_scan_name eq Retro_Scan_onedrive_sumoskope_20180827' or'Retro_Scan_box_ENG51457TEST_20180827'",
        Error("'"),
    ),
    (
        "to_object like Folder1 activity eq Edit and to_object like Folder1",
        Error("activity"),
    ),
    ("transaction_id eq <ID>", Error("<ID>")),
];

#[test]
fn all_real_queries() {
    let Some(lines) = corpus() else { return };
    let mut wrong = Vec::new();
    let mut irregular = 0;
    for (number, line) in lines.lines().enumerate() {
        let (query, note) = line.split_once('\t').expect("a query and its source");
        let row = IRREGULAR.iter().find(|(known, _)| *known == query);
        irregular += usize::from(row.is_some());
        let marked = note.contains("[DOC-MALFORMED") || note.contains("[contains placeholder]");
        if marked && row.is_none() {
            wrong.push(format!(
                "line {}: marked, and not in the table: {query}",
                number + 1
            ));
        }
        let outcome = row.map_or(&Parses, |(_, outcome)| outcome);
        if let Err(why) = holds(query, outcome) {
            wrong.push(format!("line {}: {query}: {why}", number + 1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(lines.lines().count(), 254);
    assert_eq!(
        irregular,
        IRREGULAR.len(),
        "a row of the table is no line of the file"
    );
}

fn holds(query: &str, outcome: &Outcome) -> Result<(), String> {
    match (parse(query), outcome) {
        (Ok(tree), Parses) => {
            let printed = tree.to_string();
            let again =
                parse(&printed).map_err(|error| format!("printed as {printed}: {error}"))?;
            if again == tree {
                Ok(())
            } else {
                Err(format!("printed as {printed}, which is another tree"))
            }
        }
        (Err(error), Error(expected)) => match place(query, &error) {
            Some(found) if found == *expected => Ok(()),
            found => Err(format!("error at {found:?} instead of {expected}: {error}")),
        },
        (Ok(_), Error(_)) => Err("parses".into()),
        (Err(error), Parses) => Err(format!("error: {error}")),
    }
}

fn place<'q>(query: &'q str, error: &ParseError) -> Option<&'q str> {
    query.get(error.diagnostics().first()?.span.range())
}

/// The file, read in place; `None`, with a word on why, where it is not there.
pub(crate) fn corpus() -> Option<String> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/fixtures");
    let fixtures = env::var_os("NETSKOPE_FIXTURES").map_or_else(beside, PathBuf::from);
    let path = fixtures.join("../reference/queries.tsv");
    let read = fs::read_to_string(&path);
    if let Err(error) = &read {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("SKIPPED real queries: {}: {error}", path.display());
        }
    }
    read.ok()
}
