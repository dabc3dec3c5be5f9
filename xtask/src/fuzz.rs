//! `cargo xtask fuzz`: the query language and pages of log streams under random text, by libFuzzer and the compiler at hand.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::{Run, cargo};
use crate::{console, paths};

/// What is tried.
struct Target {
    name: &'static str,
    /// The longest input in bytes: where the work grows with its square, short ones find as much.
    longest: &'static str,
    seeds: Seeds,
}

/// What a target begins with, and the words that it takes more from.
#[derive(Clone, Copy, PartialEq)]
enum Seeds {
    Queries,
    /// With a record on the next line.
    QueriesOfRecords,
    Pages,
}

const TARGETS: &[Target] = &[
    target("parse", "600", Seeds::Queries),
    target("print_round_trip", "600", Seeds::Queries),
    target("check", "600", Seeds::Queries),
    target("complete", "64", Seeds::Queries),
    target("evaluate", "1000", Seeds::QueriesOfRecords),
    target("page", "5000", Seeds::Pages),
];

const fn target(name: &'static str, longest: &'static str, seeds: Seeds) -> Target {
    Target {
        name,
        longest,
        seeds,
    }
}

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
    for target in TARGETS {
        fuzz(&programs, target, runs, learnt)?;
    }
    Ok(())
}

fn one(name: &str, runs: u64) -> Result<()> {
    let target = named(name)?;
    fuzz(&build()?, target, runs, LEARNT)
}

fn once(name: &str, file: &str) -> Result<()> {
    named(name)?;
    Run::new(build()?.join(name)).args([file]).run()
}

fn named(name: &str) -> Result<&'static Target> {
    let found = TARGETS.iter().find(|target| target.name == name);
    found.with_context(|| {
        let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
        format!(
            "there is no target `{name}`\nhint: the targets are {}",
            names.join(", ")
        )
    })
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

fn fuzz(programs: &Path, target: &Target, runs: u64, learnt: &str) -> Result<()> {
    let Target {
        name,
        longest,
        seeds,
    } = *target;
    let dir = paths::target().join("fuzz");
    let (corpus, failed) = (
        dir.join(learnt).join(name),
        dir.join(format!("failed-{name}-")),
    );
    plant(&corpus, seeds)?;
    let option = |name: &str, value: &str| format!("-{name}={value}");
    let log = dir.join(format!("{name}.log"));
    Run::new(programs.join(name))
        .args([
            option("runs", &runs.to_string()),
            option("max_len", longest),
            option("seed", "1"),
            option("timeout", "10"),
            option("rss_limit_mb", "1024"),
            option("dict", seeds.words()),
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

/// Writes the seeds as files, which is how libFuzzer takes them.
fn plant(corpus: &Path, seeds: Seeds) -> Result<()> {
    fs::create_dir_all(corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
    for (index, seed) in seeds.read()?.iter().enumerate() {
        fs::write(corpus.join(format!("seed-{index}")), seed)?;
    }
    Ok(())
}

impl Seeds {
    /// The words of the language, in a file.
    const fn words(self) -> &'static str {
        match self {
            Self::Queries | Self::QueriesOfRecords => "fuzz/queries.dict",
            Self::Pages => "fuzz/pages.dict",
        }
    }

    fn read(self) -> Result<Vec<String>> {
        const RECORD: &str = r#"{"os": "Mac", "n": 5, "list": [1, "b"], "users": [{"name": "a", "last": {"status": 0}}, {"name": "b"}]}"#;
        let seed = |line: &str| match self {
            Self::Queries | Self::Pages => line.to_owned(),
            Self::QueriesOfRecords => format!("{line}\n{RECORD}"),
        };
        let own = match self {
            Self::Queries | Self::QueriesOfRecords => "fuzz/queries.txt",
            Self::Pages => "fuzz/pages.txt",
        };
        let own = fs::read_to_string(paths::root().join(own)).context("cannot read the seeds")?;
        let mut seeds: Vec<_> = own.lines().map(seed).collect();
        if self != Self::Pages {
            let collected = paths::fixtures().join("../reference/queries.tsv");
            let collected = fs::read_to_string(collected).unwrap_or_default();
            let queries = collected.lines().filter_map(|line| line.split('\t').next());
            seeds.extend(queries.map(seed));
        }
        Ok(seeds)
    }
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
