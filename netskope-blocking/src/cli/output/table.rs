//! Columns to read, as wide as the terminal.

mod columns;
mod fit;

use super::Sink;
use crate::cli::{
    fields::{Fields, cell, plain},
    harmless::harmless,
};
use comfy_table::{ContentArrangement, presets};
use netskope_blocking::model::v1::{device::Device, schema};
use serde_json::Value;
use std::{
    io::{self, Write},
    time::{SystemTime, UNIX_EPOCH},
};

pub(super) struct Table<W> {
    out: W,
    fields: Option<Fields>,
    now: i64,
    rows: comfy_table::Table,
}

impl<W: Write> Table<W> {
    pub(super) fn new(out: W, fields: Option<Fields>, now: SystemTime) -> Self {
        let mut table = comfy_table::Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic);
        match &fields {
            None => table.set_header(columns::COLUMNS.map(|column| column.title)),
            Some(fields) => table.set_header(fields.paths().map(harmless)),
        };
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        Self {
            out,
            fields,
            now: i64::try_from(now).unwrap_or(i64::MAX),
            rows: table,
        }
    }

    fn cells(&self, device: &Device) -> io::Result<Vec<String>> {
        let Some(fields) = &self.fields else {
            return Ok(columns::COLUMNS
                .map(|column| (column.show)(device, self.now))
                .into());
        };
        let picked = fields.pick(device)?;
        let cells = picked
            .entries()
            .map(|(path, value)| cell(value, &|value| readable(path, value)));
        Ok(cells.collect())
    }
}

impl<W: Write> Sink for Table<W> {
    fn take(&mut self, devices: Vec<Device>) -> io::Result<()> {
        for device in devices {
            let cells = self.cells(&device)?;
            self.rows.add_row(cells.iter().map(|cell| harmless(cell)));
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let fields = self.fields.as_ref().map(|fields| fields.paths().count());
        fit::widen(&mut self.rows, fields.unwrap_or(fit::ALWAYS));
        if fields.is_none() {
            fit::fit(&mut self.rows);
        }
        if !self.rows.is_empty() {
            for line in self.rows.lines() {
                writeln!(self.out, "{}", line.trim_end())?;
            }
        }
        self.out.flush()
    }
}

/// A value, with the label of a coded one, whose number may be written as text.
fn readable(path: &str, value: &Value) -> String {
    let code = match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64(),
    };
    let label = code.and_then(|code| schema::label(path, code));
    label.map_or_else(|| plain(value), str::to_owned)
}

#[cfg(test)]
mod tests;
