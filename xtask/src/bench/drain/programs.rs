//! What takes part: ours, its peers, and the tools around them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::tenant::Tenant;
use super::{PACKAGE, PAGES, READ};
use crate::bench::build;
use crate::command::Run;
use crate::{paths, peers};

/// Everything that is run.
pub(super) struct Programs {
    pub(super) bench: PathBuf,
    pub(super) nskope: PathBuf,
    pub(super) stand_in: PathBuf,
    pub(super) python: PathBuf,
    /// Where drained records go.
    pub(super) folder: PathBuf,
}

impl Programs {
    pub(super) fn prepare() -> Result<Self> {
        Ok(Self {
            bench: build(PACKAGE)?,
            nskope: build("netskope-blocking")?.with_file_name("nskope"),
            stand_in: build("netskope-stand-in")?,
            python: peers::python()?,
            folder: paths::target().join("bench/drain"),
        })
    }

    /// The Python packages, each with its version: `netskopesdk 0.0.41`.
    pub(super) fn versions(&self) -> Result<Vec<String>> {
        let packages = Run::new(&self.python)
            .args(["-m", "pip", "freeze"])
            .read()?;
        Ok(packages
            .lines()
            .map(|line| line.replacen("==", " ", 1))
            .collect())
    }
}

/// One that takes part.
pub(super) struct Contender {
    pub(super) engine: &'static str,
    /// Whether it speaks plain HTTP as well.
    pub(super) speaks_http: bool,
    /// Whether it writes the records as lines.
    pub(super) writes: bool,
    /// Whether its instructions are counted, which takes Python half an hour.
    pub(super) is_counted: bool,
    /// The program and its arguments.
    pub(super) command: fn(&Programs, &Tenant) -> Vec<OsString>,
}

pub(super) const CONTENDERS: &[Contender] = &[
    Contender {
        engine: "ours",
        speaks_http: true,
        writes: true,
        is_counted: true,
        command: |programs, tenant| nskope(programs, tenant, &programs.folder),
    },
    Contender {
        engine: "ours, to nowhere",
        speaks_http: true,
        writes: false,
        is_counted: false,
        command: to_nowhere,
    },
    Contender {
        engine: READ,
        speaks_http: true,
        writes: false,
        is_counted: true,
        command: read,
    },
    Contender {
        engine: "read+gunzip+write",
        speaks_http: true,
        writes: false,
        is_counted: false,
        command: |programs, tenant| {
            let mut words = read(programs, tenant);
            words.push(programs.folder.join("pages.json").into());
            words
        },
    },
    Contender {
        engine: "netskopesdk",
        speaks_http: false,
        writes: true,
        is_counted: false,
        command: |programs, tenant| netskopesdk(programs, tenant, "json"),
    },
    Contender {
        engine: "netskopesdk+orjson",
        speaks_http: false,
        writes: true,
        is_counted: false,
        command: |programs, tenant| netskopesdk(programs, tenant, "orjson"),
    },
];

/// As into files, ledger and all, but the records.
fn to_nowhere(programs: &Programs, tenant: &Tenant) -> Vec<OsString> {
    let script = "XDG_STATE_HOME=$0 exec \"$@\" >/dev/null";
    let mut words = ["sh", "-c", script].map(OsString::from).to_vec();
    words.push(programs.folder.clone().into());
    words.extend(nskope(programs, tenant, Path::new("-")));
    words
}

fn nskope(programs: &Programs, tenant: &Tenant, out: &Path) -> Vec<OsString> {
    let mut words = vec![programs.nskope.clone().into()];
    words.extend(["drain", "--stream", "page", "--index", "nskope"].map(Into::into));
    words.extend(["--from", "head", "--until", "caught-up", "--out"].map(Into::into));
    words.push(out.into());
    if let Some(authority) = &tenant.authority {
        words.extend(["--ca-file".into(), authority.into()]);
    }
    words
}

fn read(programs: &Programs, tenant: &Tenant) -> Vec<OsString> {
    let mut words = vec![programs.bench.clone().into()];
    words.extend(["read", &tenant.url, &PAGES.to_string()].map(Into::into));
    words
}

fn netskopesdk(programs: &Programs, tenant: &Tenant, library: &str) -> Vec<OsString> {
    let host = tenant.url.trim_start_matches("https://");
    vec![
        programs.python.clone().into(),
        "netskope-blocking/benches/netskopesdk.py".into(),
        host.into(),
        PAGES.to_string().into(),
        programs.folder.join("records.ndjson").into(),
        library.into(),
    ]
}
