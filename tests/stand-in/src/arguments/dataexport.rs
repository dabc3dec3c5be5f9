//! The flags of the v2 interface.

use super::{malformed, unreadable};
use crate::Failure;
use clap::{Args, ValueEnum};
use netskope_model::v2::Stream;
use netskope_stand_in::{
    DataExport, EarlyResend, Events, FreshNext, GivenEvents, RandomFaults, events_of,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(next_help_heading = "v2 dataexport")]
pub(super) struct DataExportArguments {
    /// Synthetic events that each stream has at the start
    #[arg(long, value_name = "N", default_value_t = 0)]
    backlog: u64,
    /// Seconds before the start over which the backlog is spread
    #[arg(long, value_name = "SECONDS", default_value_t = 86_400)]
    backlog_span: u64,
    /// Synthetic events that arrive in each stream every second
    #[arg(long, value_name = "N", default_value_t = 0)]
    events_per_second: u64,
    /// Given events instead, one JSON object a line, such as events/page=FILE.ndjson
    #[arg(long, value_name = "STREAM=FILE", value_parser = stream_and_file)]
    events: Vec<(String, PathBuf)>,
    /// Epoch second at which the time of this tenant starts [default: now]
    #[arg(long, value_name = "EPOCH")]
    origin: Option<i64>,
    /// The most records a page holds
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    page_size: u64,
    /// The `wait_time` of every page; inferred [default: 1 after a full page to 30 after an empty one]
    #[arg(long, value_name = "SECONDS")]
    wait_time: Option<u64>,
    /// Requests a second permitted on each endpoint
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..))]
    permits: u64,
    /// A stream that the token has no scope for
    #[arg(long, value_name = "STREAM", value_parser = stream)]
    forbid: Vec<String>,
    /// Go through time in batches of an hour, as newer documents say
    #[arg(long)]
    hour_windows: bool,
    /// Where `next` starts on an index never used; inferred
    #[arg(long, value_enum, default_value_t = FreshNextFlag::Oldest)]
    fresh_next: FreshNextFlag,
    /// What `resend` has before any page; inferred
    #[arg(long, value_enum, default_value_t = EarlyResendFlag::Refuse)]
    early_resend: EarlyResendFlag,
    /// What goes wrong at random with v2 requests, by this seed, and with so many of 100 [default: 20]
    #[arg(long, value_name = "SEED[:PERCENT]", value_parser = random_faults)]
    random_faults: Option<RandomFaults>,
    /// Send pages in chunks, without announcing their length
    #[arg(long)]
    chunked: bool,
    /// Tell which pages were served at GET /_stand-in/served
    #[arg(long)]
    served: bool,
    /// Megabytes of rendered full pages to keep, so that rendering does not count where others are measured
    #[arg(long, value_name = "MB", default_value_t = 0)]
    page_cache: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum FreshNextFlag {
    /// With the oldest event
    Oldest,
    /// With the events after the request
    Now,
}

#[derive(Clone, Copy, ValueEnum)]
enum EarlyResendFlag {
    /// HTTP 400
    Refuse,
    /// A page without records
    Empty,
}

impl DataExportArguments {
    pub(super) fn options(self, seed: u64, now: i64) -> Result<DataExport, Failure> {
        Ok(DataExport {
            origin: self.origin.unwrap_or(now),
            events: Events {
                seed,
                backlog: self.backlog,
                span: self.backlog_span,
                per_second: self.events_per_second,
            },
            given: given(self.events)?,
            page_size: self.page_size,
            wait_time: self.wait_time,
            permits: self.permits,
            forbidden: self.forbid,
            hour_windows: self.hour_windows,
            fresh_next: match self.fresh_next {
                FreshNextFlag::Oldest => FreshNext::Oldest,
                FreshNextFlag::Now => FreshNext::Now,
            },
            early_resend: match self.early_resend {
                EarlyResendFlag::Refuse => EarlyResend::Refuse,
                EarlyResendFlag::Empty => EarlyResend::Empty,
            },
            chunked: self.chunked,
            served: self.served,
            random_faults: self.random_faults,
            page_cache: self.page_cache.saturating_mul(1_000_000),
        })
    }
}

fn given(files: Vec<(String, PathBuf)>) -> Result<BTreeMap<String, GivenEvents>, Failure> {
    let mut given = BTreeMap::new();
    for (stream, file) in files {
        if given.insert(stream.clone(), read(&file)?).is_some() {
            let twice = format!("--events names {stream} twice; put its events into one file");
            return Err(Failure::Usage(twice));
        }
    }
    Ok(given)
}

fn read(file: &Path) -> Result<GivenEvents, Failure> {
    let text = fs::read_to_string(file).map_err(|error| unreadable(file, &error))?;
    events_of(text).map_err(|error| malformed(file, &error))
}

fn stream_and_file(text: &str) -> Result<(String, PathBuf), String> {
    let (name, file) = (text.split_once('=')).ok_or("it must read STREAM=FILE")?;
    Ok((stream(name)?, file.into()))
}

fn stream(name: &str) -> Result<String, String> {
    let stream = Stream::parse(name).map_err(|error| error.to_string())?;
    Ok(stream.to_string())
}

fn random_faults(text: &str) -> Result<RandomFaults, String> {
    let (seed, percent) = text.split_once(':').unwrap_or((text, "20"));
    let wrong = "it must read SEED or SEED:PERCENT, such as 7:30";
    let plan = RandomFaults {
        percent: percent.parse().map_err(|_| wrong)?,
        ..RandomFaults::new(seed.parse().map_err(|_| wrong)?)
    };
    if plan.percent > 100 {
        return Err("PERCENT must be at most 100".to_owned());
    }
    Ok(plan)
}
