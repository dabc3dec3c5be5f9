//! The figures as people read them.

use super::figures::{Figure, Figures};

/// A table for each task and unit: a line for each engine, a column for each query.
pub(super) fn parts(figures: &Figures) -> Vec<String> {
    let parts = unique(figures.iter().map(|figure| (&figure.task, &figure.unit)));
    let of = |(task, unit): (&String, &String)| {
        let inside = |figure: &&Figure| figure.task == *task && figure.unit == *unit;
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
    let mut lines = vec![queries.iter().map(|query| (*query).clone()).collect()];
    for engine in &engines {
        let cell = |query: &&String| {
            let mut all = figures.iter();
            let found = all.find(|figure| (&figure.query, &figure.engine) == (*query, *engine));
            found.map_or_else(String::new, |figure| plain(figure.median()))
        };
        lines.push(queries.iter().map(cell).collect());
    }
    let names = [""]
        .into_iter()
        .chain(engines.iter().map(|engine| engine.as_str()));
    markdown(&names.zip(lines).collect::<Vec<_>>())
}

/// Figures to the right, as Markdown that can be read as it stands.
pub(super) fn markdown(lines: &[(&str, Vec<String>)]) -> String {
    let Some(((corner, head), rest)) = lines.split_first() else {
        return String::new();
    };
    let first = widest(lines.iter().map(|(name, _)| *name));
    let column = |at: usize| lines.iter().map(move |(_, cells)| cells[at].as_str());
    let widths: Vec<_> = (0..head.len()).map(|at| widest(column(at))).collect();
    let line = |name: &str, cells: &[String]| {
        let cells = cells.iter().zip(&widths);
        let cells = cells.map(|(cell, &width)| format!(" {cell:>width$} |"));
        format!("| {name:<first$} |{}\n", cells.collect::<String>())
    };
    let rules = widths.iter().map(|width| "-".repeat(width - 1) + ":");
    let mut text = line(corner, head) + &line(&"-".repeat(first), &rules.collect::<Vec<_>>());
    text.extend(rest.iter().map(|(name, cells)| line(name, cells)));
    text
}

/// At least as wide as Markdown's own line.
fn widest<'c>(cells: impl Iterator<Item = &'c str>) -> usize {
    cells.map(str::len).max().unwrap_or(0).max(4)
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

/// Whole from a hundred on, with a comma between thousands.
fn plain(value: f64) -> String {
    if value < 100.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        assert_eq!(
            [99.94, 100.0, 999.6, 1234.0, 1_234_567.0].map(plain),
            ["99.9", "100", "1,000", "1,234", "1,234,567"]
        );
    }

    #[test]
    fn tables_are_markdown() {
        let lines = [
            ("", vec!["Q1".to_owned()]),
            ("ours", vec!["12,345".to_owned()]),
        ];
        assert_eq!(
            markdown(&lines),
            "|      |     Q1 |\n| ---- | -----: |\n| ours | 12,345 |\n"
        );
    }
}
