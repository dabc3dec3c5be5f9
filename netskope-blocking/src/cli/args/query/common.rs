//! What several of the commands take.

use crate::cli::{failure::Failure, text::Text};
use clap::{Args as ClapArgs, ValueEnum};
use netskope_blocking::model::v1::clients::SCHEMA;
use netskope_query::{Dialect, Schema};
use std::path::PathBuf;

/// Where the query comes from.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Source {
    /// The query; "-" reads it from standard input
    #[arg(value_name = "QUERY", required_unless_present = "query_file")]
    query: Option<String>,

    /// Read the query from a file, or from standard input with "-"
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    query_file: Option<PathBuf>,
}

impl Source {
    pub(in crate::cli) fn text(&self) -> Result<Text, Failure> {
        let text = Text::of(self.query.as_deref(), self.query_file.as_deref())?;
        Ok(text.unwrap_or_else(|| Text::typed("")))
    }
}

/// What the query is about.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct About {
    /// Whose fields, codes and rows are known; those of clients unless told
    #[arg(long, value_name = "SCHEMA", value_enum, default_value_t = Known::Clients, hide_default_value = true)]
    schema: Known,
}

impl About {
    pub(in crate::cli) fn schema(&self) -> &'static Schema<'static> {
        match self.schema {
            Known::Clients => &SCHEMA,
            Known::None => &Schema::EMPTY,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Known {
    /// Those of devices, as `nskope clients` prints them
    Clients,
    /// Those of nothing: for records of any other kind
    None,
}

/// How the query is read.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Reading {
    /// Who the query is written for; skope-it unless told
    #[arg(long, value_name = "DIALECT", value_enum, default_value_t = Written::SkopeIt, hide_default_value = true)]
    dialect: Written,
}

impl Reading {
    pub(in crate::cli) fn dialect(&self) -> Dialect {
        match self.dialect {
            Written::SkopeIt => Dialect::SkopeIt,
            Written::Jql => Dialect::Jql,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Written {
    /// The tenant's pages and its REST API v1: `eq` has a case, `like` means "contains" in any case
    SkopeIt,
    /// The official command line: `eq` has no case, `like` takes * and ? and the whole text
    Jql,
}

/// How the answer is written.
#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct Output {
    /// How the answer is written; text unless told
    #[arg(long, short, value_name = "FORMAT", value_enum, default_value_t = Form::Text, hide_default_value = true)]
    output: Form,
}

impl Output {
    pub(in crate::cli) fn is_json(&self) -> bool {
        self.output == Form::Json
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people, on several lines
    Text,
    /// For editors and other programs
    Json,
}
