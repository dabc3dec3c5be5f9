//! What a body is made of.

use super::unreadable;
use crate::{
    error::{Error, ErrorKind},
    json::{Json, NotJson, check::Check, items::Items},
};
use std::ops::Range;

/// The most members of an answer; four are known.
const MOST_MEMBERS: usize = 256;

/// The members of an answer, by where they are in its body.
#[derive(Debug)]
pub(super) struct Outline {
    /// Each member's name, and where its value is.
    pub(super) members: Vec<(String, Range<usize>)>,
    /// What `result` lists; the last one counts, as everywhere in JSON.
    pub(super) records: Option<Items>,
    is_utf8: bool,
}

impl Outline {
    /// Goes through a body once.
    pub(super) fn of(body: &[u8]) -> Result<Self, NotJson> {
        let mut outline = Self {
            members: Vec::new(),
            records: None,
            is_utf8: true,
        };
        let mut check = Check::new(body, 0);
        match outline.read(&mut check) {
            Some(()) => Ok(outline),
            None => Err(NotJson::at(check.at(), body)),
        }
    }

    /// # Errors
    ///
    /// Where there is more of it than is kept, or it is no text.
    pub(super) fn check(&self) -> Result<(), Error> {
        let records = self.records.as_ref();
        if records.is_some_and(Items::are_too_many) {
            return Err(Error::new(
                ErrorKind::TooLarge,
                "the answer has more than a million records",
            ));
        }
        if self.members.len() > MOST_MEMBERS {
            return Err(unreadable(format!(
                "the answer has more than {MOST_MEMBERS} members"
            )));
        }
        if !self.is_utf8 {
            return Err(unreadable("the answer is not UTF-8"));
        }
        Ok(())
    }

    fn read(&mut self, check: &mut Check<'_>) -> Option<()> {
        check.space();
        if check.peek() == Some(b'{') {
            check.expect(b'{')?;
            self.members(check)?;
        } else {
            self.value(check)?;
        }
        check.end()
    }

    fn members(&mut self, check: &mut Check<'_>) -> Option<()> {
        if check.closes(b'}') {
            return Some(());
        }
        loop {
            self.member(check)?;
            if check.closes(b'}') {
                return Some(());
            }
            check.expect(b',')?;
        }
    }

    fn member(&mut self, check: &mut Check<'_>) -> Option<()> {
        let name = check.text().get(check.name()?)?;
        self.is_utf8 &= str::from_utf8(name).is_ok();
        let name = String::from_utf8_lossy(name);
        let name = Json::known(&name).string()?.into_owned();
        check.space();
        let begin = check.at();
        if name == "result" {
            self.records = None;
        }
        if name == "result" && check.peek() == Some(b'[') {
            let records = Items::read(check)?;
            self.is_utf8 &= records.are_utf8;
            self.records = Some(records);
        } else {
            self.value(check)?;
        }
        // One more is kept, so that too many are seen; each takes many times the room of its text.
        if self.members.len() <= MOST_MEMBERS {
            self.members.push((name, begin..check.at()));
        }
        Some(())
    }

    fn value(&mut self, check: &mut Check<'_>) -> Option<()> {
        let begin = check.at();
        check.value()?;
        let value = check.text().get(begin..check.at())?;
        self.is_utf8 &= str::from_utf8(value).is_ok();
        Some(())
    }
}
