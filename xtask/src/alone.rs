//! The query language as others take it: with an older compiler, without std, in each choice of features.

use anyhow::{Context, Result};

use crate::metadata::Metadata;
use crate::toolchain::oldest::Toolchain;

const CRATE: &str = "netskope-query";

/// Compiles the crate with the Rust that its manifest promises; what is newer does not exist there.
pub(crate) fn check() -> Result<()> {
    let metadata = Metadata::load()?;
    let member = metadata.members.iter().find(|member| member.name == CRATE);
    let member = member.with_context(|| format!("there is no {CRATE}"))?;
    let version = (member.rust_version.as_deref())
        .with_context(|| format!("{CRATE} states no `rust-version`"))?;
    let all = member.features.join(",");
    let choices: Vec<_> = member.feature_choices().chain([all.as_str()]).collect();
    Toolchain::ensure(version)?.check_without_std(CRATE, &choices)
}
