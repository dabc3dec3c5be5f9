//! What a drain has done, for Prometheus: its text format, version 0.0.4.

mod listener;

pub(super) use listener::serve;

use super::{
    tally::{State, Tally},
    voice::Now,
};
use std::fmt::{Display, Write};

/// The page that is served at this moment.
pub(super) fn page(tallies: &[Tally], now: Now) -> String {
    let mut page = Page(String::new());
    page.counter("records", "Records that are safe.", tallies, |tally| {
        vec![(None, tally.records.to_string())]
    });
    page.counter(
        "bytes",
        "Bytes of these records as lines, uncompressed.",
        tallies,
        |tally| vec![(None, tally.bytes.to_string())],
    );
    page.counter("pages", "Pages that are safe.", tallies, |tally| {
        vec![(None, tally.pages.to_string())]
    });
    page.counter(
        "retries",
        "Requests repeated, by cause.",
        tallies,
        |tally| {
            let retries = tally.retries.iter();
            retries
                .map(|(cause, count)| (Some(("cause", *cause)), count.to_string()))
                .collect()
        },
    );
    page.counter(
        "wait_seconds",
        "Seconds waited, by reason.",
        tallies,
        |tally| {
            let waits = tally.waits(now.tick).into_iter();
            waits
                .map(|(reason, time)| (Some(("reason", reason)), time.as_secs_f64().to_string()))
                .collect()
        },
    );
    page.gauge(
        "lag_seconds",
        "How far the records are behind the present, by the tenant's high-water mark.",
        tallies,
        |tally| {
            let lag = tally.lag(now.epoch).into_iter();
            lag.map(|lag| (None, lag.as_secs().to_string())).collect()
        },
    );
    page.gauge(
        "running",
        "Whether the stream is being drained; 0 once it has ended or failed.",
        tallies,
        |tally| {
            let runs = !matches!(tally.state, State::Ended(_));
            vec![(None, u8::from(runs).to_string())]
        },
    );
    page.0
}

struct Page(String);

/// A label beside that of the stream, and a value.
type Sample = (Option<(&'static str, &'static str)>, String);

impl Page {
    fn counter(
        &mut self,
        name: &str,
        help: &str,
        of: &[Tally],
        samples: impl Fn(&Tally) -> Vec<Sample>,
    ) {
        self.family(&format!("{name}_total"), "counter", help, of, samples);
    }

    fn gauge(
        &mut self,
        name: &str,
        help: &str,
        of: &[Tally],
        samples: impl Fn(&Tally) -> Vec<Sample>,
    ) {
        self.family(name, "gauge", help, of, samples);
    }

    fn family(
        &mut self,
        name: &str,
        kind: &str,
        help: &str,
        of: &[Tally],
        samples: impl Fn(&Tally) -> Vec<Sample>,
    ) {
        self.line(format_args!("# HELP nskope_drain_{name} {help}"));
        self.line(format_args!("# TYPE nskope_drain_{name} {kind}"));
        for tally in of {
            // Names of streams and causes hold nothing that would have to be escaped.
            let stream = tally.name();
            for (label, value) in samples(tally) {
                let label = label
                    .map(|(name, value)| format!(",{name}=\"{value}\""))
                    .unwrap_or_default();
                self.line(format_args!(
                    "nskope_drain_{name}{{stream=\"{stream}\"{label}}} {value}"
                ));
            }
        }
    }

    fn line(&mut self, line: impl Display) {
        let _ = writeln!(self.0, "{line}");
    }
}
