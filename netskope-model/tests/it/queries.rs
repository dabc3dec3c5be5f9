//! What is said of the queries that people write.

use crate::recorded::fixtures;
use netskope_model::v1::clients::Query;
use std::{collections::BTreeSet, fmt::Write, fs};

/// Every well-formed line of the collected queries. Most are about other records, whose fields no device has, and so those
/// are left out of which nothing but that is said.
#[test]
fn collected_queries_give_no_false_alarm() {
    let Some(folder) = fixtures() else { return };
    let path = folder.join("../reference/queries.tsv");
    let lines = fs::read_to_string(&path).unwrap();
    let queries = lines
        .lines()
        .filter_map(|line| Query::parse(line.split('\t').next()?).ok());
    let (mut silent, mut page) = (BTreeSet::new(), String::new());
    for query in queries {
        let found = query.warnings();
        let foreign = "check the spelling; the server may know fields that are not listed here";
        if found.is_empty() {
            silent.insert(query.text().to_owned());
        }
        if found
            .iter()
            .all(|found| found.help.as_deref() == Some(foreign))
        {
            continue;
        }
        writeln!(page, "{}", query.text()).unwrap();
        for found in found {
            let place = query.text().get(found.span.range()).unwrap();
            let help = found.help.unwrap_or_default();
            writeln!(
                page,
                "  {place}: {:?}: {}; {help}",
                found.severity, found.message
            )
            .unwrap();
        }
    }
    let silent: Vec<String> = silent.into_iter().collect();
    insta::assert_snapshot!(format!("{page}\nnothing to say:\n{}", silent.join("\n")));
}
