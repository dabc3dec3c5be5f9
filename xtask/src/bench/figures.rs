//! What the bench measured.

use anyhow::{Context, Result};
use serde_json::Value;

/// Everything measured, in the order in which it was.
#[derive(Debug, Default)]
pub(super) struct Figures(Vec<Figure>);

/// One engine's work on one query.
#[derive(Debug)]
pub(super) struct Figure {
    pub(super) task: String,
    pub(super) query: String,
    pub(super) engine: String,
    pub(super) unit: String,
    /// One figure for each round; those of the same round were measured side by side.
    rounds: Vec<f64>,
}

impl Figures {
    /// Reads what `times` printed.
    pub(super) fn of_times(lines: &str) -> Result<Self> {
        let read = |line: &str| {
            let json: Value = serde_json::from_str(line)?;
            let rounds = json["rounds"].as_array().context("no rounds")?.iter();
            let rounds = rounds.map(|round| round.as_f64().context("no number"));
            Figure::read(&json, rounds.collect::<Result<_>>()?)
        };
        lines.lines().map(read).collect::<Result<_>>().map(Self)
    }

    /// Reads what `once` printed, with the total of each line's work from `next`.
    pub(super) fn of_counts(lines: &str, next: &mut dyn FnMut() -> Result<f64>) -> Result<Self> {
        let read = |line: &str| {
            let json: Value = serde_json::from_str(line)?;
            let times = json["times"].as_f64().context("not said how often")?;
            Figure::read(&json, vec![next()? / times])
        };
        lines.lines().map(read).collect::<Result<_>>().map(Self)
    }

    /// Adds a round of an engine's work.
    pub(super) fn note(&mut self, task: &str, query: &str, engine: &str, unit: &str, round: f64) {
        let mut figures = self.0.iter_mut();
        let known = figures.find(|figure| {
            (
                &*figure.task,
                &*figure.query,
                &*figure.engine,
                &*figure.unit,
            ) == (task, query, engine, unit)
        });
        match known {
            Some(figure) => figure.rounds.push(round),
            None => self.0.push(Figure {
                task: task.to_owned(),
                query: query.to_owned(),
                engine: engine.to_owned(),
                unit: unit.to_owned(),
                rounds: vec![round],
            }),
        }
    }

    pub(super) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Figure> {
        self.0.iter()
    }
}

impl Figure {
    fn read(json: &Value, rounds: Vec<f64>) -> Result<Self> {
        let word = |name: &str| {
            let word = json[name].as_str();
            word.map(str::to_owned)
                .with_context(|| format!("the bench printed no {name}"))
        };
        Ok(Self {
            task: word("task")?,
            query: word("query")?,
            engine: word("engine")?,
            unit: word("unit")?,
            rounds,
        })
    }

    /// The median of all rounds.
    pub(super) fn median(&self) -> f64 {
        median(self.rounds.clone())
    }

    /// How many times less this is than the other: the median of the rounds' own ratios.
    pub(super) fn times_less_than(&self, other: &Self) -> f64 {
        let rounds = self.rounds.iter().zip(&other.rounds);
        median(rounds.map(|(own, other)| other / own).collect())
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: &str = r#"{"task":"parse","query":"Q1","engine":"ours","unit":"ns","rounds":[1.0,9.0,2.0]}
{"task":"parse","query":"Q1","engine":"cel","unit":"ns","rounds":[4.0,90.0,6.0]}"#;

    #[test]
    fn ratios_are_of_the_same_round() {
        let Figures(figures) = Figures::of_times(TIMES).unwrap();
        let [ours, cel] = &figures[..] else {
            panic!("two lines")
        };
        let figures = (ours.median(), cel.median(), ours.times_less_than(cel));
        assert_eq!(figures, (2.0, 6.0, 4.0));
    }

    #[test]
    fn counts_are_of_one_piece_of_work() {
        let line = r#"{"task":"parse","query":"Q1","engine":"ours","unit":"ns","times":100}"#;
        let Figures(figures) = Figures::of_counts(line, &mut || Ok(1200.0)).unwrap();
        assert_eq!(figures[0].median().to_string(), "12");
        assert!(Figures::of_counts("{}", &mut || Ok(0.0)).is_err());
    }
}
