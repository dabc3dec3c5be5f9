//! By the clock, in turns; or once, for somebody who counts instructions.

use serde_json::json;
use std::time::{Duration, Instant};

/// A piece of work, ready to be done again and again.
pub(crate) type Work = Box<dyn FnMut()>;

/// One query, and the same work on it by each engine.
pub(crate) struct Case {
    pub(crate) task: &'static str,
    pub(crate) query: &'static str,
    /// How often [`once`] does it.
    pub(crate) runs: usize,
    /// How many things, such as records, a run does.
    pub(crate) works_per_run: usize,
    pub(crate) engines: Vec<(&'static str, Work)>,
}

/// What to measure: everything, or what all given words allow.
pub(crate) struct Pick<'w>(&'w [String]);

const ROUNDS: usize = 15;
const TURN: Duration = Duration::from_millis(4);

impl<'w> Pick<'w> {
    pub(crate) fn new(words: &'w [String]) -> Self {
        Self(words)
    }

    /// Keeps the engines that were asked for.
    fn restrict(&self, case: &mut Case) {
        let (task, query) = (case.task, case.query);
        case.engines.retain(|(engine, _)| {
            let names = |kind: fn(&str) -> bool, own: &str| {
                let mut asked = self.0.iter().filter(|word| kind(word)).peekable();
                asked.peek().is_none() || asked.any(|word| word == own)
            };
            names(is_task, task) && names(is_query, query) && names(is_engine, engine)
        });
    }
}

fn is_task(word: &str) -> bool {
    matches!(word, "parse" | "evaluate")
}

fn is_query(word: &str) -> bool {
    word.starts_with(['Q', 'E'])
}

fn is_engine(word: &str) -> bool {
    !is_task(word) && !is_query(word)
}

/// Prints the nanoseconds that each engine took per piece of work, one figure a round.
///
/// The engines take turns, so that whatever else the machine does hits all of them alike; compare within a round.
pub(crate) fn times(pick: &Pick<'_>, case: &mut Case) {
    pick.restrict(case);
    let turns: Vec<usize> = case
        .engines
        .iter_mut()
        .map(|(_, work)| turn(work))
        .collect();
    let mut rounds = vec![Vec::with_capacity(ROUNDS); turns.len()];
    for _ in 0..ROUNDS {
        for (((_, work), &runs), rounds) in case.engines.iter_mut().zip(&turns).zip(&mut rounds) {
            let taken = timed(work, runs).as_secs_f64() * 1e9;
            rounds.push(taken / to_f64(runs * case.works_per_run));
        }
    }
    for ((engine, _), rounds) in case.engines.iter().zip(rounds) {
        report(case, engine, &json!({ "unit": "ns", "rounds": rounds }));
    }
}

/// How many runs fill a turn.
fn turn(work: &mut Work) -> usize {
    let mut runs = 1;
    while timed(work, runs) < TURN {
        runs *= 2;
    }
    runs
}

fn timed(work: &mut Work, runs: usize) -> Duration {
    let started = Instant::now();
    measured(work, runs);
    started.elapsed()
}

/// Does each piece of work a fixed number of times, after one that does not count, and prints how many pieces that were.
pub(crate) fn once(pick: &Pick<'_>, case: &mut Case) {
    pick.restrict(case);
    for (_, work) in &mut case.engines {
        work();
        measured(work, case.runs);
    }
    for (engine, _) in &case.engines {
        report(
            case,
            engine,
            &json!({ "times": case.runs * case.works_per_run }),
        );
    }
}

/// The one function that callgrind is told to look into.
#[inline(never)]
fn measured(work: &mut Work, runs: usize) {
    for _ in 0..runs {
        work();
    }
}

fn report(case: &Case, engine: &str, figures: &serde_json::Value) {
    let mut line = json!({ "task": case.task, "query": case.query, "engine": engine });
    if let (Some(line), Some(figures)) = (line.as_object_mut(), figures.as_object()) {
        line.extend(figures.clone());
    }
    print(&line.to_string());
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn to_f64(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::print_stdout, reason = "the figures are the product")]
fn print(line: &str) {
    println!("{line}");
}

/// Says what was wrong about the arguments.
#[expect(clippy::print_stderr, reason = "a program's word to who started it")]
pub(crate) fn complain(line: &str) {
    eprintln!("{line}");
}
