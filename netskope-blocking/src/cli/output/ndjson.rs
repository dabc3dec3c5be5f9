//! One device a line, written as pages arrive.

use super::{Sink, record::record};
use crate::cli::fields::Fields;
use netskope_blocking::model::v1::device::Device;
use std::io::{self, Write};

pub(super) struct Ndjson<W> {
    out: W,
    fields: Option<Fields>,
}

impl<W: Write> Ndjson<W> {
    pub(super) fn new(out: W, fields: Option<Fields>) -> Self {
        Self { out, fields }
    }
}

impl<W: Write> Sink for Ndjson<W> {
    fn take(&mut self, devices: Vec<Device>) -> io::Result<()> {
        for device in devices {
            writeln!(
                self.out,
                "{}",
                record(&device, self.fields.as_ref(), false)?
            )?;
        }
        self.out.flush()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
