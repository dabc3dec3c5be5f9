//! From text to a tree, and to something that runs.

use crate::devices::Device;
use crate::evaluation::compile;
use crate::languages::{CEL, EVALEXPR, Language, SQL, WIREFILTER};
use crate::measure::{Case, Engine};
use crate::queries::{Query, to_parse};
use crate::scheme::scheme;
use netskope_query::parse;
use sqlparser::{dialect::GenericDialect, parser::Parser};
use std::hint::black_box;
use wirefilter::FilterAst;

/// All queries with all engines; each run reads the text and drops what it made of it.
pub(crate) fn cases() -> impl Iterator<Item = Case> {
    to_parse().into_iter().map(|query| Case {
        task: "parse",
        query: query.name,
        runs: 100,
        engines: engines(&query),
    })
}

fn engines(query: &Query) -> Vec<Engine> {
    let [ours, ours_compiled] = [(); 2].map(|()| query.whole(&query.text));
    let [wire, wire_compiled] = [(); 2].map(|()| translated(query, &WIREFILTER));
    let [arithmetic, sql, cel] =
        [&EVALEXPR, &SQL, &CEL].map(|language| translated(query, language));
    let scheme = scheme();
    vec![
        engine("ours", move || parse(black_box(&ours)).is_ok()),
        engine("ours+compile", move || {
            let filter = parse(black_box(&ours_compiled)).map(|tree| compile::<Device>(&tree));
            black_box(&filter).is_ok()
        }),
        engine("wirefilter", move || scheme.parse(black_box(&wire)).is_ok()),
        engine("wirefilter+compile", move || {
            let filter = scheme
                .parse(black_box(&wire_compiled))
                .map(FilterAst::compile);
            black_box(&filter).is_ok()
        }),
        engine("evalexpr", move || {
            evalexpr::build_operator_tree(black_box(&arithmetic)).is_ok()
        }),
        engine("sqlparser", move || {
            let parser = Parser::new(&GenericDialect {}).with_recursion_limit(1000);
            let expr = parser
                .try_with_sql(black_box(&sql))
                .and_then(|mut parser| parser.parse_expr());
            black_box(&expr).is_ok()
        }),
        engine("cel", move || {
            cel::Program::compile(black_box(&cel)).is_ok()
        }),
    ]
}

/// A query that an engine does not read would be no comparison.
fn engine(name: &'static str, read: impl Fn() -> bool + 'static) -> Engine {
    Engine {
        name,
        works: 1,
        work: Box::new(move || assert!(black_box(read()), "{name} cannot read the query")),
    }
}

fn translated(query: &Query, language: &Language) -> String {
    let tree = parse(&query.text).expect("the queries of this bench are right");
    query.whole(&language.write(&tree))
}
