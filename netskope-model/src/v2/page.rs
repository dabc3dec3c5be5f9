//! One page of a log stream.
//!
//! `{"ok": 1, "result": [...], "wait_time": 5, "timestamp_hwm": 1708955663}`, of which only the first three are documented
//! (Using the REST API v2 dataexport Iterator Endpoints); whatever else stands beside them is kept.

mod outline;

use super::{Digest, Mark, Record};
use crate::{
    answer,
    error::{Error, ErrorKind, printable},
    json::{Json, items::Items},
};
use outline::Outline;
use std::ops::Range;

/// A page of records, each kept byte for byte.
///
/// ```
/// use netskope_model::v2::Page;
///
/// let page = Page::read(br#"{"ok":1,"result":[{"_id":"a","request_id":9064411288558768620}],"wait_time":5}"#.to_vec())?;
/// assert_eq!(page.ndjson(), b"{\"_id\":\"a\",\"request_id\":9064411288558768620}\n");
/// assert_eq!((page.len(), page.wait_time()), (1, Some(5)));
/// # Ok::<_, netskope_model::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Page {
    /// The body, rewritten where the records are; what is around them is left over.
    body: Vec<u8>,
    lines: Range<usize>,
    mark: Mark,
    wait_time: Option<i64>,
    high_water_mark: Option<i64>,
    others: Vec<(String, String)>,
    has_content: bool,
}

impl Page {
    /// The page that a body with status 200 holds.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unreadable`] where the body is empty, cut, or not such a page; [`ErrorKind::Server`] where `ok` is not
    /// 1 or `result` is a text, which is how a tenant reports a failure with status 200; [`ErrorKind::TooLarge`] where it has
    /// more than a million records.
    pub fn read(mut body: Vec<u8>) -> Result<Self, Error> {
        let outline = Outline::of(&body).map_err(|error| answer::unreadable(&body, error))?;
        outline.check()?;
        let lines = outline
            .records
            .as_ref()
            .map(|records| as_lines(&mut body, records));
        let (mut ok, mut result, mut others) = (None, None, Vec::new());
        let (mut wait_time, mut high_water_mark) = (None, None);
        for (name, place) in outline.members {
            if name == "result" && lines.is_some() {
                continue;
            }
            let value = Json::known(text(&body, place));
            match &*name {
                "ok" => ok = Some(value),
                "result" => result = Some(value),
                "wait_time" => wait_time = integer(value),
                "timestamp_hwm" => high_water_mark = integer(value),
                _ => others.push((name, value.text().to_owned())),
            }
        }
        let said = result.and_then(Json::string);
        if said.is_some() || ok.is_some_and(|ok| ok.text() != "1") {
            return Err(failed(said.as_deref()));
        }
        let (Some(records), Some(lines)) = (outline.records, lines) else {
            return Err(unreadable("the answer has no list of records"));
        };
        if !records.are_objects {
            return Err(unreadable("the answer has a record that is not an object"));
        }
        Ok(Self {
            mark: mark(&body, &lines, &records),
            body,
            lines,
            wait_time,
            high_water_mark,
            others,
            has_content: true,
        })
    }

    /// The page of a 204: no records, and not a word.
    pub fn without_content() -> Self {
        Self {
            body: Vec::new(),
            lines: 0..0,
            mark: mark(&[], &(0..0), &Items::default()),
            wait_time: None,
            high_water_mark: None,
            others: Vec::new(),
            has_content: false,
        }
    }

    /// The memory that the body took, with nothing in it that means anything: to be used again for the next one.
    pub fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// How many records it has.
    pub fn len(&self) -> u64 {
        self.mark.records
    }

    /// Whether it has no records. That does not mean that there are no more: only the high-water mark does.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there was a page at all; not after a 204.
    pub fn has_content(&self) -> bool {
        self.has_content
    }

    /// Its records.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let lines = text(&self.body, self.lines.clone()).lines();
        lines.map(|line| Record::new(Json::known(line)))
    }

    /// Its records in UTF-8, one a line, each as it came but for line feeds between its members, which become spaces.
    pub fn ndjson(&self) -> &[u8] {
        self.body.get(self.lines.clone()).unwrap_or_default()
    }

    /// Which page it is.
    pub fn mark(&self) -> &Mark {
        &self.mark
    }

    /// How long the tenant asks to wait before the next page, in seconds, as it said it.
    pub fn wait_time(&self) -> Option<i64> {
        self.wait_time
    }

    /// Up to when the tenant has given everything, in seconds since 1970: `timestamp_hwm`, undocumented.
    pub fn high_water_mark(&self) -> Option<i64> {
        self.high_water_mark
    }

    /// Names and JSON texts of all other members of the answer.
    pub fn others(&self) -> &[(String, String)] {
        &self.others
    }
}

/// A part of a body that is known to be UTF-8.
fn text(body: &[u8], place: Range<usize>) -> &str {
    let bytes = body.get(place).unwrap_or_default();
    str::from_utf8(bytes).unwrap_or_default()
}

fn integer(value: Json<'_>) -> Option<i64> {
    value.text().parse().ok()
}

/// Makes each record a line, in place: what separated it from the next has room for its line feed. Where the lines are.
fn as_lines(body: &mut [u8], records: &Items) -> Range<usize> {
    let begin = records.places.first().map_or(0, |record| record.start);
    let mut end = begin;
    for record in &records.places {
        if record.start > end {
            body.copy_within(record.clone(), end);
        }
        let line = end..end + record.len();
        end = line.end + 1;
        if let Some(line_feed) = body.get_mut(line.end) {
            *line_feed = b'\n';
        }
        if records.have_breaks {
            body.get_mut(line).into_iter().flatten().for_each(one_line);
        }
    }
    begin..end
}

/// A line break cannot stand in a string, so any one stands between members.
const fn one_line(byte: &mut u8) {
    if matches!(byte, b'\n' | b'\r') {
        *byte = b' ';
    }
}

fn unreadable(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::Unreadable, why)
}

fn failed(said: Option<&str>) -> Error {
    let said = said.map(printable).filter(|said| !said.is_empty());
    Error::new(
        ErrorKind::Server,
        said.map_or_else(
            || "the tenant answered with an error and no reason".to_owned(),
            |said| format!("the tenant answered with an error: {said}"),
        ),
    )
}

/// The longest id that is part of a mark, which is written down with each page; known ones have 24 or 64 characters.
const LONGEST_ID: usize = 256;

fn mark(body: &[u8], lines: &Range<usize>, records: &Items) -> Mark {
    let id = |record: Option<Range<usize>>| {
        let id = Record::new(Json::known(text(body, record?))).id()?;
        (id.len() <= LONGEST_ID).then(|| id.into_owned())
    };
    let (first, last) = (records.places.first(), records.places.last());
    Mark {
        records: records.places.len() as u64,
        first_id: id(first.map(|first| lines.start..lines.start + first.len())),
        last_id: id(last.map(|last| lines.end - 1 - last.len()..lines.end - 1)),
        digest: Digest::of(body.get(lines.clone()).unwrap_or_default()),
    }
}

/// What is left over of the bodies does not count.
impl PartialEq for Page {
    fn eq(&self, other: &Self) -> bool {
        (self.ndjson(), &self.others, self.has_content)
            == (other.ndjson(), &other.others, other.has_content)
            && (self.wait_time, self.high_water_mark) == (other.wait_time, other.high_water_mark)
    }
}

impl Eq for Page {}

#[cfg(test)]
mod tests;
