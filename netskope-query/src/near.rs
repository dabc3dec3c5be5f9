//! Names that are spelt alike.

use alloc::vec::Vec;

/// Where the text holds the part, which is not empty, whatever the case of ASCII letters.
pub(crate) fn position(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut windows = text.windows(part.len().max(1));
    windows.position(|window| window.eq_ignore_ascii_case(part))
}

/// So many characters of a name may differ where one is meant for another.
pub(crate) fn most(name: &str) -> usize {
    (name.chars().count() / 4).max(1)
}

/// What is spelt most like the name, if in anything at most so many characters differ.
///
/// `spellings` gives what is known and, one after the other, each way to spell it.
pub(crate) fn nearest<'a>(
    name: &str,
    most: usize,
    spellings: &mut dyn Iterator<Item = (&'a str, &'a str)>,
) -> Vec<&'a str> {
    let length = name.chars().count();
    let mut best = most;
    let mut found = Vec::new();
    for (known, spelling) in spellings {
        // A name can be as long as a query, and what is that much longer need not be measured to be far.
        if length > spelling.len() + best {
            continue;
        }
        let far = distance(name, spelling);
        if far < best {
            best = far;
            found.clear();
        }
        if far == best && found.last() != Some(&known) {
            found.push(known);
        }
    }
    found
}

/// How many characters must be changed, added, taken away or swapped with their neighbour, whatever their case.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().map(|c| c.to_ascii_lowercase()).collect();
    let b: Vec<char> = b.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(last.len());
        row.push(i + 1);
        for (j, to) in b.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX);
            let change = at(&last, j) + usize::from(from != to);
            let mut best = change.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from);
            if swapped {
                best = best.min(at(&before_last, j - 1) + 1);
            }
            row.push(best);
        }
        before_last = last;
        last = row;
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn counts_changes() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("hostname", "HostName", 0),
            ("hostnmae", "hostname", 1),
            ("status", "stats", 1),
            ("os", "event", 5),
            ("größe", "grösse", 2),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
    }
}
