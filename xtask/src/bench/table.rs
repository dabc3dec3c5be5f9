//! The figures as people read them.

use super::figures::{Figure, Figures};

/// A table for each task and unit: a line for each query, a column for each engine.
pub(super) fn parts(figures: &Figures) -> Vec<String> {
    let mut parts: Vec<(&str, &str)> = Vec::new();
    for figure in figures.iter() {
        let part = (figure.task.as_str(), figure.unit);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let of = |(task, unit): (&str, &str)| {
        let inside: Vec<_> = figures
            .iter()
            .filter(|figure| figure.task == task && figure.unit == unit)
            .collect();
        format!("{task}, {unit}\n{}", one(&inside))
    };
    parts.into_iter().map(of).collect()
}

fn one(figures: &[&Figure]) -> String {
    let (mut engines, mut queries) = (Vec::new(), Vec::new());
    for figure in figures {
        for (list, name) in [
            (&mut engines, &figure.engine),
            (&mut queries, &figure.query),
        ] {
            if !list.contains(&name) {
                list.push(name);
            }
        }
    }
    let mut text = line("", engines.iter().map(|engine| engine.as_str()));
    for query in queries {
        let cells = engines.iter().map(|engine| {
            let mut all = figures.iter();
            let found = all.find(|figure| (&figure.query, &figure.engine) == (query, *engine));
            found.map_or_else(|| "-".to_owned(), |figure| plain(figure.median()))
        });
        text += &line(query, cells);
    }
    text
}

fn line(first: &str, cells: impl Iterator<Item = impl AsRef<str>>) -> String {
    let cells = cells.map(|cell| format!("{:>19}", cell.as_ref()));
    format!("{first:<4}{}\n", cells.collect::<String>())
}

/// Whole from a hundred on.
fn plain(value: f64) -> String {
    if value < 100.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}
