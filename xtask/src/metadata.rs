//! The workspace as `cargo metadata` describes it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command::cargo;

/// The members of the workspace.
#[derive(Debug)]
pub(crate) struct Metadata {
    pub(crate) members: Vec<Member>,
}

/// One crate of the workspace.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Its folder.
    pub(crate) dir: PathBuf,
    /// Whether a bare `cargo build` builds it.
    pub(crate) default: bool,
    pub(crate) features: Vec<String>,
    /// The oldest Rust it promises to build with, such as `1.85`.
    pub(crate) rust_version: Option<String>,
    /// The crates it uses in normal builds, optional ones too.
    pub(crate) uses: Vec<String>,
}

impl Metadata {
    /// Asks cargo.
    pub(crate) fn load() -> Result<Self> {
        let text = cargo()
            .args(["metadata", "--format-version", "1", "--no-deps"])
            .read()?;
        Self::from_json(&serde_json::from_str(&text)?)
            .context("the output of cargo metadata has an unknown form")
    }

    fn from_json(json: &Value) -> Option<Self> {
        let default = json["workspace_default_members"].as_array()?;
        let members = json["packages"]
            .as_array()?
            .iter()
            .map(|package| Member::from_json(package, default));
        Some(Self {
            members: members.collect::<Option<_>>()?,
        })
    }

    /// The members that a bare `cargo build` builds.
    pub(crate) fn default_members(&self) -> impl Iterator<Item = &str> {
        self.members
            .iter()
            .filter(|member| member.default)
            .map(|member| member.name.as_str())
    }

    /// For each default member with features: none of them, and each alone.
    pub(crate) fn feature_choices(&self) -> Vec<(&str, &str)> {
        let members = self
            .members
            .iter()
            .filter(|member| member.default && !member.features.is_empty());
        let choices = members.flat_map(|member| {
            let name = member.name.as_str();
            member.feature_choices().map(move |choice| (name, choice))
        });
        choices.collect()
    }
}

impl Member {
    fn from_json(package: &Value, default: &[Value]) -> Option<Self> {
        let normal = |dependency: &&Value| dependency["kind"].is_null();
        let uses = package["dependencies"].as_array()?.iter().filter(normal);
        Some(Self {
            name: package["name"].as_str()?.to_owned(),
            dir: Path::new(package["manifest_path"].as_str()?)
                .parent()?
                .to_owned(),
            default: default.contains(&package["id"]),
            features: package["features"].as_object()?.keys().cloned().collect(),
            rust_version: package["rust_version"].as_str().map(str::to_owned),
            uses: uses
                .map(|dependency| Some(dependency["name"].as_str()?.to_owned()))
                .collect::<Option<_>>()?,
        })
    }

    /// None of its features, and each alone.
    pub(crate) fn feature_choices(&self) -> impl Iterator<Item = &str> {
        let each = self
            .features
            .iter()
            .map(String::as_str)
            .filter(|feature| *feature != "default");
        [""].into_iter().chain(each)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_members_and_their_normal_dependencies() {
        let metadata = Metadata::from_json(&json!({
            "workspace_default_members": ["id"],
            "packages": [{
                "id": "id",
                "name": "client",
                "manifest_path": "/x/client/Cargo.toml",
                "features": { "default": ["cli"], "cli": [] },
                "dependencies": [{ "name": "http", "kind": null }, { "name": "insta", "kind": "dev" }],
            }],
        }));
        let metadata = metadata.unwrap();
        assert_eq!(metadata.members[0].dir, Path::new("/x/client"));
        assert_eq!(metadata.members[0].uses, ["http"]);
        assert_eq!(
            metadata.feature_choices(),
            [("client", ""), ("client", "cli")]
        );
    }
}
