//! From text to a tree, and to something that runs.

use crate::languages::{CEL, EVALEXPR, Language, SQL, WIREFILTER};
use crate::measure::{Case, Work};
use crate::queries::{Query, to_parse};
use netskope_query::parse;
use sqlparser::{dialect::GenericDialect, parser::Parser};
use std::hint::black_box;
use wirefilter::{FilterAst, Scheme, Type};

const FIELDS: &[(&str, Type)] = &[
    ("host_info.hostname", Type::Bytes),
    ("host_info.os", Type::Int),
    ("last_event.status", Type::Int),
    ("last_event.event", Type::Int),
    ("last_event.actor", Type::Int),
    ("users.username", Type::Bytes),
];

/// All queries with all engines; each run reads the text and drops what it made of it.
pub(crate) fn cases() -> impl Iterator<Item = Case> {
    to_parse().into_iter().map(|query| Case {
        task: "parse",
        query: query.name,
        runs: 100,
        works_per_run: 1,
        engines: engines(&query),
    })
}

fn engines(query: &Query) -> Vec<(&'static str, Work)> {
    let ours = query.whole(&query.text);
    let [wire, wire_compile] = [(); 2].map(|()| translated(query, &WIREFILTER));
    let (arithmetic, sql, cel) = (
        translated(query, &EVALEXPR),
        translated(query, &SQL),
        translated(query, &CEL),
    );
    let scheme = scheme();
    vec![
        work("ours", move || parse(black_box(&ours)).is_ok()),
        work("wirefilter", move || scheme.parse(black_box(&wire)).is_ok()),
        work("wirefilter+compile", move || {
            let filter = scheme
                .parse(black_box(&wire_compile))
                .map(FilterAst::compile);
            black_box(&filter).is_ok()
        }),
        work("evalexpr", move || {
            evalexpr::build_operator_tree(black_box(&arithmetic)).is_ok()
        }),
        work("sqlparser", move || {
            let parser = Parser::new(&GenericDialect {}).with_recursion_limit(1000);
            let expr = parser
                .try_with_sql(black_box(&sql))
                .and_then(|mut parser| parser.parse_expr());
            black_box(&expr).is_ok()
        }),
        work("cel", move || {
            cel::Program::compile(black_box(&cel)).is_ok()
        }),
    ]
}

/// One engine; a query that it does not read would be no comparison.
fn work(name: &'static str, mut read: impl FnMut() -> bool + 'static) -> (&'static str, Work) {
    (
        name,
        Box::new(move || assert!(black_box(read()), "{name} cannot read the query")),
    )
}

fn translated(query: &Query, language: &Language) -> String {
    let tree = parse(&query.text).expect("the queries of this bench are right");
    query.whole(&language.write(&tree))
}

/// Lives as long as the program, because what is parsed with it borrows it.
fn scheme() -> &'static Scheme {
    let fields = FIELDS
        .iter()
        .map(|(name, kind)| ((*name).to_owned(), *kind));
    let scheme = Scheme::try_from_iter(fields).expect("each field stands there once");
    Box::leak(Box::new(scheme))
}
