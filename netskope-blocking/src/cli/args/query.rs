//! What was typed after `nskope query`.

pub(in crate::cli) mod common;

use super::not_utf8;
use crate::cli::{
    failure::{Exit, Failure},
    text::{STANDARD_INPUT, Text, is_standard_input},
};
use clap::{Args as ClapArgs, Subcommand};
use common::{About, Output, Reading, Source};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

const FILTER_EXAMPLES: &str = "\
Examples:
  nskope query filter \"host_info.os eq 'Mac'\" devices.ndjson
  nskope clients --all -o ndjson | nskope query filter \"last_event.status eq 'Disabled'\"
  zcat alerts-*.ndjson.gz | nskope query filter --schema none \"severity eq high and app like box\"";

/// What `nskope query` was asked.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Query {
    /// Say what is wrong with a query
    ///
    /// All errors, or else warnings and notes, go to standard output. The exit code is 2 where the text is no query, and 0
    /// where it is one, whatever there is to say about it. What it says holds for both dialects.
    Check(Check),

    /// Write a query in its one canonical form
    Fmt(Fmt),

    /// Say in words what a query asks, which fields it reads, and what it costs
    Explain(Explain),

    /// List what may be written at a place in a query
    ///
    /// The best comes first, each on a line of its own with a tab before what it means. The exit code is 1 where nothing
    /// is known that fits.
    Complete(Complete),

    /// Print the lines that match, of files with one JSON object a line
    ///
    /// Lines are printed byte for byte and in their order, as they are read. Blank lines are passed over. A line that is
    /// no JSON is told of and left out, and a file that cannot be read too; the exit code is then 5, whatever matched. What
    /// is probably not meant in the query is pointed out first.
    #[command(after_help = FILTER_EXAMPLES)]
    Filter(Filter),
}

/// What `nskope query check` was asked.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Check {
    #[command(flatten)]
    pub(in crate::cli) source: Source,
    #[command(flatten)]
    pub(in crate::cli) about: About,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

/// What `nskope query fmt` was asked.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Fmt {
    #[command(flatten)]
    pub(in crate::cli) source: Source,

    /// Break lines that are longer than this many characters; one line unless told
    #[arg(long, value_name = "N")]
    pub(in crate::cli) width: Option<usize>,

    /// Ask the same in fewer words
    #[arg(long)]
    pub(in crate::cli) simplify: bool,
}

/// What `nskope query explain` was asked.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Explain {
    #[command(flatten)]
    pub(in crate::cli) source: Source,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
    #[command(flatten)]
    pub(in crate::cli) about: About,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

/// What `nskope query complete` was asked.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Complete {
    #[command(flatten)]
    pub(in crate::cli) source: Source,

    /// Where the cursor stands, in bytes from 0; at the end unless told
    #[arg(long, value_name = "N")]
    pub(in crate::cli) cursor: Option<usize>,

    #[command(flatten)]
    pub(in crate::cli) about: About,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

/// What `nskope query filter` was asked.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Filter {
    /// Which lines to print; "-" reads the query from standard input
    #[arg(value_name = "QUERY", required_unless_present = "query_file")]
    query: Option<OsString>,

    /// Where to read them; standard input with "-" or without a file
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Read the query from a file; all other arguments are files to search
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) query_file: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
    #[command(flatten)]
    pub(in crate::cli) about: About,
}

impl Filter {
    /// The query and the files to search: with a query file, there is no query among the arguments.
    pub(in crate::cli) fn text_and_files(&self) -> Result<(Text, Vec<PathBuf>), Failure> {
        let (mut source, mut files) = (self.query.as_ref().map(PathBuf::from), self.files.clone());
        if let Some(file) = &self.query_file {
            files.splice(..0, source.replace(file.clone()));
        }
        if files.is_empty() {
            files.push(STANDARD_INPUT.into());
        }
        let read = source.iter().chain(&files);
        if read.filter(|file| is_standard_input(file)).count() > 1 {
            let message = "standard input can be read once: for the query, or as one of the files";
            return Err(Failure::new(Exit::Usage, message));
        }
        Ok((self.text()?, files))
    }

    fn text(&self) -> Result<Text, Failure> {
        if let Some(file) = &self.query_file {
            return Text::read(file);
        }
        match self.query.as_deref().unwrap_or_default().to_str() {
            Some(STANDARD_INPUT) => Text::read(Path::new(STANDARD_INPUT)),
            Some(typed) => Ok(Text::typed(typed)),
            None => Err(not_utf8(std::env::args_os())),
        }
    }
}
