//! What a drain came to, stream by stream.

use super::{
    numbers::{bytes, grouped, short, span},
    table::{Column, table},
    tally::{NARROW, State, Tally},
};
use jiff::Timestamp;

const COLUMNS: [Column; 8] = [
    Column::text("STREAM"),
    Column::number("RECORDS"),
    Column::text("ENDED"),
    Column::number("LAG"),
    Column::number("PAGES"),
    Column::number("RETRIES"),
    Column::number("SIZE"),
    Column::text("AFTER PAGE"),
];

/// A table of all streams, at a time in seconds since 1970. Where the width is known, the last columns give way.
pub(super) fn summary(tallies: &[Tally], now: i64, width: Option<usize>) -> String {
    let is_narrow = width.is_some_and(|width| width < NARROW);
    table(
        &COLUMNS,
        tallies.iter().map(|tally| row(tally, now, is_narrow)),
        width,
    )
}

fn row(tally: &Tally, now: i64, is_narrow: bool) -> Vec<String> {
    let ended = match &tally.state {
        State::Ended(ending) => ending.words(),
        _ => "",
    };
    vec![
        tally.name_in(is_narrow).to_owned(),
        if is_narrow {
            short(tally.records)
        } else {
            grouped(tally.records)
        },
        ended.to_owned(),
        tally.lag(now).map(span).unwrap_or_default(),
        grouped(tally.pages),
        grouped(tally.retried()),
        bytes(tally.bytes),
        place(tally),
    ]
}

/// Where the stream stands: the last page that is safe, and up to when it reaches.
fn place(tally: &Tally) -> String {
    if tally.sequence == 0 {
        return String::new();
    }
    let time = tally
        .high_water_mark
        .and_then(|mark| Timestamp::from_second(mark).ok());
    let time = time.map(|time| format!(", {time}")).unwrap_or_default();
    format!("{}{time}", grouped(tally.sequence))
}
