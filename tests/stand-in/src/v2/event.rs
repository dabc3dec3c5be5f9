//! Made-up records, written as text with the field names and types of the published table.
//!
//! A record depends on the seed, its stream and its position only. It is written in one pass, since a page holds 10,000.

mod field;
mod values;

use super::stream::{STREAMS, Stream};
use crate::random::{Random, mixed};
use field::Kind;
use std::io::Write;
use std::sync::OnceLock;

/// Name, type and the letters of the streams that have it, in alphabetical order: the fields that the published
/// Data-Schema marks for export, but for those that every record has.
const FIELDS: &str = include_str!("event/fields.txt");

/// How many of its stream's fields a record has, about.
const USUAL: usize = 70;

/// How the records of one stream are written.
pub(crate) struct Template {
    stream: &'static Stream,
    layout: &'static Layout,
    random: Random,
}

/// The fields of each stream, taken from the table once, since simulations make many tenants.
static LAYOUTS: [OnceLock<Layout>; STREAMS.len()] = [const { OnceLock::new() }; STREAMS.len()];

struct Layout {
    fields: Vec<Field>,
    /// In so many of 256 cases a field is there.
    chance: u64,
}

struct Field {
    /// The text before the value: `,"name":`.
    before: String,
    kind: Kind,
    /// The text after the value, where a name with a dot stands for an object in an object.
    after: &'static str,
}

impl Layout {
    fn of(stream: &Stream) -> Self {
        let mut fields: Vec<Field> = FIELDS
            .lines()
            .filter_map(|line| {
                let mut columns = line.split(' ');
                let (name, kind, streams) = (columns.next()?, columns.next()?, columns.next()?);
                let has_it = streams.contains(stream.letter);
                has_it.then(|| Field::new(name, Kind::of(name, kind)))
            })
            .collect();
        let optional = fields.len();
        fields.extend([
            Field::new("record_type", Kind::RecordType),
            Field::new("timestamp", Kind::Timestamp),
        ]);
        fields.sort_by(|one, other| one.before.cmp(&other.before));
        Self {
            fields,
            chance: u64::try_from(256 * USUAL / optional.max(USUAL)).unwrap_or(256),
        }
    }
}

impl Template {
    /// The template of a stream, by its place in [`STREAMS`].
    pub(crate) fn new(number: usize, seed: u64) -> Self {
        let stream = &STREAMS[number];
        Self {
            stream,
            layout: LAYOUTS[number].get_or_init(|| Layout::of(stream)),
            random: Random::new(seed).fork_name(stream.name),
        }
    }

    /// Appends the record at this position, which happened in this second.
    pub(crate) fn write(&self, position: u64, second: i64, out: &mut Vec<u8>) {
        let mut random = self.random.fork(position);
        out.extend_from_slice(b"{\"_id\":\"");
        let of_stream = self.random.clone().next();
        values::hex(of_stream, 8, out);
        // One to one with the position, so no two records of a stream share their `_id`.
        values::hex(mixed(of_stream.wrapping_add(position)), 16, out);
        out.push(b'"');
        for field in &self.layout.fields {
            let fixed = matches!(
                field.kind,
                Kind::RecordType | Kind::Timestamp | Kind::AlertType
            );
            if !fixed && random.below(256) >= self.layout.chance {
                continue;
            }
            out.extend_from_slice(field.before.as_bytes());
            match field.kind {
                Kind::RecordType => values::quoted(self.stream.record_type, out),
                Kind::AlertType => values::quoted(self.stream.alert_type.unwrap_or("policy"), out),
                Kind::Timestamp => number(second, out),
                kind => values::write(kind, &mut random, second, out),
            }
            out.extend_from_slice(field.after.as_bytes());
        }
        out.push(b'}');
    }
}

impl Field {
    fn new(name: &str, kind: Kind) -> Self {
        match name.split_once('.') {
            Some((outer, inner)) => Self {
                before: format!(",\"{outer}\":{{\"{inner}\":"),
                kind,
                after: "}",
            },
            None => Self {
                before: format!(",\"{name}\":"),
                kind,
                after: "",
            },
        }
    }
}

fn number(value: i64, out: &mut Vec<u8>) {
    // Writing to memory does not fail.
    let _ = write!(out, "{value}");
}

#[cfg(test)]
mod tests;
