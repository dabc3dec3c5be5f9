//! The flags.

mod dataexport;

use crate::Failure;
use clap::{Parser, ValueEnum};
use dataexport::DataExportArguments;
use http::HeaderValue;
use netskope_stand_in::server::ServeOptions;
use netskope_stand_in::{
    AboveCap, Codes, DEFAULT_LIMIT_CAP, DEFAULT_V1_TOKEN, DEFAULT_V2_TOKEN, Device, Fault, Fleet,
    Options, RateLimit, Refusal, TooMany, clients_of, faults_of,
};
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

const DAY: i64 = 86_400;

/// A local stand-in for a Netskope tenant.
///
/// When ready it prints one line of JSON with its URL and tokens, and serves until Ctrl-C or SIGTERM.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Arguments {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Speak TLS and write the certificate authority to DIR/ca.pem
    #[arg(long, value_name = "DIR")]
    tls: Option<PathBuf>,
    /// Whether a connection is left open after an answer
    #[arg(long, value_enum, default_value_t = Switch::On)]
    keep_alive: Switch,
    /// Answers of /api/v1/clients as a tenant returned them, whose devices this one has
    #[arg(long, value_name = "FILE", num_args = 1..)]
    clients: Vec<PathBuf>,
    /// Number of synthetic devices
    #[arg(long, value_name = "N", default_value_t = 0)]
    devices: u64,
    /// Seed of the synthetic devices and events: the same seed gives the same ones, devices aged from the start of today
    /// (UTC)
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    /// Token that v1 requests must carry
    #[arg(long, value_name = "TOKEN", default_value = DEFAULT_V1_TOKEN)]
    v1_token: String,
    /// Token that v2 requests must carry, which v1 refuses
    #[arg(long, value_name = "TOKEN", default_value = DEFAULT_V2_TOKEN)]
    v2_token: String,
    /// The most records one v1 answer holds (documents say 5000 and, earlier, 10000)
    #[arg(long, value_name = "N", default_value_t = DEFAULT_LIMIT_CAP, value_parser = clap::value_parser!(u64).range(1..))]
    limit_cap: u64,
    /// Records in a v1 answer when the request names no limit; inferred [default: the cap]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    default_limit: Option<u64>,
    /// What becomes of a limit above the cap; inferred
    #[arg(long, value_enum, default_value_t = AboveCapFlag::Clamp)]
    above_cap: AboveCapFlag,
    /// Print coded fields as the documentation's numbers, where it has one
    #[arg(long)]
    numeric_codes: bool,
    /// Refuse a token with HTTP 200 and the error envelope, not with 403
    #[arg(long)]
    errors_as_200: bool,
    /// Page origin allowed to call from a browser, such as `http://localhost:8080`, or `*`
    #[arg(long, value_name = "ORIGIN")]
    cors: Option<HeaderValue>,
    /// The documented limits: 4 requests a second, of which v1 lets 20 more wait their turn; beyond that 429
    #[arg(long, value_enum, default_value_t = Switch::On)]
    rate_limit: Switch,
    /// Body of a 429; inferred
    #[arg(long, value_enum, default_value_t = TooManyFlag::Page)]
    too_many: TooManyFlag,
    /// What goes wrong with requests to come, one JSON object a line
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// Tell what was received at GET /_stand-in/requests, tokens included
    #[arg(long)]
    record: bool,
    #[command(flatten)]
    dataexport: DataExportArguments,
}

#[derive(Clone, Copy, ValueEnum)]
enum Switch {
    On,
    Off,
}

#[derive(Clone, Copy, ValueEnum)]
enum AboveCapFlag {
    /// It is lowered to the cap
    Clamp,
    /// The answer is an error
    Refuse,
}

#[derive(Clone, Copy, ValueEnum)]
enum TooManyFlag {
    /// The web server's HTML page
    Page,
    /// The v1 error envelope
    Envelope,
}

impl Arguments {
    pub(crate) fn serve_options(&self) -> ServeOptions {
        ServeOptions {
            listen: self.listen,
            tls: self.tls.clone(),
            keep_alive: matches!(self.keep_alive, Switch::On),
        }
    }

    pub(crate) fn options(self) -> Result<Options, Failure> {
        Ok(Options {
            clients: read_all(&self.clients)?,
            fleet: Fleet::new(self.devices, self.seed, now() / DAY * DAY),
            v1_token: self.v1_token,
            v2_token: self.v2_token,
            limit_cap: self.limit_cap,
            default_limit: self.default_limit,
            above_cap: match self.above_cap {
                AboveCapFlag::Clamp => AboveCap::Clamp,
                AboveCapFlag::Refuse => AboveCap::Refuse,
            },
            codes: if self.numeric_codes {
                Codes::Numbers
            } else {
                Codes::Labels
            },
            refusal: if self.errors_as_200 {
                Refusal::Ok
            } else {
                Refusal::Forbidden
            },
            cors: self.cors,
            rate_limit: match self.rate_limit {
                Switch::On => RateLimit::On,
                Switch::Off => RateLimit::Off,
            },
            too_many: match self.too_many {
                TooManyFlag::Page => TooMany::Page,
                TooManyFlag::Envelope => TooMany::Envelope,
            },
            record: self.record,
            faults: self.faults.as_deref().map_or(Ok(Vec::new()), read_faults)?,
            dataexport: self.dataexport.options(self.seed, now())?,
        })
    }
}

fn read_all(files: &[PathBuf]) -> Result<Vec<Device>, Failure> {
    let mut devices = Vec::new();
    for file in files {
        let text = fs::read(file).map_err(|error| unreadable(file, &error))?;
        devices.extend(clients_of(&text).map_err(|error| malformed(file, &error))?);
    }
    Ok(devices)
}

fn read_faults(file: &Path) -> Result<Vec<Fault>, Failure> {
    let text = fs::read_to_string(file).map_err(|error| unreadable(file, &error))?;
    faults_of(&text).map_err(|error| malformed(file, &error))
}

fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::Io(format!("cannot read {}: {error}", file.display()))
}

fn malformed(file: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::Usage(format!("{}: {error}", file.display()))
}

/// The epoch second it is. Devices age from the start of its day, so that two starts on one day show the same fleet.
fn now() -> i64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    i64::try_from(now).unwrap_or_default()
}
