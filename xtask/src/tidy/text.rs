//! Rules about the text of files.

use super::{Findings, Source};

/// Folders whose names show that a path was copied from somebody's machine.
const PERSONAL_FOLDERS: &[&str] = &["home", "Users", "root", "work", "workspace"];
/// Written by tools, in their own style.
const GENERATED: &[&str] = &["Cargo.lock", "package-lock.json"];

pub(super) fn bare_allows(sources: &[Source]) -> Findings {
    let forbidden = [concat!("#[", "allow("), concat!("#![", "allow(")];
    lines_with(sources.iter().filter(|source| source.is_rust()), |line| {
        forbidden.iter().any(|word| line.contains(word))
    })
}

pub(super) fn machine_paths(sources: &[Source]) -> Findings {
    let folders: Vec<_> = PERSONAL_FOLDERS
        .iter()
        .map(|folder| format!("/{folder}/"))
        .collect();
    let starts_there = |line: &str| {
        folders
            .iter()
            .flat_map(|folder| line.match_indices(folder.as_str()))
            .any(|(at, _)| begins_a_path(line, at))
    };
    lines_with(hand_written(sources), starts_there)
}

/// Whether nothing that could be part of a longer path or an address stands before it.
fn begins_a_path(line: &str, at: usize) -> bool {
    let before = line.get(..at).and_then(|before| before.chars().last());
    before.is_none_or(|c| !c.is_alphanumeric() && !"._-~}".contains(c))
}

pub(super) fn stray_space(sources: &[Source]) -> Findings {
    let mut findings = lines_with(hand_written(sources), |line| {
        line.ends_with([' ', '\t', '\r'])
    });
    let badly_ended = |source: &&Source| {
        let text = &source.text;
        !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n"))
    };
    findings.extend(
        hand_written(sources)
            .filter(badly_ended)
            .map(|source| format!("{}: its end", source.path)),
    );
    findings
}

fn hand_written(sources: &[Source]) -> impl Iterator<Item = &Source> {
    sources
        .iter()
        .filter(|source| !GENERATED.iter().any(|name| source.path.ends_with(name)))
}

fn lines_with<'a>(
    sources: impl Iterator<Item = &'a Source>,
    is_bad: impl Fn(&str) -> bool,
) -> Findings {
    let mut findings = Findings::new();
    for source in sources {
        let lines = source.text.split_terminator('\n').enumerate();
        findings.extend(
            lines
                .filter(|(_, line)| is_bad(line))
                .map(|(index, line)| source.at(index + 1, line)),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::*;

    #[test]
    fn finds_bare_allows() {
        let bad = source(
            "a/src/lib.rs",
            concat!("#[", "allow(dead_code)]\nfn f() {}\n"),
        );
        assert_eq!(bare_allows(&[bad]).len(), 1);
        assert!(
            bare_allows(&[source(
                "a/src/lib.rs",
                "#[expect(dead_code, reason = \"x\")]\n"
            )])
            .is_empty()
        );
    }

    #[test]
    fn finds_paths_of_one_machine() {
        let bad = source("README.md", concat!("See `/ho", "me/jo/x`.\n"));
        assert_eq!(machine_paths(&[bad]).len(), 1);
        assert!(
            machine_paths(&[source(
                "README.md",
                concat!("see https://a.example/ho", "me/x and web/wo", "rk/x\n")
            )])
            .is_empty()
        );
    }

    #[test]
    fn finds_stray_space() {
        for bad in ["a \n", "a", "a\n\n", "a\r\n"] {
            assert!(!stray_space(&[source("x.md", bad)]).is_empty(), "{bad:?}");
        }
        assert!(stray_space(&[source("x.md", "a\n\nb\n"), source("Cargo.lock", "a ")]).is_empty());
    }
}
