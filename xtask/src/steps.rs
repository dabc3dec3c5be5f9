//! `cargo xtask test`: every check of the project as a named step, cheapest first.

use std::ffi::OsString;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::{alone, console, demo, fuzz, page, paths, peers, rust, tidy, wasm};

/// One check: its name, what it checks, and the function that does it.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<()>,
}

const STEPS: &[Step] = &[
    step("tidy", "the rules of this repository", tidy::check),
    step("fmt", "formatting", rust::fmt),
    step(
        "clippy",
        "lints of all crates, and each feature alone",
        rust::clippy,
    ),
    step(
        "no-io",
        "no clock, file, thread or randomness in query and model",
        rust::no_io,
    ),
    step(
        "msrv",
        "the query language with the oldest Rust it promises, without std, in each choice of features",
        alone::check,
    ),
    step(
        "deny",
        "licences, sources and bans of dependencies",
        rust::deny,
    ),
    step("test", "native tests and doctests", rust::test),
    step(
        "clock",
        "a drain whose time of day is set anew while it runs",
        rust::clock,
    ),
    step(
        "jql",
        "queries in JQL match what they match on the official command line",
        peers::jql::check,
    ),
    step(
        "sdk",
        "the official package drains the stand-in, and has the records that nskope has",
        peers::sdk::check,
    ),
    step(
        "fuzz",
        "the query language and pages on random text, a short run of each target",
        fuzz::check,
    ),
    step("doc", "the documentation has no warning", rust::doc),
    step(
        "wasm",
        "the npm package, its size, its tests in Node and Chromium",
        wasm::check,
    ),
    step("page", "types and build of the page", page::check),
    step(
        "e2e",
        "the page in Chromium, served by its server",
        page::e2e,
    ),
    step(
        "demo",
        "the demo comes up, answers and shuts down",
        demo::check,
    ),
];

const fn step(name: &'static str, about: &'static str, run: fn() -> Result<()>) -> Step {
    Step { name, about, run }
}

/// Runs the named steps, or all; a failed one does not keep the others from running.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    if arguments.iter().any(|argument| argument == "--list") {
        list();
        return Ok(());
    }
    let mut outcomes = Vec::new();
    for step in chosen(arguments)? {
        console::progress(&format!("\n== {}: {}", step.name, step.about));
        let started = Instant::now();
        let outcome = (step.run)();
        if let Err(error) = &outcome {
            console::progress(&format!("error: {error:#}"));
        }
        outcomes.push((step.name, started.elapsed(), outcome));
    }
    summarise(&outcomes)
}

fn list() {
    for step in STEPS {
        console::result(&format!("{:<8} {}", step.name, step.about));
    }
}

fn chosen(arguments: &[OsString]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = arguments
        .iter()
        .find(|name| STEPS.iter().all(|step| *name != step.name))
    {
        bail!(
            "there is no step `{}`\nhint: `cargo xtask test --list` names them",
            unknown.display()
        );
    }
    let wanted =
        |step: &&Step| arguments.is_empty() || arguments.iter().any(|name| name == step.name);
    Ok(STEPS.iter().filter(wanted).collect())
}

fn summarise(outcomes: &[(&str, Duration, Result<()>)]) -> Result<()> {
    console::result("");
    for (name, time, outcome) in outcomes {
        let word = if outcome.is_ok() { "passed" } else { "FAILED" };
        console::result(&format!(
            "{name:<8} {word} {:>7.1} s{}",
            time.as_secs_f64(),
            reason(outcome)
        ));
    }
    if !paths::fixtures().is_dir() {
        console::result(
            "skipped  the tests on recorded responses, since NETSKOPE_FIXTURES names no folder with them",
        );
    }
    let failed = outcomes
        .iter()
        .filter(|(.., outcome)| outcome.is_err())
        .count();
    console::result(&format!(
        "{} passed, {failed} failed",
        outcomes.len() - failed
    ));
    if failed > 0 {
        bail!("not all steps passed");
    }
    Ok(())
}

/// The beginning of what went wrong; the whole stands where the step ended.
fn reason(outcome: &Result<()>) -> String {
    let Err(error) = outcome else {
        return String::new();
    };
    let whole = format!("{error:#}");
    let beginning: String = whole
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(80)
        .collect();
    format!("  {beginning}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_run_in_the_order_of_the_table() {
        let names = |arguments: &[&str]| {
            let arguments: Vec<OsString> = arguments.iter().map(Into::into).collect();
            chosen(&arguments).map(|steps| steps.iter().map(|step| step.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["doc", "tidy"]).unwrap(), ["tidy", "doc"]);
        assert_eq!(names(&[]).unwrap().len(), STEPS.len());
        assert!(names(&["tidi"]).unwrap_err().to_string().contains("tidi"));
    }

    #[test]
    fn one_failure_fails_the_whole() {
        let outcomes = [
            ("a", Duration::ZERO, Ok(())),
            ("b", Duration::ZERO, Err(anyhow::anyhow!("x"))),
        ];
        assert!(summarise(&outcomes).is_err());
        assert!(summarise(&outcomes[..1]).is_ok());
    }
}
