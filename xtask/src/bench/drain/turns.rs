//! Turns: each program drains the same pages from the same tenant, again and again.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::programs::{Contender, Programs};
use super::tenant::Tenant;
use super::{
    ALLOWED, CLOCK, INSTRUCTIONS, MEMORY, PAGES, PROCESSOR, READ, RECORDS, ROUNDS, SYSTEM,
};
use crate::bench::callgrind;
use crate::bench::figures::Figures;
use crate::command::Run;
use crate::peers::sdk::is_segment;
use crate::{console, paths};

/// Each in turn, so that whatever else the machine does hits all of them alike. The first round does not count: in it the
/// tenant renders its pages.
pub(super) fn take(tenant: &Tenant, programs: &Programs) -> Result<Figures> {
    let mut turns = Turns {
        tenant,
        programs,
        figures: Figures::default(),
    };
    for round in 0..=ROUNDS {
        for contender in tenant.contenders() {
            console::progress(&format!(
                "{}, {}, round {round}",
                contender.engine, tenant.scheme
            ));
            let usage = turns.run(contender)?;
            if round > 0 {
                turns.note(contender, &usage)?;
            }
        }
    }
    for contender in tenant.contenders().filter(|contender| contender.is_counted) {
        turns.count(contender)?;
    }
    Ok(turns.figures)
}

struct Turns<'r> {
    tenant: &'r Tenant,
    programs: &'r Programs,
    figures: Figures,
}

impl Turns<'_> {
    fn run(&self, contender: &Contender) -> Result<Usage> {
        paths::replace_dir(&self.programs.folder)?;
        let run = Run::new(&self.programs.bench)
            .args(["usage"])
            .args((contender.command)(self.programs, self.tenant));
        let said = self.tenant.known_to(run).read()?;
        let lines = said
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        if contender.writes {
            let written = lines_below(&self.programs.folder)?;
            ensure!(
                written == RECORDS,
                "{} wrote {written} records",
                contender.engine
            );
        }
        Ok(Usage(lines.collect()))
    }

    fn note(&mut self, contender: &Contender, usage: &Usage) -> Result<()> {
        let memory = usage.number("memory_bytes")? / 1e6;
        let processor = usage.number("processor_us")? * 1e3 / to_f64(RECORDS);
        let system = usage.number("system_us")? * 1e3 / to_f64(RECORDS);
        let clock = usage.number("wall_us")? / 1e3 / to_f64(PAGES);
        for (unit, figure) in [
            (PROCESSOR, processor),
            (SYSTEM, system),
            (CLOCK, clock),
            (MEMORY, memory),
        ] {
            self.figure(contender.engine, unit, figure);
        }
        if contender.engine == READ {
            let page = usage.number("largest_page_bytes")? / 1e6;
            self.figure(ALLOWED, MEMORY, 1.5 * page + 20.0);
        }
        Ok(())
    }

    fn count(&mut self, contender: &Contender) -> Result<()> {
        paths::replace_dir(&self.programs.folder)?;
        let words = (contender.command)(self.programs, self.tenant);
        let counted = callgrind::count_whole(&words, |run| self.tenant.known_to(run))?;
        self.figure(contender.engine, INSTRUCTIONS, counted / to_f64(RECORDS));
        Ok(())
    }

    fn figure(&mut self, engine: &str, unit: &str, figure: f64) {
        self.figures
            .note("drain", self.tenant.scheme, engine, unit, figure);
    }
}

/// What a program printed of itself, and what it used.
struct Usage(Vec<Value>);

impl Usage {
    fn number(&self, member: &str) -> Result<f64> {
        let mut numbers = self.0.iter().filter_map(|line| line[member].as_f64());
        numbers
            .next()
            .with_context(|| format!("its {member} was not printed"))
    }
}

/// How many records there are in all segments below a folder.
fn lines_below(folder: &Path) -> Result<u64> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += lines_below(&path)?;
        } else if is_segment(&path) {
            count += lines(&path)?;
        }
    }
    Ok(count)
}

fn lines(path: &Path) -> Result<u64> {
    let mut reader = BufReader::new(File::open(path)?);
    let mut count = 0;
    while reader.skip_until(b'\n')? > 0 {
        count += 1;
    }
    Ok(count)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn to_f64(count: u64) -> f64 {
    count as f64
}
