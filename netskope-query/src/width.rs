//! How many columns a character takes on a terminal.

mod table;

use table::{NONE, TWO};

/// The columns of a character that is not a control character, beside what stands before it: 0, 1 or 2.
///
/// What joins with its neighbours on some terminals and not on others counts as it does alone.
pub(crate) fn width(c: char) -> usize {
    match c {
        ' '..='~' => 1,
        c if within(NONE, c) => 0,
        c if within(TWO, c) => 2,
        _ => 1,
    }
}

fn within(ranges: &[(u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    let at = ranges.partition_point(|(_, last)| *last < c);
    ranges.get(at).is_some_and(|(first, _)| *first <= c)
}

#[cfg(test)]
mod tests {
    use super::width;
    use alloc::vec::Vec;
    use unicode_width::UnicodeWidthChar;

    /// A newer Unicode shows here, and its ranges go into the table. One character differs: a Khmer sign that is drawn as
    /// three letters, for which no terminal takes more than one column.
    #[test]
    fn agrees_with_the_crate_that_is_for_this() {
        let differ = |c: &char| c.width().is_some_and(|expected| expected != width(*c));
        let differing: Vec<char> = ('\0'..=char::MAX).filter(differ).collect();
        assert_eq!(differing, ['\u{17d8}']);
    }
}
