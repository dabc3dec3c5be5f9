//! When a run has read enough.

use crate::v2::Page;

/// A time up to which a stream is to be read.
///
/// A short page is not the end of a stream, and neither is an empty one: a tenant may go through its log hour by hour. What
/// is read is told by `timestamp_hwm`, the high-water mark, which other clients rely on as well; where a stream is at rest,
/// by empty pages on which that mark moves no faster than time does.
///
/// ```
/// use netskope_model::{drain::Goal, v2::Page};
///
/// // Caught up is what has read everything from before the run.
/// let mut goal = Goal::until(1_700_003_000);
/// let mut reached = |body: &[u8], now| Ok::<_, netskope_model::Error>(goal.is_reached(&Page::read(body.to_vec())?, now, now));
/// assert!(!reached(br#"{"ok":1,"result":[],"timestamp_hwm":1699996000}"#, 1_700_003_001)?);
/// assert!(!reached(br#"{"ok":1,"result":[],"timestamp_hwm":1699999600}"#, 1_700_003_006)?);
/// assert!(reached(br#"{"ok":1,"result":[{"_id":"a"}],"timestamp_hwm":1700003010}"#, 1_700_003_012)?);
/// # Ok::<_, netskope_model::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Goal {
    until: u64,
    /// The high-water mark of the page before, and when it came.
    before: Option<(Option<i64>, u64)>,
}

impl Goal {
    /// Everything up to a time in seconds since 1970. For a run that shall catch up, that is the time it began.
    pub const fn until(time: u64) -> Self {
        Self {
            until: time,
            before: None,
        }
    }

    /// Whether the goal is reached with the next page, which came at this time in seconds since 1970.
    ///
    /// `now` only counts on from when the run began, so that a clock that is set anew neither ends the run early nor keeps it.
    /// `clock` is what the machine's clock shows by now: where it was a day behind when the run began, or where the machine slept
    /// for a day, marks are from long after `now`, and can be meant all the same.
    pub fn is_reached(&mut self, page: &Page, now: u64, clock: u64) -> bool {
        let mark = page
            .high_water_mark()
            .filter(|mark| is_credible(*mark, now.max(clock)));
        let before = self.before.replace((mark, now));
        let until = i64::try_from(self.until).unwrap_or(i64::MAX);
        // More records of the very same second may follow on the next page.
        let is_past = mark.is_some_and(|mark| mark > until);
        let is_at_rest =
            page.is_empty() && before.is_some_and(|before| keeps_pace(before, (mark, now)));
        is_past || (is_at_rest && now >= self.until)
    }
}

/// Whether a mark can be meant. One far ahead of now, in milliseconds say, would end every run after its first page.
fn is_credible(mark: i64, now: u64) -> bool {
    const DAY: u64 = 24 * 60 * 60;
    mark <= i64::try_from(now.saturating_add(DAY)).unwrap_or(i64::MAX)
}

/// Whether the mark moved no further than time did. A mark that is missing does not move.
fn keeps_pace((before, then): (Option<i64>, u64), (mark, now): (Option<i64>, u64)) -> bool {
    let moved = match (before, mark) {
        (Some(before), Some(mark)) => mark.saturating_sub(before),
        _ => 0,
    };
    moved <= i64::try_from(now.saturating_sub(then)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: u64 = 1_700_000_000;

    fn reached(pages: &[(u64, &str, Option<i64>)]) -> Vec<bool> {
        let mut goal = Goal::until(BEGAN);
        let pages = pages.iter().map(|&(after, records, mark)| {
            let mark = mark.map_or("null".to_owned(), |mark| (1_700_000_000 + mark).to_string());
            let body = format!(r#"{{"ok":1,"result":[{records}],"timestamp_hwm":{mark}}}"#);
            let now = BEGAN + after;
            goal.is_reached(&Page::read(body.into()).unwrap(), now, now)
        });
        pages.collect()
    }

    #[test]
    fn empty_hours_are_not_the_end() {
        let hours = [
            (1, "", Some(-9_000)),
            (6, "", Some(-5_400)),
            (11, "", Some(-1_800)),
            (16, "", Some(15)),
        ];
        assert_eq!(reached(&hours), [false, false, false, true]);
    }

    #[test]
    fn a_stream_at_rest_is_read() {
        let still = [(1, "", Some(-9_000)), (6, "", Some(-9_000))];
        assert_eq!(reached(&still), [false, true]);
        let behind = [(1, "", Some(-700)), (31, "", Some(-670))];
        assert_eq!(reached(&behind), [false, true]);
        assert_eq!(reached(&[(1, "", None), (31, "", None)]), [false, true]);
    }

    #[test]
    fn a_page_with_records_is_the_end_only_past_the_goal() {
        let record = r#"{"_id":"a"}"#;
        let busy = [
            (1, record, Some(-1)),
            (2, record, Some(-1)),
            (3, record, Some(0)),
            (4, record, Some(1)),
        ];
        assert_eq!(reached(&busy), [false, false, false, true]);
    }

    #[test]
    fn a_mark_from_far_ahead_is_none() {
        let record = r#"{"_id":"a"}"#;
        let milliseconds = Some(1_700_000_000_000);
        let busy = [(1, record, milliseconds), (2, record, milliseconds)];
        assert_eq!(reached(&busy), [false, false]);
        let still = [(1, "", milliseconds), (31, "", milliseconds)];
        assert_eq!(reached(&still), [false, true]);
    }

    #[test]
    fn a_mark_is_credible_by_a_clock_that_was_set_right() {
        let body = r#"{"ok":1,"result":[{"_id":"a"}],"timestamp_hwm":1700200000}"#;
        let page = Page::read(body.into()).unwrap();
        let mut goal = Goal::until(BEGAN);
        // Two days behind, set right, and wrong again.
        let clocks = [BEGAN + 1, BEGAN + 200_000, BEGAN - 200_000];
        let reached = clocks.map(|clock| goal.is_reached(&page, BEGAN + 1, clock));
        assert_eq!(reached, [false, true, false]);
    }

    #[test]
    fn a_goal_to_come_is_awaited() {
        let mut goal = Goal::until(BEGAN + 60);
        let empty = Page::without_content();
        let at = [0, 30, 59, 60].map(|after| goal.is_reached(&empty, BEGAN + after, BEGAN + after));
        assert_eq!(at, [false, false, false, true]);
    }
}
