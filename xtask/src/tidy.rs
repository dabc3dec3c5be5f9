//! `cargo xtask tidy`: the rules of this repository, as a test of the repository.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::Run;
use crate::metadata::Metadata;
use crate::{console, paths};

mod dependencies;
mod homes;
mod structure;
mod text;

/// A file of the repository.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path from the root, with `/` between folders.
    path: String,
    text: String,
}

/// What is wrong, and where.
type Findings = Vec<String>;

/// A rule about files: what it asks for, and the function that looks for breaches of it.
type Rule = (&'static str, fn(&[Source]) -> Findings);

const RULES: &[Rule] = &[
    ("no `mod.rs`: `foo.rs` beside `foo/`", structure::mod_files),
    (
        "no hand-written file above 700 lines: find the seam and split, tests go to `foo/tests.rs` first",
        structure::long_files,
    ),
    (
        "no Rust file that no `mod` names: it is never compiled",
        structure::forgotten_files,
    ),
    (
        "`#[expect(lint, reason = \"...\")]` instead of a bare allow",
        text::bare_allows,
    ),
    ("no path of one machine", text::machine_paths),
    (
        "no white space at the end of a line, one line feed at the end of a file",
        text::stray_space,
    ),
    (
        "each outside library is named in its home only",
        homes::wanderers,
    ),
    (
        "retry, rate limits and Retry-After live in netskope-model only",
        homes::retry_logic,
    ),
];

/// Checks all rules and fails with all that was found.
pub(crate) fn check() -> Result<()> {
    let sources = sources()?;
    let metadata = Metadata::load()?;
    let mut found = 0;
    for (rule, look) in RULES {
        found += report(rule, &look(&sources));
    }
    found += report(
        "the crates use each other in one direction",
        &dependencies::between_members(&metadata),
    );
    found += report(
        "query and model reach no I/O library",
        &dependencies::reached()?,
    );
    found += report(
        "each crate takes the workspace's lints and has a README that is its documentation",
        &structure::crates(&metadata, &sources),
    );
    if found > 0 {
        bail!("{found} places against the rules of this repository");
    }
    Ok(())
}

fn report(rule: &str, findings: &Findings) -> usize {
    if !findings.is_empty() {
        console::result(&format!("rule: {rule}"));
    }
    for finding in findings {
        console::result(&format!("  {finding}"));
    }
    findings.len()
}

/// All text files that are or could be committed.
fn sources() -> Result<Vec<Source>> {
    let listed = Run::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "--deduplicate",
        ])
        .remedy("this looks at the files that git knows, so it needs a git checkout")
        .read()?;
    let mut sources = Vec::new();
    for path in listed.lines() {
        let file = paths::root().join(path);
        if !file.is_file() {
            continue;
        }
        let bytes = fs::read(&file).with_context(|| format!("cannot read {path}"))?;
        if let Ok(text) = String::from_utf8(bytes) {
            sources.push(Source {
                path: path.to_owned(),
                text,
            });
        }
    }
    Ok(sources)
}

impl Source {
    fn is_rust(&self) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|extension| extension == "rs")
    }

    /// Its lines with their numbers, without comments; good enough for rules about names.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines.map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
    }

    /// The same, up to the unit tests at the end of the file.
    fn product_code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code()
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
    }

    /// Whether it is code that users run, instead of tests and benches.
    fn is_product(&self) -> bool {
        self.is_rust()
            && self.path.contains("/src/")
            && !self.path.ends_with("/tests.rs")
            && !self.path.contains("/tests/it/")
            && !self.path.contains("/benches/")
    }

    fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {}", self.path, what.trim())
    }
}

#[cfg(test)]
fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
