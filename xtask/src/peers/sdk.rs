//! Our drain beside that of the official package.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::python;
use crate::command::Run;
use crate::paths;
use crate::service::StandIn;

/// A finite stream of a good twenty pages, whose last one is short.
const STREAM: &[&str] = &["--backlog", "2345", "--page-size", "100", "--seed", "5"];

/// Drains one stand-in with both, over TLS, and compares the records.
pub(crate) fn check() -> Result<()> {
    let python = python()?;
    let folder = paths::target().join("sdk");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let path = folder
        .to_str()
        .context("the path of this repository is not valid UTF-8")?;
    let stand_in = StandIn::start(&[&["--tls", path], STREAM].concat())?;
    let authority = folder.join("ca.pem");
    let segments = drained(&stand_in, &authority, &folder.join("drained"))?;
    let host = stand_in.url.trim_start_matches("https://");
    Run::new(python)
        .args(["tests/peers/sdk.py", host])
        .args(segments)
        .env("REQUESTS_CA_BUNDLE", &authority)
        .secret_env("NETSKOPE_V2_TOKEN", &stand_in.v2_token)
        .run()
}

/// The files that `nskope` writes.
fn drained(stand_in: &StandIn, authority: &Path, out: &Path) -> Result<Vec<PathBuf>> {
    Run::new(paths::binary("nskope"))
        .args([
            "drain",
            "--stream",
            "page",
            "--index",
            "nskope",
            "--from",
            "head",
            "--until",
            "caught-up",
        ])
        .args(["--ca-file"])
        .args([authority])
        .args(["--out"])
        .args([out])
        .env("NETSKOPE_TENANT", &stand_in.url)
        .secret_env("NETSKOPE_V2_TOKEN", &stand_in.v2_token)
        .run()?;
    let mut segments: Vec<_> = fs::read_dir(out.join("events-page"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| is_segment(path))
        .collect();
    segments.sort();
    Ok(segments)
}

/// Whether a file that a drain wrote holds records.
pub(crate) fn is_segment(path: &Path) -> bool {
    let is_of_ledger = |stem: &OsStr| stem.to_string_lossy().starts_with("ledger");
    path.extension()
        .is_some_and(|extension| extension == "ndjson")
        && !path.file_stem().is_some_and(is_of_ledger)
}
