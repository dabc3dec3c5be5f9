//! What was to be reached, and what was.

use serde_json::{Value, json};

use super::figures::{Figure, Figures, INSTRUCTIONS, NANOSECONDS};

/// Ours beside one peer.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) task: String,
    pub(super) query: String,
    pub(super) engine: String,
    pub(super) unit: &'static str,
    ours: f64,
    peer: f64,
    pub(super) peer_name: String,
    /// How many times better than the peer ours is.
    pub(super) ratio: f64,
    pub(super) goal: Option<f64>,
}

/// The least ratio that was asked for.
struct Goal {
    task: &'static str,
    /// The queries it was asked for; none means all.
    queries: &'static [&'static str],
    unit: &'static str,
    ours: &'static str,
    peer: &'static str,
    ratio: f64,
}

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

/// Each of our engines beside each peer that did the same work; `names` are the peers with their versions.
pub(super) fn rows(figures: &Figures, names: &[String]) -> Vec<Row> {
    let mut rows = Vec::new();
    for ours in figures.iter().filter(|figure| is_ours(figure)) {
        let same = |other: &&Figure| {
            (&other.task, &other.query, other.unit) == (&ours.task, &ours.query, ours.unit)
                && !is_ours(other)
        };
        rows.extend(
            figures
                .iter()
                .filter(same)
                .map(|peer| compare(ours, peer, names)),
        );
    }
    rows.extend(growth(figures));
    rows
}

fn is_ours(figure: &Figure) -> bool {
    figure.engine.starts_with("ours")
}

fn compare(ours: &Figure, peer: &Figure, names: &[String]) -> Row {
    let goal = GOALS.iter().find(|goal| {
        (goal.task, goal.unit, goal.ours, goal.peer)
            == (
                ours.task.as_str(),
                ours.unit,
                ours.engine.as_str(),
                peer.engine.as_str(),
            )
            && (goal.queries.is_empty() || goal.queries.contains(&ours.query.as_str()))
    });
    Row {
        task: ours.task.clone(),
        query: ours.query.clone(),
        engine: ours.engine.clone(),
        unit: ours.unit,
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

/// How much more many predicates take than few, beside what is linear.
fn growth(figures: &Figures) -> Vec<Row> {
    let (few, many, linear, allowed) = GROWTH;
    let of = |query: &str, like: &Figure| {
        let mut all = figures.iter();
        all.find(|other| {
            (&other.task, &other.engine, other.unit) == (&like.task, &like.engine, like.unit)
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
            unit: first.unit,
            ours: factor,
            peer: linear,
            peer_name: "linear growth".to_owned(),
            ratio: linear / factor,
            goal: (first.unit == INSTRUCTIONS).then_some(linear / allowed),
        })
    });
    grown.collect()
}

impl Row {
    pub(super) fn reached(&self) -> bool {
        self.goal.is_none_or(|goal| self.ratio >= goal)
    }

    /// Whether both rows belong to the same goal.
    pub(super) fn asks_like(&self, other: &Self) -> bool {
        (&self.task, &self.engine, &self.peer_name, self.unit)
            == (&other.task, &other.engine, &other.peer_name, other.unit)
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

#[cfg(test)]
mod tests {
    use super::super::verdict;
    use super::*;

    fn figures(lines: &[(&str, &str, f64)]) -> Figures {
        let line = |(query, engine, _): &(&str, &str, f64)| {
            json!({ "task": "parse", "query": query, "engine": engine, "times": 1 }).to_string()
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
        let rows = rows(&figures, &names);
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
