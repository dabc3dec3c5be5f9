//! What was typed, unjudged.

pub(super) mod drain;
pub(super) mod query;

use super::{
    failure::{Exit, Failure},
    output::Format,
};
use clap::{
    Args as ClapArgs, Parser, Subcommand,
    error::{ContextKind, ContextValue, ErrorKind},
};
use netskope_blocking::model::v1::clients::MAX_LIMIT;
use std::{ffi::OsString, path::PathBuf};

const ENVIRONMENT: &str = "\
Environment:
  NETSKOPE_TENANT    the tenant, as for --tenant
  NETSKOPE_V1_TOKEN  the REST API v1 token of `clients` (Settings > Tools > REST API v1)
  NETSKOPE_V2_TOKEN  the REST API v2 token of `drain` (Settings > Tools > REST API v2)
  HTTPS_PROXY        a proxy for all but loopback tenants";

const EXIT_CODES: &str = "\
Exit codes:
  0    found; a drain that ended as it was asked to
  1    nothing matched
  2    the command line or the query is wrong, or the tenant rejected the request
  3    the tenant refused the token
  4    the server or the network failed, retries included
  5    a local file could not be read, is not what it should be, or could not be written
  130  Ctrl-C came before a drain was at its end
  143  SIGTERM came before a drain was at its end
Where streams of a drain failed in several ways, it is the first of 5, 3, 2 and 4.";

const EXAMPLES: &str = "\
Examples:
  nskope clients \"host_info.hostname eq 'LAPTOP-7'\"
  nskope clients \"last_event.status eq 'Disabled' and host_info.os eq 'Mac'\" --limit 50
  nskope clients \"username like 'kim'\" --output csv --fields _id,users.username
  nskope clients --all --output ndjson | jq -r .host_info.hostname";

/// Look up devices in a Netskope tenant, drain its log streams, and work with queries.
#[derive(Debug, Parser)]
#[command(name = "nskope", version, after_help = format!("{ENVIRONMENT}\n\n{EXIT_CODES}"), arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Look up the devices that have the Netskope client
    ///
    /// Devices go to standard output, those with the latest events first; everything else goes to standard error. The
    /// query is checked before anything is sent.
    Clients(Clients),

    /// Drain log streams to files, without losing or doubling a record
    ///
    /// The same line serves every time: an index that is new starts where --from says, and one whose ledger is found goes
    /// on from it, whatever ended the run before. Streams that fail do not hold up the others.
    Drain(drain::Drain),

    /// Check, format, explain and complete queries, and run them on local files
    ///
    /// Nothing is sent, and no tenant or token is needed.
    #[command(subcommand)]
    Query(query::Query),
}

/// What `nskope clients` was asked.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{ENVIRONMENT}\n\n{EXIT_CODES}"))]
pub(super) struct Clients {
    /// Which devices to look for; without a query, all of them
    #[arg(value_name = "QUERY")]
    pub(super) query: Option<String>,

    /// Read the query from a file, or from standard input with "-"
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub(super) query_file: Option<PathBuf>,

    /// At most this many devices, from 1 to 5000; 1000 unless told
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1_000,
        hide_default_value = true,
        allow_negative_numbers = true
    )]
    pub(super) limit: i64,

    /// Leave out this many devices from the start
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true,
        allow_negative_numbers = true
    )]
    pub(super) skip: i64,

    /// All devices, page by page; those repeated from one page to the next only once
    #[arg(long, conflicts_with = "limit")]
    pub(super) all: bool,

    /// How many devices --all asks for at a time, from 1 to 5000; 5000 unless told
    #[arg(
        long,
        value_name = "N",
        requires = "all",
        default_value_t = MAX_LIMIT.into(),
        hide_default_value = true,
        value_parser = clap::value_parser!(i64).range(1..=MAX_LIMIT.into())
    )]
    pub(super) page_size: i64,

    /// How to write the devices; a table on a terminal and ndjson elsewhere unless told
    #[arg(long, short, value_name = "FORMAT", value_enum)]
    pub(super) output: Option<Format>,

    /// Only these fields, by their paths, in this order
    #[arg(long, value_name = "PATH,PATH...")]
    pub(super) fields: Option<String>,

    /// How often a failed request is repeated, 3 times unless told
    #[arg(
        long,
        value_name = "N",
        default_value_t = 3,
        hide_default_value = true,
        help_heading = CONNECTION
    )]
    pub(super) retries: u32,

    #[command(flatten)]
    pub(super) connection: Connection,
}

const CONNECTION: &str = "Connection";

/// How to reach the tenant.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = CONNECTION)]
pub(super) struct Connection {
    /// The tenant's host, such as acme.goskope.com, or its URL
    #[arg(long, value_name = "HOST")]
    pub(super) tenant: Option<String>,

    /// A file that holds the token, in place of the one in the environment
    #[arg(long, value_name = "FILE")]
    pub(super) token_file: Option<PathBuf>,

    /// The longest that one request may take, 60 seconds unless told, and at most a day
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 60,
        hide_default_value = true,
        value_parser = clap::value_parser!(u64).range(1..=86_400)
    )]
    pub(super) timeout: u64,

    /// Trust the certificate authorities in this PEM file instead of the system's
    #[arg(long, value_name = "FILE")]
    pub(super) ca_file: Option<PathBuf>,

    /// Tell of each request on standard error
    #[arg(long, short)]
    pub(super) verbose: bool,
}

/// Where a token was given as an argument: why none is taken there, and where it is.
pub(super) fn token_typed(error: &clap::Error) -> Option<Failure> {
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument)) if argument.ends_with("token") => Some(
            Failure::new(
                Exit::Usage,
                "a token is not taken from the command line, where other users and the shell's history see it",
            )
            .hint("set NETSKOPE_V1_TOKEN for lookups or NETSKOPE_V2_TOKEN for log streams, or give --token-file FILE with a file that holds the token"),
        ),
        _ => None,
    }
}

/// Where there are more arguments than the one query: most likely it is one without its quotes.
pub(super) fn words_typed(error: &clap::Error) -> Option<Failure> {
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(word))
            if error.kind() == ErrorKind::UnknownArgument && !word.starts_with('-') =>
        {
            let failure = Failure::new(Exit::Usage, format!("unexpected argument '{word}'"));
            Some(failure.hint("put the whole query in quotes, such as \"host_info.os eq 'Mac'\""))
        }
        _ => None,
    }
}

/// The first argument that is not text, by its place alone, because it may be a token.
pub(super) fn not_utf8(arguments: impl Iterator<Item = OsString>) -> Failure {
    let place = arguments
        .skip(1)
        .position(|argument| argument.to_str().is_none());
    let which = place.map_or_else(
        || "an argument".to_owned(),
        |place| format!("argument {}", place + 1),
    );
    Failure::new(Exit::Usage, format!("{which} is not valid UTF-8"))
        .hint("check the terminal's encoding; queries and host names are UTF-8 text")
}
