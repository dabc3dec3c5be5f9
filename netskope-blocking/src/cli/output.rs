//! The ways to write devices.

mod csv;
mod json;
mod ndjson;
mod record;
mod table;

use super::{failure::Failure, fields::Fields};
use netskope_blocking::model::v1::device::Device;
use std::{
    io::{self, BufWriter, IsTerminal},
    time::SystemTime,
};

/// A way to write devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Columns to read, as many as fit the terminal
    Table,
    /// One array of the devices as the tenant wrote them
    Json,
    /// The same, one device a line, written as pages arrive
    Ndjson,
    /// Comma-separated values with a header line
    Csv,
}

/// Takes devices and writes them, at once or at the end.
pub(super) trait Sink {
    /// Takes more devices.
    fn take(&mut self, devices: Vec<Device>) -> io::Result<()>;

    /// Writes what is left.
    fn finish(&mut self) -> io::Result<()>;
}

/// Standard output in the wanted format.
pub(super) fn standard(format: Option<Format>, fields: Option<Fields>) -> Box<dyn Sink> {
    let stdout = io::stdout();
    let terminal = stdout.is_terminal();
    let format = format.unwrap_or(if terminal {
        Format::Table
    } else {
        Format::Ndjson
    });
    let out = BufWriter::new(stdout.lock());
    match format {
        Format::Table => Box::new(table::Table::new(out, fields, SystemTime::now())),
        Format::Json => Box::new(json::Json::new(out, fields, terminal)),
        Format::Ndjson => Box::new(ndjson::Ndjson::new(out, fields)),
        Format::Csv => Box::new(csv::Csv::new(out, fields)),
    }
}

/// A sink that turns what goes wrong into a command's failure.
pub(super) struct Output(Box<dyn Sink>);

impl Output {
    pub(super) fn new(sink: Box<dyn Sink>) -> Self {
        Self(sink)
    }

    pub(super) fn take(&mut self, devices: Vec<Device>) -> Result<(), Failure> {
        self.0
            .take(devices)
            .map_err(|error| Failure::writing(&error))
    }

    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        self.0.finish().map_err(|error| Failure::writing(&error))
    }
}

#[cfg(test)]
mod tests;
