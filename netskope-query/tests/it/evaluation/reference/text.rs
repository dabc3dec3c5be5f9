//! Text whatever its case: letter by letter, none of which depends on those around it.

use std::cmp::Ordering;
use std::collections::BTreeSet;

fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

pub(super) fn equal(a: &str, b: &str) -> bool {
    lower(a) == lower(b)
}

pub(super) fn order(a: &str, b: &str) -> Ordering {
    lower(a).cmp(&lower(b))
}

pub(super) fn starts_with(text: &str, start: &str) -> bool {
    lower(text).starts_with(&lower(start))
}

pub(super) fn contains(text: &str, part: &str) -> bool {
    lower(text).contains(&lower(part))
}

/// Whether the whole text fits a pattern in which `*` is any text and `?` any one character.
pub(super) fn glob(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let fits = |wanted: char, at: usize| {
        let found = text.get(at);
        found.is_some_and(|c| wanted == '?' || c.to_lowercase().eq(wanted.to_lowercase()))
    };
    // How much of the text the pattern may have used up so far.
    let mut used = BTreeSet::from([0]);
    for wanted in pattern.chars() {
        used = match used.first() {
            Some(least) if wanted == '*' => (*least..=text.len()).collect(),
            _ => {
                let fitting = used.into_iter().filter(|at| fits(wanted, *at));
                fitting.map(|at| at + 1).collect()
            }
        };
    }
    used.contains(&text.len())
}
