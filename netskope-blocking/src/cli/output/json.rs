//! One array, written when all devices are there: half an array is no JSON.

use super::{Sink, record::record};
use crate::cli::fields::Fields;
use netskope_blocking::model::v1::device::Device;
use std::io::{self, Write};

pub(super) struct Json<W> {
    out: W,
    fields: Option<Fields>,
    pretty: bool,
    records: Vec<String>,
}

impl<W: Write> Json<W> {
    pub(super) fn new(out: W, fields: Option<Fields>, pretty: bool) -> Self {
        Self {
            out,
            fields,
            pretty,
            records: Vec::new(),
        }
    }
}

impl<W: Write> Sink for Json<W> {
    fn take(&mut self, devices: Vec<Device>) -> io::Result<()> {
        for device in devices {
            self.records
                .push(record(&device, self.fields.as_ref(), self.pretty)?);
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        writeln!(self.out, "[{}]", self.records.join(",\n"))?;
        self.out.flush()
    }
}
