//! The figures as people read them.

use super::figures::{Figure, Figures};

/// A table for each task and unit: a line for each engine, a column for each query.
pub(super) fn parts(figures: &Figures) -> Vec<String> {
    let parts = unique(figures.iter().map(|figure| (&figure.task, figure.unit)));
    let of = |(task, unit): (&String, &str)| {
        let inside = |figure: &&Figure| figure.task == *task && figure.unit == unit;
        format!(
            "{task}, {unit}\n{}",
            table(&figures.iter().filter(inside).collect::<Vec<_>>())
        )
    };
    parts.into_iter().map(of).collect()
}

fn table(figures: &[&Figure]) -> String {
    let engines = unique(figures.iter().map(|figure| &figure.engine));
    let queries = unique(figures.iter().map(|figure| &figure.query));
    let mut text = line("", queries.iter().map(|query| (*query).clone()));
    for engine in engines {
        let cells = queries.iter().map(|query| {
            let mut all = figures.iter();
            let found = all.find(|figure| (&figure.query, &figure.engine) == (*query, engine));
            found.map_or_else(|| "-".to_owned(), |figure| plain(figure.median()))
        });
        text += &line(engine, cells);
    }
    text
}

fn unique<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for one in all {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen
}

fn line(first: &str, cells: impl Iterator<Item = String>) -> String {
    let cells = cells.map(|cell| format!("{cell:>11}"));
    format!("{first:<19}{}\n", cells.collect::<String>())
}

/// Whole from a hundred on.
fn plain(value: f64) -> String {
    if value < 100.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}
