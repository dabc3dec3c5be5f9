//! What was typed after `nskope drain`.

use super::{CONNECTION, Connection, query::common::Reading};
use clap::{
    ArgGroup, Args as ClapArgs, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use netskope_blocking::drain::Format;
use std::{net::SocketAddr, path::PathBuf};

const EXAMPLES: &str = "\
Examples:
  nskope drain --stream page --stream alert --index siem-1 --from '2 hours ago' --out /var/log/netskope
  nskope drain --all --index siem-1 --from head --until caught-up --format ndjson.zst --out logs
  nskope drain --stream alerts/dlp --index look --from tail --out - | jq -r .user
  nskope drain status /var/log/netskope";

/// What `nskope drain` was asked.
#[derive(Debug, ClapArgs)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{}\n\n{}", super::ENVIRONMENT, super::EXIT_CODES)
)]
pub(in crate::cli) struct Drain {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<Command>,

    // What is flattened below and not in it would leave its group empty, and so always absent.
    #[command(flatten)]
    pub(in crate::cli) asked: Option<Asked>,

    #[command(flatten)]
    pub(in crate::cli) reading: Reading,

    #[command(flatten)]
    pub(in crate::cli) connection: Connection,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Show where each index stands, by its ledger
    ///
    /// Nothing is sent, and a drain that runs meanwhile is not disturbed.
    Status(Folder),

    /// Read all segments again and hold them against what was committed
    ///
    /// What is missing, doubled or changed is said, and the exit code is then 5. Nothing is sent and nothing changed.
    Verify(Folder),
}

/// A folder that was drained to.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Folder {
    /// The folder that --out named
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,

    /// How the answer is written; a table unless told
    #[arg(long, short, value_name = "FORMAT", value_enum, default_value_t = Form::Table, hide_default_value = true)]
    pub(in crate::cli) output: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Form {
    /// Columns to read
    Table,
    /// One array, for programs
    Json,
}

/// What a drain itself was asked.
#[derive(Debug, ClapArgs)]
#[command(group = ArgGroup::new("which").required(true))]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(in crate::cli) struct Asked {
    /// A log stream, such as page or alerts/dlp; may be given several times
    #[arg(long = "stream", value_name = "NAME", group = "which")]
    pub(in crate::cli) streams: Vec<String>,

    /// All log streams that are known by name
    #[arg(long, group = "which")]
    pub(in crate::cli) all: bool,

    /// The name under which the tenant keeps this consumer's place; no two consumers may share one
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) index: String,

    /// Where an index that is new here starts: head, tail, or a time such as 2026-11-01T00:00:00Z, 1793491200 or
    /// "2 hours ago"
    #[arg(long, value_name = "START", allow_hyphen_values = true)]
    pub(in crate::cli) from: Option<String>,

    /// Begin anew where --from says, although the index is known here; what was drained stays
    #[arg(long, requires = "from")]
    pub(in crate::cli) restart: bool,

    /// When to end: caught-up, or at the records of a time; follows for ever unless told
    #[arg(long, value_name = "END", allow_hyphen_values = true)]
    pub(in crate::cli) until: Option<String>,

    /// The folder to write to, with one folder in it for each stream; "-" writes to standard output, and keeps the place in
    /// this user's folder for state
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: PathBuf,

    /// How the records are written: ndjson, or with each page compressed ndjson.gz or ndjson.zst; ndjson unless told
    #[arg(long, value_name = "FORMAT", value_parser = formats(), hide_possible_values = true, default_value_t = Format::Ndjson, hide_default_value = true)]
    pub(in crate::cli) format: Format,

    /// Begin a new file where one has reached this size on disk, such as 256MB; 1GiB unless told
    #[arg(long, value_name = "SIZE")]
    pub(in crate::cli) rotate_size: Option<String>,

    /// Begin a new file where one was begun this long ago, such as 1h; a day unless told
    #[arg(long, value_name = "TIME")]
    pub(in crate::cli) rotate_age: Option<String>,

    /// Keep only the records that match this query; the others are fetched and left out
    #[arg(long = "where", value_name = "QUERY")]
    pub(in crate::cli) filter: Option<String>,

    /// Say what would be done, and send nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,

    /// Tell what happens as JSON on standard error, one object a line
    #[arg(long)]
    pub(in crate::cli) json_log: bool,

    /// Serve metrics for Prometheus at this address, such as 127.0.0.1:9187
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(in crate::cli) metrics: Option<SocketAddr>,

    /// How often a failed request is repeated; for ever unless told, and 10 times in a row with --until
    #[arg(long, value_name = "N", help_heading = CONNECTION)]
    pub(in crate::cli) retries: Option<u32>,
}

/// The names of formats, told where another is typed.
fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::extension))
        .try_map(|name| name.parse::<Format>())
}
