//! What was to be reached, and what was.

use serde_json::{Value, json};

use super::figures::{Figure, Figures};

/// Ours beside one peer.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) task: String,
    pub(super) query: String,
    pub(super) engine: String,
    pub(super) unit: String,
    pub(super) ours: f64,
    pub(super) peer: f64,
    pub(super) peer_name: String,
    /// How many times better than the peer ours is.
    pub(super) ratio: f64,
    pub(super) goal: Option<f64>,
}

/// The least ratio that was asked for.
pub(super) struct Goal {
    pub(super) task: &'static str,
    /// The queries it was asked for; none means all.
    pub(super) queries: &'static [&'static str],
    pub(super) unit: &'static str,
    pub(super) ours: &'static str,
    pub(super) peer: &'static str,
    pub(super) ratio: f64,
}

/// Each of our engines beside each peer that did the same work; `names` are the peers with their versions.
pub(super) fn rows(figures: &Figures, names: &[String], goals: &[Goal]) -> Vec<Row> {
    let mut rows = Vec::new();
    for ours in figures.iter().filter(|figure| is_ours(figure)) {
        let same = |other: &&Figure| {
            (&other.task, &other.query, &other.unit) == (&ours.task, &ours.query, &ours.unit)
                && !is_ours(other)
        };
        rows.extend(
            figures
                .iter()
                .filter(same)
                .map(|peer| compare(ours, peer, names, goals)),
        );
    }
    rows
}

pub(super) fn is_ours(figure: &Figure) -> bool {
    figure.engine.starts_with("ours")
}

fn compare(ours: &Figure, peer: &Figure, names: &[String], goals: &[Goal]) -> Row {
    let goal = goals.iter().find(|goal| {
        (goal.task, goal.unit, goal.ours, goal.peer)
            == (
                ours.task.as_str(),
                ours.unit.as_str(),
                ours.engine.as_str(),
                peer.engine.as_str(),
            )
            && (goal.queries.is_empty() || goal.queries.contains(&ours.query.as_str()))
    });
    Row {
        task: ours.task.clone(),
        query: ours.query.clone(),
        engine: ours.engine.clone(),
        unit: ours.unit.clone(),
        ours: ours.median(),
        peer: peer.median(),
        peer_name: full_name(&peer.engine, names),
        ratio: ours.times_less_than(peer),
        goal: goal.map(|goal| goal.ratio),
    }
}

/// `wirefilter-engine 0.6.1 + compile` for `wirefilter+compile`; what is no crate keeps its name.
fn full_name(engine: &str, names: &[String]) -> String {
    let (name, more) = engine.split_once('+').unwrap_or((engine, ""));
    let known = names.iter().find(|known| known.starts_with(name));
    let name = known.map_or(name, String::as_str);
    if more.is_empty() {
        name.to_owned()
    } else {
        format!("{name} + {more}")
    }
}

impl Row {
    pub(super) fn reached(&self) -> bool {
        self.goal.is_none_or(|goal| self.ratio >= goal)
    }

    /// Whether both rows belong to the same goal.
    pub(super) fn asks_like(&self, other: &Self) -> bool {
        (&self.task, &self.engine, &self.peer_name, &self.unit)
            == (&other.task, &other.engine, &other.peer_name, &other.unit)
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "name": format!("{} {} {}", self.task, self.query, self.engine),
            "unit": self.unit,
            "ours": rounded(self.ours),
            "peer": rounded(self.peer),
            "peer_name": self.peer_name,
            "ratio": rounded(self.ratio),
            "goal": self.goal.map(rounded),
        })
    }
}

/// Four digits: more would be noise.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
