//! Rules about what may depend on what.

use anyhow::Result;

use super::Findings;
use crate::command::cargo;
use crate::metadata::Metadata;

/// The crates of the product, and those of the workspace that each may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("netskope-query", &[]),
    ("netskope-model", &["netskope-query"]),
    ("netskope-blocking", &["netskope-model", "netskope-query"]),
    ("netskope-wasm", &["netskope-model", "netskope-query"]),
    (
        "netskope-web-demo",
        &["netskope-blocking", "netskope-model", "netskope-query"],
    ),
    ("netskope-stand-in", &["netskope-model", "netskope-query"]),
];
const PURE: &[&str] = &["netskope-query", "netskope-model"];
const IMPURE: &[&str] = &[
    "ureq",
    "rustls",
    "tokio",
    "web-sys",
    "js-sys",
    "getrandom",
    "clap",
];
const IMPURE_FAMILIES: &[&str] = &["gloo-"];

pub(super) fn between_members(metadata: &Metadata) -> Findings {
    let mut findings = Findings::new();
    for (name, allowed) in MAY_USE {
        let member = metadata.members.iter().find(|member| member.name == *name);
        let used = member.into_iter().flat_map(|member| &member.uses);
        let inside =
            used.filter(|used| metadata.members.iter().any(|member| member.name == **used));
        let wrong = inside.filter(|used| !allowed.contains(&used.as_str()));
        findings.extend(wrong.map(|used| format!("{name} uses {used}")));
    }
    findings
}

/// Looks through all that the pure crates reach in normal builds, for any target and with all features.
pub(super) fn reached() -> Result<Findings> {
    let mut findings = Findings::new();
    for name in PURE {
        let tree = cargo()
            .args([
                "tree",
                "--package",
                name,
                "--edges",
                "normal",
                "--target",
                "all",
                "--all-features",
            ])
            .args(["--prefix", "none", "--format", "{p}"])
            .read()?;
        let hint = |impure: &str| {
            format!(
                "{name} reaches {impure}; see `cargo tree -p {name} --target all --all-features -i {impure}`"
            )
        };
        findings.extend(impure(&tree).iter().map(|found| hint(found)));
    }
    Ok(findings)
}

fn impure(tree: &str) -> Vec<&str> {
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    let is_impure = |name: &&str| {
        IMPURE.contains(name)
            || IMPURE_FAMILIES
                .iter()
                .any(|family| name.starts_with(family))
    };
    let mut found: Vec<_> = names.filter(is_impure).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Member;

    fn member(name: &str, uses: &[&str]) -> Member {
        Member {
            name: name.to_owned(),
            dir: name.into(),
            default: true,
            features: Vec::new(),
            rust_version: None,
            uses: uses.iter().map(|used| (*used).to_owned()).collect(),
        }
    }

    #[test]
    fn finds_a_crate_that_looks_upwards() {
        let members = vec![
            member("netskope-query", &["nom", "netskope-model"]),
            member("netskope-model", &["netskope-query"]),
        ];
        assert_eq!(
            between_members(&Metadata { members }),
            ["netskope-query uses netskope-model"]
        );
    }

    #[test]
    fn finds_io_libraries_in_a_tree() {
        let tree = "netskope-model v0.1.0 (x)\nhttp v1.5.0\ngetrandom v0.4.3\ngloo-net v0.7.0\ngetrandom v0.4.3 (*)\n";
        assert_eq!(impure(tree), ["getrandom", "gloo-net"]);
        assert!(impure("netskope-model v0.1.0\nureq-proto-free v1.0.0\n").is_empty());
    }
}
