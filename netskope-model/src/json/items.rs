//! Where the items of a list are.

#[cfg(not(target_family = "wasm"))]
mod walk;

use super::check::Check;
use std::ops::Range;

/// The items of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Items {
    /// Where each of them is, without white space around it.
    pub(crate) places: Vec<Range<usize>>,
    /// Whether all of them are objects.
    pub(crate) are_objects: bool,
    /// Whether a line break may be in one of them.
    pub(crate) have_breaks: bool,
    /// Whether all of the list is UTF-8.
    pub(crate) are_utf8: bool,
}

/// The most items whose places are kept; a hundred times what a page of a log stream has.
const MOST: usize = 1_000_000;

impl Items {
    /// Whether there are more items than places.
    pub(crate) fn are_too_many(&self) -> bool {
        self.places.len() > MOST
    }

    /// Keeps a place, while there is room: each takes many times what the shortest item does.
    fn add(&mut self, place: Range<usize>) {
        if self.places.len() <= MOST {
            self.places.push(place);
        }
    }

    /// The items of the list that comes next; nothing where it is no JSON.
    pub(crate) fn read(check: &mut Check<'_>) -> Option<Self> {
        // A module for a browser is better off small than quick.
        #[cfg(not(target_family = "wasm"))]
        if let Some((items, end)) = walk::objects(check.text(), check.at()) {
            check.go_on(end);
            return Some(items);
        }
        Self::one_by_one(check)
    }

    fn one_by_one(check: &mut Check<'_>) -> Option<Self> {
        let mut items = Self {
            are_objects: true,
            have_breaks: true,
            ..Self::default()
        };
        let begin = check.at();
        items.each(check)?;
        let list = check.text().get(begin..check.at())?;
        items.are_utf8 = str::from_utf8(list).is_ok();
        Some(items)
    }

    fn each(&mut self, check: &mut Check<'_>) -> Option<()> {
        check.expect(b'[')?;
        if check.closes(b']') {
            return Some(());
        }
        loop {
            check.space();
            let begin = check.at();
            check.value()?;
            self.are_objects &= check.text().get(begin) == Some(&b'{');
            self.add(begin..check.at());
            if check.closes(b']') {
                return Some(());
            }
            check.expect(b',')?;
        }
    }
}
