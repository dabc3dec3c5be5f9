//! `cargo xtask fuzz`: the query language under random text, by libFuzzer and the compiler at hand.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::{Run, cargo};
use crate::{console, paths};

/// The targets, with the longest input in bytes: where the work grows with its square, short ones find as much.
const TARGETS: &[(&str, &str)] = &[
    ("parse", "600"),
    ("print_round_trip", "600"),
    ("check", "600"),
    ("complete", "64"),
    ("evaluate", "1000"),
];

const RUNS: u64 = 1_000_000;

/// For the step of `cargo xtask test`: seconds, not minutes.
const FEW_RUNS: u64 = 20_000;

/// Where long runs keep the texts that reached new code, to go on from them.
const LEARNT: &str = "corpus";

/// Where the step of `cargo xtask test` does.
const LEARNT_IN_TESTS: &str = "corpus-of-tests";

/// What libFuzzer needs to see which code an input reaches; `cargo fuzz` passes the same.
const INSTRUMENTED: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
];

/// `cargo xtask fuzz [TARGET [RUNS | FILE]]`
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    let words: Vec<_> = arguments
        .iter()
        .map(|word| word.to_string_lossy())
        .collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words[..] {
        [] => all(RUNS, LEARNT),
        [name] => one(name, RUNS),
        [name, what] => match what.parse() {
            Ok(runs) => one(name, runs),
            Err(_) => once(name, what),
        },
        _ => bail!("usage: cargo xtask fuzz [TARGET [RUNS | FILE]]"),
    }
}

/// The step of `cargo xtask test`: from the seeds alone and with the same chance, so that it does the same each time.
pub(crate) fn check() -> Result<()> {
    let learnt = paths::target().join("fuzz").join(LEARNT_IN_TESTS);
    if learnt.is_dir() {
        fs::remove_dir_all(&learnt)
            .with_context(|| format!("cannot empty {}", learnt.display()))?;
    }
    all(FEW_RUNS, LEARNT_IN_TESTS)
}

fn all(runs: u64, learnt: &str) -> Result<()> {
    let programs = build()?;
    for (name, longest) in TARGETS {
        fuzz(&programs, (name, longest), runs, learnt)?;
    }
    Ok(())
}

fn one(name: &str, runs: u64) -> Result<()> {
    let longest = longest(name)?;
    fuzz(&build()?, (name, longest), runs, LEARNT)
}

fn once(name: &str, file: &str) -> Result<()> {
    longest(name)?;
    Run::new(build()?.join(name)).args([file]).run()
}

fn longest(name: &str) -> Result<&'static str> {
    let found = TARGETS.iter().find(|(known, _)| *known == name);
    let Some((_, longest)) = found else {
        let names: Vec<_> = TARGETS.iter().map(|(known, _)| *known).collect();
        bail!(
            "there is no target `{name}`\nhint: the targets are {}",
            names.join(", ")
        );
    };
    Ok(longest)
}

/// Builds the targets and returns their folder. Naming the host keeps the flags from what runs while compiling.
fn build() -> Result<PathBuf> {
    let about = Run::new("rustc").args(["-vV"]).read()?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc names no host")?;
    let dir = paths::target().join("fuzz");
    cargo()
        .args([
            "build",
            "--quiet",
            "--package",
            "netskope-fuzz",
            "--bins",
            "--features",
            "targets",
        ])
        .args(["--profile", "fuzz", "--target", host, "--target-dir"])
        .args([&dir])
        .secret_env("RUSTFLAGS", INSTRUMENTED.join(" "))
        .remedy("libFuzzer is C++: install a C++ compiler, such as g++")
        .run()?;
    Ok(dir.join(host).join("fuzz"))
}

fn fuzz(programs: &Path, (name, longest): (&str, &str), runs: u64, learnt: &str) -> Result<()> {
    let dir = paths::target().join("fuzz");
    let (corpus, failed) = (
        dir.join(learnt).join(name),
        dir.join(format!("failed-{name}-")),
    );
    plant(&corpus)?;
    let option = |name: &str, value: &str| format!("-{name}={value}");
    let log = dir.join(format!("{name}.log"));
    Run::new(programs.join(name))
        .args([
            option("runs", &runs.to_string()),
            option("max_len", longest),
            option("seed", "1"),
            option("timeout", "10"),
            option("rss_limit_mb", "1024"),
            option("dict", "fuzz/tokens.dict"),
            option("artifact_prefix", &failed.to_string_lossy()),
        ])
        .args(["-print_final_stats=1", "-print_funcs=0", "-verbosity=0"])
        .args([&corpus])
        .stderr_to(&log)?
        .run()
        .with_context(|| explain(name, &failed, &log))?;
    console::result(&format!("{name}: {runs} runs"));
    Ok(())
}

/// Writes the seeds as files, which is how libFuzzer takes them, each with a record for the target that reads one.
fn plant(corpus: &Path) -> Result<()> {
    const RECORD: &str = r#"{"os": "Mac", "n": 5, "list": [1, "b"], "users": [{"name": "a", "last": {"status": 0}}, {"name": "b"}]}"#;
    fs::create_dir_all(corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
    let own = fs::read_to_string(paths::root().join("fuzz/seeds.txt"))
        .context("cannot read the seeds")?;
    let collected =
        fs::read_to_string(paths::fixtures().join("../reference/queries.tsv")).unwrap_or_default();
    let queries = own
        .lines()
        .chain(collected.lines().filter_map(|line| line.split('\t').next()));
    for (index, query) in queries.enumerate() {
        let seed = if corpus.ends_with("evaluate") {
            format!("{query}\n{RECORD}")
        } else {
            query.to_owned()
        };
        fs::write(corpus.join(format!("seed-{index}")), seed)?;
    }
    Ok(())
}

/// What was said last, the text that failed, and how to try it again.
fn explain(name: &str, failed: &Path, log: &Path) -> String {
    let said = fs::read(log).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let last = said.lines().count().saturating_sub(40);
    said.lines().skip(last).for_each(console::progress);
    let Some(file) = newest(failed) else {
        return format!("the target `{name}` failed");
    };
    let input = fs::read(&file).unwrap_or_default();
    let file = file.strip_prefix(paths::root()).unwrap_or(&file);
    console::result(&format!(
        "the text that failed: {:?}",
        String::from_utf8_lossy(&input)
    ));
    format!(
        "the target `{name}` failed\nhint: try that text again with `cargo xtask fuzz {name} {}`",
        file.display()
    )
}

fn newest(prefix: &Path) -> Option<PathBuf> {
    let start = prefix.file_name()?.to_string_lossy().into_owned();
    let files = fs::read_dir(prefix.parent()?).ok()?.flatten();
    let failed = files.filter(|file| file.file_name().to_string_lossy().starts_with(&start));
    let latest = failed.max_by_key(|file| file.metadata().and_then(|about| about.modified()).ok());
    latest.map(|file| file.path())
}
