//! The query language beside its peers.

use anyhow::Result;

use super::figures::{Figure, Figures};
use super::goals::{Goal, Row, is_ours, rows};
use super::{build, callgrind, report};
use crate::command::{Run, cargo};
use crate::toolchain;

const PACKAGE: &str = "netskope-query-bench";
/// The function of the bench in which every piece of work is done.
const MEASURED: &str = "netskope_query_bench::measure::measured";
const NANOSECONDS: &str = "ns";
const INSTRUCTIONS: &str = "instructions";

const fn parsing(
    ours: &'static str,
    queries: &'static [&'static str],
    peer: &'static str,
    ratio: f64,
) -> Goal {
    Goal {
        task: "parse",
        queries,
        unit: INSTRUCTIONS,
        ours,
        peer,
        ratio,
    }
}

const fn evaluating(peer: &'static str, ratio: f64) -> Goal {
    Goal {
        task: "evaluate",
        queries: &[],
        unit: NANOSECONDS,
        ours: "ours",
        peer,
        ratio,
    }
}

/// What was asked of parsing can be read in two ways, with compilation or without, and so stands there twice.
const GOALS: &[Goal] = &[
    parsing("ours+compile", &["Q1", "Q5"], "wirefilter", 1.0),
    parsing("ours+compile", &["Q1", "Q5"], "wirefilter+compile", 1.0),
    parsing("ours+compile", &[], "evalexpr", 5.0),
    parsing("ours+compile", &[], "sqlparser", 9.0),
    parsing("ours+compile", &[], "cel", 50.0),
    parsing("ours", &[], "evalexpr", 5.0),
    parsing("ours", &[], "sqlparser", 9.0),
    parsing("ours", &[], "cel", 50.0),
    evaluating("closure", 1.0 / 1.5),
    evaluating("wirefilter", 1.0),
    evaluating("value-walk", 10.0),
    evaluating("cel", 100.0),
];

/// Two queries, how many times as many of the same predicates the second has, and how many times as much it may take.
const GROWTH: (&str, &str, f64, f64) = ("Q7", "Q10", 10.0, 12.0);

/// Times, all engines in one process, and instructions of the same program.
pub(super) fn run() -> Result<()> {
    toolchain::valgrind::ensure()?;
    let program = build(PACKAGE)?;
    let mut figures = Figures::of_times(&Run::new(&program).args(["times"]).shown().read()?)?;
    figures.extend(callgrind::count(&program, MEASURED)?);
    let mut rows = rows(&figures, &peer_names()?, GOALS);
    rows.extend(growth(&figures));
    report("query", &figures, &rows)
}

/// The crates that the bench uses, each with its version: `cel 0.15.0`.
fn peer_names() -> Result<Vec<String>> {
    let tree = cargo()
        .args(["tree", "--package", PACKAGE, "--depth", "1"])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .read()?;
    Ok(tree
        .lines()
        .map(|line| line.replacen(" v", " ", 1))
        .collect())
}

/// How much more many predicates take than few, beside what is linear.
fn growth(figures: &Figures) -> Vec<Row> {
    let (few, many, linear, allowed) = GROWTH;
    let of = |query: &str, like: &Figure| {
        let mut all = figures.iter();
        all.find(|other| {
            (&other.task, &other.engine, &other.unit) == (&like.task, &like.engine, &like.unit)
                && other.query == query
        })
    };
    let ours = figures
        .iter()
        .filter(|figure| is_ours(figure) && figure.query == few);
    let grown = ours.filter_map(|first| {
        let factor = of(many, first)?.median() / first.median();
        Some(Row {
            task: first.task.clone(),
            query: format!("{many}/{few}"),
            engine: first.engine.clone(),
            unit: first.unit.clone(),
            ours: factor,
            peer: linear,
            peer_name: "linear growth".to_owned(),
            ratio: linear / factor,
            goal: (first.unit == INSTRUCTIONS).then_some(linear / allowed),
        })
    });
    grown.collect()
}

#[cfg(test)]
mod tests {
    use super::super::verdict;
    use super::*;
    use serde_json::json;

    fn figures(lines: &[(&str, &str, f64)]) -> Figures {
        let line = |(query, engine, _): &(&str, &str, f64)| {
            json!({ "task": "parse", "query": query, "engine": engine, "unit": INSTRUCTIONS, "times": 1 }).to_string()
        };
        let text: Vec<_> = lines.iter().map(line).collect();
        let mut counts = lines.iter().map(|(.., count)| Ok(*count));
        Figures::of_counts(&text.join("\n"), &mut || counts.next().unwrap()).unwrap()
    }

    #[test]
    fn a_goal_is_missed_by_the_least_bit() {
        let names = [
            "wirefilter-engine 0.6.1".to_owned(),
            "cel 0.15.0".to_owned(),
        ];
        let figures = figures(&[
            ("Q1", "ours+compile", 100.0),
            ("Q1", "wirefilter+compile", 99.0),
            ("Q1", "cel", 5000.0),
            ("Q7", "ours+compile", 1000.0),
            ("Q10", "ours+compile", 12_000.0),
        ]);
        let mut rows = rows(&figures, &names, GOALS);
        rows.extend(growth(&figures));
        let json: Vec<_> = rows.iter().map(Row::json).collect();
        assert_eq!(json[0]["peer_name"], "wirefilter-engine 0.6.1 + compile");
        assert_eq!(
            (&json[1]["ratio"], &json[1]["goal"]),
            (&json!(50.0), &json!(50.0))
        );
        assert_eq!(json[2]["name"], "parse Q10/Q7 ours+compile");
        let verdict = verdict::table(&rows);
        let first = verdict.lines().next().unwrap();
        assert!(first.starts_with("| 2 of 3 reached"), "{verdict}");
        assert!(
            verdict.contains("1.00 |  0.99 |  0.99 |        Q1 |"),
            "{verdict}"
        );
    }
}
