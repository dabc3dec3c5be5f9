//! One page of a log stream.
//!
//! `{"ok": 1, "result": [...], "wait_time": 5, "timestamp_hwm": 1708955663}`, of which only the first three are documented
//! (Using the REST API v2 dataexport Iterator Endpoints); whatever else stands beside them is kept.

use super::{Digest, Mark, Record};
use crate::{
    error::{Error, ErrorKind, printable},
    json::Json,
};

/// A page of records, each kept byte for byte.
///
/// ```
/// use netskope_model::v2::Page;
///
/// let page = Page::read(br#"{"ok":1,"result":[{"_id":"a","request_id":9064411288558768620}],"wait_time":5}"#.to_vec())?;
/// assert_eq!(page.ndjson(), "{\"_id\":\"a\",\"request_id\":9064411288558768620}\n");
/// assert_eq!((page.len(), page.wait_time()), (1, Some(5)));
/// # Ok::<_, netskope_model::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    ndjson: String,
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
    /// 1 or `result` is a text, which is how a tenant reports a failure with status 200.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a page is its body's owner: it may rewrite it in place"
    )]
    pub fn read(body: Vec<u8>) -> Result<Self, Error> {
        let answer = Json::read(&body)
            .map_err(|error| Error::new(ErrorKind::Unreadable, error.to_string()))?;
        let (mut ok, mut result, mut others) = (None, None, Vec::new());
        let (mut wait_time, mut high_water_mark) = (None, None);
        for (name, value) in answer.members() {
            match &*name {
                "ok" => ok = Some(value),
                "result" => result = Some(value),
                "wait_time" => wait_time = integer(value),
                "timestamp_hwm" => high_water_mark = integer(value),
                _ => others.push((name.into_owned(), value.text().to_owned())),
            }
        }
        let said = result.and_then(Json::string);
        if said.is_some() || ok.is_some_and(|ok| ok.text() != "1") {
            return Err(failed(said.as_deref()));
        }
        let Some(result) = result.filter(|result| result.is_list()) else {
            return Err(Error::new(
                ErrorKind::Unreadable,
                "the answer has no list of records",
            ));
        };
        let mut ndjson = String::new();
        for record in result.items() {
            if !record.is_object() {
                return Err(Error::new(
                    ErrorKind::Unreadable,
                    "the answer has a record that is not an object",
                ));
            }
            ndjson.extend(record.text().chars().map(one_line));
            ndjson.push('\n');
        }
        Ok(Self {
            mark: mark(&ndjson),
            ndjson,
            wait_time,
            high_water_mark,
            others,
            has_content: true,
        })
    }

    /// The page of a 204: no records, and not a word.
    pub fn without_content() -> Self {
        Self {
            ndjson: String::new(),
            mark: mark(""),
            wait_time: None,
            high_water_mark: None,
            others: Vec::new(),
            has_content: false,
        }
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
        records(&self.ndjson)
    }

    /// Its records, one a line, each as it came but for line feeds between its members, which become spaces.
    pub fn ndjson(&self) -> &str {
        &self.ndjson
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

fn integer(value: Json<'_>) -> Option<i64> {
    value.text().parse().ok()
}

/// A line feed cannot stand in a string, so any one stands between members.
const fn one_line(c: char) -> char {
    match c {
        '\n' | '\r' => ' ',
        other => other,
    }
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

fn records(ndjson: &str) -> impl Iterator<Item = Record<'_>> {
    ndjson.lines().map(|line| Record::new(Json::known(line)))
}

fn mark(ndjson: &str) -> Mark {
    let id = |record: Option<Record<'_>>| record?.id().map(Into::into);
    Mark {
        records: ndjson.bytes().filter(|byte| *byte == b'\n').count() as u64,
        first_id: id(records(ndjson).next()),
        last_id: id(ndjson
            .trim_end()
            .rsplit('\n')
            .next()
            .filter(|line| !line.is_empty())
            .map(|line| Record::new(Json::known(line)))),
        digest: Digest::of(ndjson.as_bytes()),
    }
}

#[cfg(test)]
mod tests;
