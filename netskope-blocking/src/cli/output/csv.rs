//! Comma-separated values, for scripts and spreadsheets.

use super::Sink;
use crate::cli::fields::{Fields, cell, plain};
use netskope_blocking::model::v1::device::Device;
use serde_json::Value;
use std::io::{self, Write};

/// The columns where none are asked for.
const COLUMNS: &[&str] = &[
    "host_info.hostname",
    "host_info.os",
    "host_info.os_version",
    "last_event.status",
    "last_event.event",
    "last_event.timestamp",
    "users.username",
    "users.device_classification_status",
    "client_version",
    "_id",
];

pub(super) struct Csv<W: Write> {
    out: csv::Writer<W>,
    fields: Fields,
    headed: bool,
}

impl<W: Write> Csv<W> {
    pub(super) fn new(out: W, fields: Option<Fields>) -> Self {
        Self {
            out: csv::Writer::from_writer(out),
            fields: fields.unwrap_or_else(|| Fields::of(COLUMNS)),
            headed: false,
        }
    }

    fn head(&mut self) -> io::Result<()> {
        if !self.headed {
            self.headed = true;
            self.out.write_record(self.fields.paths()).map_err(bare)?;
        }
        Ok(())
    }
}

impl<W: Write> Sink for Csv<W> {
    fn take(&mut self, devices: Vec<Device>) -> io::Result<()> {
        self.head()?;
        for device in devices {
            let picked = self.fields.pick(&device)?;
            let cells = picked.entries().map(|(_, value)| spreadsheet_cell(value));
            self.out.write_record(cells).map_err(bare)?;
        }
        self.out.flush()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.head()?;
        self.out.flush()
    }
}

/// The error of the writer below, where there is one, so that a closed pipe is known as one.
fn bare(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A cell that no spreadsheet takes for a formula.
///
/// Whoever names a device chooses the text, and whoever opens the file runs the formula; an apostrophe in front makes it
/// text again. Numbers stay numbers.
fn spreadsheet_cell(value: &Value) -> String {
    let text = cell(value, &plain);
    if !value.is_number() && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return format!("'{text}");
    }
    text
}
