//! Where a consumer goes on.

use crate::{
    error::{Error, ErrorKind},
    v2::{Commit, Intent, Operation, Start},
};

/// Where a consumer goes on, by what it has written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resume {
    /// Nothing was asked yet: the index starts here.
    Fresh(Start),
    /// This page is safe, and nothing was asked since.
    After(Commit),
    /// Something was asked, and it is not known what became of it.
    Doubt {
        /// The last page that is safe.
        last: Option<Commit>,
        /// What was asked since. [`Operation::Tail`], which a [`Drain`](super::Drain) never has written down, says not when:
        /// it is asked for again, and what came in meanwhile is left out where it is more than a page.
        asked: Operation,
        /// Whether a time stands for the tail, which was asked for first, and may be too late by a clock that was ahead.
        is_tail: bool,
    },
}

impl Resume {
    /// Where to go on after this last commit and this last intent; where nothing was asked yet, at the start.
    ///
    /// Whoever keeps no intents is in doubt after each commit. That costs a request and loses nothing. Where a time was
    /// asked for before any page was safe, and the start is the tail, that time is taken to stand for it.
    ///
    /// ```
    /// use netskope_model::{drain::Resume, v2::{Intent, Operation, Start}};
    ///
    /// assert_eq!(Resume::of(None, None, Some(Start::Head))?, Resume::Fresh(Start::Head));
    /// let intent = Intent { sequence: 1, operation: Operation::Head };
    /// let doubt = Resume::Doubt { last: None, asked: Operation::Head, is_tail: false };
    /// assert_eq!(Resume::of(None, Some(intent), None)?, doubt);
    /// # Ok::<_, netskope_model::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] where there is neither a record nor a start, and where commits are missing.
    pub fn of(
        last: Option<Commit>,
        intent: Option<Intent>,
        start: Option<Start>,
    ) -> Result<Self, Error> {
        let safe = last.as_ref().map_or(0, |last| last.sequence);
        let intended = intent.as_ref().map_or(0, |intent| intent.sequence);
        if intended > safe.saturating_add(1) {
            return Err(missing(safe, intended));
        }
        Ok(match (last, intent, start) {
            (None, None, None) => return Err(nowhere()),
            (None, None, Some(start)) => Self::Fresh(start),
            (Some(last), Some(_), _) if intended == safe => Self::After(last),
            (last, Some(intent), start) if intended > safe => Self::Doubt {
                is_tail: last.is_none() && start == Some(Start::Tail),
                last,
                asked: intent.operation,
            },
            (last, ..) => Self::Doubt {
                last,
                asked: Operation::Next,
                is_tail: false,
            },
        })
    }
}

fn nowhere() -> Error {
    Error::new(
        ErrorKind::Request,
        "nothing was read with this index yet, and it is not said where to start",
    )
    .with_hint("say where the index starts: at the head, at the tail, or at a time")
}

fn missing(safe: u64, intended: u64) -> Error {
    Error::new(
        ErrorKind::Request,
        format!(
            "commits are missing: page {intended} was about to be asked for, but the last page known to be safe is {safe}"
        ),
    )
    .with_hint("something removed records of what was read; begin anew at the time of the last safe page")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v2::Page;

    fn commit(sequence: u64) -> Commit {
        Commit {
            sequence,
            operation: Operation::Next,
            mark: Page::without_content().mark().clone(),
            high_water_mark: None,
            before: None,
            at: 0,
        }
    }

    fn intent(sequence: u64) -> Intent {
        Intent {
            sequence,
            operation: Operation::Tail,
        }
    }

    fn doubt(last: Option<Commit>, asked: Operation) -> Resume {
        Resume::Doubt {
            last,
            asked,
            is_tail: false,
        }
    }

    #[test]
    fn what_was_written_down_says_where_to_go_on() {
        let start = Some(Start::Head);
        let third = Some(commit(3));
        for (last, written, resume) in [
            (None, None, Resume::Fresh(Start::Head)),
            (None, Some(intent(1)), doubt(None, Operation::Tail)),
            (third.clone(), Some(intent(3)), Resume::After(commit(3))),
            (
                third.clone(),
                Some(intent(4)),
                doubt(third.clone(), Operation::Tail),
            ),
            (
                third.clone(),
                Some(intent(2)),
                doubt(third.clone(), Operation::Next),
            ),
            (third.clone(), None, doubt(third, Operation::Next)),
        ] {
            let text = format!("{last:?} {written:?}");
            assert_eq!(Resume::of(last, written, start).unwrap(), resume, "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for (last, written) in [
            (None, None),
            (None, Some(intent(2))),
            (Some(commit(3)), Some(intent(5))),
        ] {
            let error = Resume::of(last, written, None).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request, "{error}");
            assert!(error.hint().is_some());
        }
    }
}
