//! Rules about files and crates as such.

use std::path::Path;

use super::{Findings, Source};
use crate::metadata::{Member, Metadata};
use crate::paths;

const LONGEST: usize = 700;
const COUNTED: &[&str] = &[".rs", ".ts", ".css"];
const LINTS: &str = "[lints]\nworkspace = true\n";
const DOCUMENTATION: &str = r#"#![doc = include_str!("../README.md")]"#;

pub(super) fn mod_files(sources: &[Source]) -> Findings {
    let is_mod = |source: &&Source| source.path.ends_with("/mod.rs");
    sources
        .iter()
        .filter(is_mod)
        .map(|source| source.path.clone())
        .collect()
}

pub(super) fn long_files(sources: &[Source]) -> Findings {
    let counted = sources
        .iter()
        .filter(|source| COUNTED.iter().any(|end| source.path.ends_with(end)));
    let long = counted
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST);
    long.map(|(source, lines)| format!("{}: {lines} lines", source.path))
        .collect()
}

pub(super) fn forgotten_files(sources: &[Source]) -> Findings {
    let modules = sources
        .iter()
        .filter(|source| source.is_rust() && !is_root(&source.path));
    let forgotten =
        modules.filter(|module| !sources.iter().any(|parent| declares(parent, &module.path)));
    forgotten.map(|module| module.path.clone()).collect()
}

/// Files that cargo finds by itself.
fn is_root(path: &str) -> bool {
    let path = Path::new(path);
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    let name = path.file_name().unwrap_or_default();
    let found = ["tests", "benches", "examples", "bin", "fuzz_targets"]
        .iter()
        .any(|known| folder == *known);
    name == "main.rs"
        || name == "lib.rs"
        || (name == "build.rs" && folder != "src")
        || found && !path.starts_with("src")
}

fn declares(parent: &Source, module: &str) -> bool {
    let Some((folder, name)) = module
        .strip_suffix(".rs")
        .and_then(|module| module.rsplit_once('/'))
    else {
        return false;
    };
    let own_folder = match parent
        .path
        .strip_suffix(".rs")
        .and_then(|path| path.rsplit_once('/'))
    {
        Some((dir, "lib" | "main")) => dir.to_owned(),
        _ => parent
            .path
            .strip_suffix(".rs")
            .unwrap_or_default()
            .to_owned(),
    };
    own_folder == folder
        && parent
            .code()
            .any(|(_, line)| line.trim().ends_with(&format!("mod {name};")))
}

pub(super) fn crates(metadata: &Metadata, sources: &[Source]) -> Findings {
    metadata
        .members
        .iter()
        .flat_map(|member| one_crate(member, sources))
        .collect()
}

fn one_crate(member: &Member, sources: &[Source]) -> Findings {
    let dir = member
        .dir
        .strip_prefix(paths::root())
        .unwrap_or(&member.dir);
    let text = |name: &str| {
        let path = dir.join(name);
        sources
            .iter()
            .find(|source| Path::new(&source.path) == path)
            .map(|source| source.text.as_str())
    };
    let root = text("src/lib.rs")
        .or_else(|| text("src/main.rs"))
        .unwrap_or_default();
    let checks = [
        (
            text("Cargo.toml").is_some_and(|manifest| manifest.contains(LINTS)),
            "Cargo.toml without the workspace's lints",
        ),
        (text("README.md").is_some(), "no README.md"),
        (
            root.contains(DOCUMENTATION),
            "its documentation is not its README.md",
        ),
    ];
    let failed = checks.iter().filter(|(holds, _)| !holds);
    failed
        .map(|(_, what)| format!("{}: {what}", dir.display()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::*;

    #[test]
    fn finds_mod_files_and_long_files() {
        assert_eq!(
            mod_files(&[source("a/src/b/mod.rs", ""), source("a/src/b.rs", "")]),
            ["a/src/b/mod.rs"]
        );
        let long = source("a/src/lib.rs", &"x\n".repeat(LONGEST + 1));
        let data = source("a/table.tsv", &"x\n".repeat(LONGEST + 1));
        assert_eq!(long_files(&[long, data]), ["a/src/lib.rs: 701 lines"]);
    }

    #[test]
    fn finds_files_that_nobody_compiles() {
        let sources = [
            source("a/src/lib.rs", "mod b;\n"),
            source("a/src/b.rs", "pub mod c;\n// mod d;\n"),
            source("a/src/b/c.rs", ""),
            source("a/src/b/d.rs", ""),
            source("a/tests/node.rs", ""),
            source("a/tests/it/main.rs", "mod e;\n"),
            source("a/tests/it/e.rs", ""),
        ];
        assert_eq!(forgotten_files(&sources), ["a/src/b/d.rs"]);
    }

    #[test]
    fn finds_crates_without_lints_or_documentation() {
        let member = Member {
            name: "a".to_owned(),
            dir: "a".into(),
            default: true,
            features: Vec::new(),
            rust_version: None,
            uses: Vec::new(),
        };
        assert_eq!(one_crate(&member, &[]).len(), 3);
        let good = [
            source("a/Cargo.toml", "[package]\n\n[lints]\nworkspace = true\n"),
            source("a/README.md", "# A\n"),
            source("a/src/lib.rs", DOCUMENTATION),
        ];
        assert!(one_crate(&member, &good).is_empty());
    }
}
