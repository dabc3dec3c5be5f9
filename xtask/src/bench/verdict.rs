//! Whether what was asked is reached.

use super::goals::Row;
use super::table::markdown;

/// A line for each goal, with what was reached over its queries, and how many of all are.
pub(super) fn table(rows: &[Row]) -> String {
    let asked: Vec<_> = rows.iter().filter(|row| row.goal.is_some()).collect();
    let reached = asked.iter().filter(|row| row.reached()).count();
    let mut names = vec![format!("{reached} of {} reached", asked.len())];
    let head = ["beside", "asked", "least", "most", "missed by"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for goal in goals(&asked) {
        if let Some(first) = goal.first() {
            names.push(format!("{} {}, {}", first.task, first.engine, first.unit));
            lines.push(line(first, &goal));
        }
    }
    let names = names.iter().map(String::as_str);
    markdown(&names.zip(lines).collect::<Vec<_>>())
}

/// The rows of each goal.
fn goals<'r>(asked: &[&'r Row]) -> Vec<Vec<&'r Row>> {
    let mut goals: Vec<Vec<&Row>> = Vec::new();
    for row in asked {
        match goals.iter_mut().find(|goal| goal[0].asks_like(row)) {
            Some(goal) => goal.push(row),
            None => goals.push(vec![row]),
        }
    }
    goals
}

fn line(first: &Row, goal: &[&Row]) -> Vec<String> {
    let ratios = || goal.iter().map(|row| row.ratio);
    let missed = goal.iter().filter(|row| !row.reached());
    vec![
        first.peer_name.clone(),
        format!("{:.2}", first.goal.unwrap_or_default()),
        format!("{:.2}", ratios().fold(f64::INFINITY, f64::min)),
        format!("{:.2}", ratios().fold(0.0, f64::max)),
        missed
            .map(|row| row.query.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    ]
}
