//! The drain beside its peers: each a program of its own, which takes turns with the others on one stand-in.

use anyhow::Result;

use super::figures::Figures;
use super::goals::{Goal, rows};
use super::report;
use crate::command::Run;
use crate::toolchain;
use programs::Programs;
use tenant::Tenant;

mod programs;
mod tenant;
mod turns;

const PACKAGE: &str = "netskope-blocking-bench";
const ROUNDS: usize = 5;
const FULL_PAGES: u64 = 12;
/// The last page has one record, so that a drain knows at once that it has caught up.
const RECORDS: u64 = FULL_PAGES * 10_000 + 1;
const PAGES: u64 = FULL_PAGES + 1;

const PROCESSOR: &str = "processor, ns a record";
const SYSTEM: &str = "of it the system, ns a record";
const CLOCK: &str = "clock, ms a page";
const MEMORY: &str = "memory at most, MB";
const INSTRUCTIONS: &str = "instructions a record, without the system's";

/// What no drain can do without, and how much memory one may have.
const READ: &str = "read+gunzip";
const ALLOWED: &str = "allowed";

const fn draining(unit: &'static str, peer: &'static str, ratio: f64) -> Goal {
    Goal {
        task: "drain",
        queries: &[],
        unit,
        ours: "ours",
        peer,
        ratio,
    }
}

const fn fetching(unit: &'static str, ratio: f64) -> Goal {
    Goal {
        task: "rate",
        // Requests that leave a second and 20 ms apart cannot keep apart where more than 20 ms may come in between.
        queries: &["0 ms", "10 ms", "20 ms"],
        unit,
        ours: "ours",
        peer: "permitted",
        ratio,
    }
}

const GOALS: &[Goal] = &[
    draining(PROCESSOR, READ, 1.0 / 1.25),
    draining(PROCESSOR, "netskopesdk", 15.0),
    draining(MEMORY, "netskopesdk", 8.0),
    draining(MEMORY, ALLOWED, 1.0),
    fetching("ms a page", 0.97),
    fetching("requests for 1,000 pages", 1.0),
];

/// All of it: over TLS, where the official package can come along as it is, and without.
pub(super) fn run() -> Result<()> {
    toolchain::valgrind::ensure()?;
    let programs = Programs::prepare()?;
    let mut figures = Figures::default();
    for scheme in ["https", "http"] {
        figures.extend(turns::take(&Tenant::start(scheme, &programs)?, &programs)?);
    }
    let rate = Run::new(&programs.bench).args(["rate"]).shown().read()?;
    figures.extend(Figures::of_times(&rate)?);
    let rows = rows(&figures, &programs.versions()?, GOALS);
    report("drain", &figures, &rows)
}
