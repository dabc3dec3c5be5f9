//! By the processor's clock, in turns; or once, for somebody who counts instructions.

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};
use std::time::Duration;

/// Work that can be done again and again.
type Work = Box<dyn Fn()>;

/// One query, and the same work on it by each engine.
pub(crate) struct Case {
    pub(crate) task: &'static str,
    pub(crate) query: &'static str,
    /// How often [`once`] does it.
    pub(crate) runs: usize,
    pub(crate) engines: Vec<Engine>,
}

/// One way to do the work.
pub(crate) struct Engine {
    pub(crate) name: &'static str,
    /// How many things, such as records, one go does.
    pub(crate) works: usize,
    pub(crate) work: Work,
}

/// What to measure: everything, or what all given words allow.
pub(crate) struct Pick<'w>(&'w [String]);

const ROUNDS: usize = 15;
const TURN: Duration = Duration::from_millis(4);

impl<'w> Pick<'w> {
    pub(crate) fn new(words: &'w [String]) -> Self {
        Self(words)
    }

    /// Whether this task is wanted.
    pub(crate) fn task(&self, name: &str) -> bool {
        self.allows(is_task, name)
    }

    /// Keeps the engines that are wanted.
    pub(crate) fn restrict(&self, case: &mut Case) {
        let query = self.allows(is_query, case.query);
        case.engines
            .retain(|engine| query && self.allows(is_engine, engine.name));
    }

    /// Whether no word of the kind was given, or this one.
    fn allows(&self, kind: fn(&str) -> bool, own: &str) -> bool {
        let mut asked = self.0.iter().filter(|word| kind(word)).peekable();
        asked.peek().is_none() || asked.any(|word| word == own)
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

/// Prints the nanoseconds of processor time that each engine took per piece of work, one figure a round.
///
/// The engines take turns, so that whatever else the machine does hits all of them alike; compare within a round.
pub(crate) fn times(case: &Case) {
    let runs: Vec<usize> = case.engines.iter().map(turn).collect();
    let mut rounds = vec![Vec::with_capacity(ROUNDS); runs.len()];
    for _ in 0..ROUNDS {
        for ((engine, &runs), rounds) in case.engines.iter().zip(&runs).zip(&mut rounds) {
            let taken = timed(engine, runs).as_secs_f64() * 1e9;
            rounds.push(taken / to_f64(runs * engine.works));
        }
    }
    for (engine, rounds) in case.engines.iter().zip(rounds) {
        report(case, engine, ("ns", "rounds"), &json!(rounds));
    }
}

/// How many runs fill a turn.
fn turn(engine: &Engine) -> usize {
    let mut runs = 1;
    while timed(engine, runs) < TURN {
        runs *= 2;
    }
    runs
}

fn timed(engine: &Engine, runs: usize) -> Duration {
    let started = processor_time();
    measured(engine, runs);
    processor_time().saturating_sub(started)
}

/// What this thread has had of the processor, so that other programs count only by what they do to the caches.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// Does each work a fixed number of times, after one that does not count, and prints how many pieces that were.
pub(crate) fn once(case: &Case) {
    for engine in &case.engines {
        (engine.work)();
        measured(engine, case.runs);
        report(
            case,
            engine,
            ("instructions", "times"),
            &json!(case.runs * engine.works),
        );
    }
}

/// The one function that callgrind is told to look into.
#[inline(never)]
fn measured(engine: &Engine, runs: usize) {
    for _ in 0..runs {
        (engine.work)();
    }
}

fn report(case: &Case, engine: &Engine, (unit, what): (&str, &str), figures: &Value) {
    let line = json!({
        "task": case.task,
        "query": case.query,
        "engine": engine.name,
        "unit": unit,
        what: figures,
    });
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
