//! How well a name fits what was typed.

use crate::near::distance;

/// The worst fit of a name that begins like what was typed, whatever its case.
pub(super) const PREFIX: usize = 1;
/// From here on a name only resembles what was typed.
pub(super) const NEAR: usize = 4;

/// The smaller the better; `None` where the name does not even resemble what was typed.
pub(super) fn fit(typed: &str, name: &str) -> Option<usize> {
    if name.starts_with(typed) {
        return Some(0);
    }
    let begins = |at: usize| {
        let start = name.get(at..).and_then(|rest| rest.get(..typed.len()));
        start.is_some_and(|start| start.eq_ignore_ascii_case(typed))
    };
    if begins(0) {
        return Some(PREFIX);
    }
    let after_break = |at: usize| {
        let before = name.get(..at).and_then(|name| name.chars().next_back());
        before.is_some_and(|c| !c.is_alphanumeric())
    };
    let mut parts = (1..name.len()).filter(|at| begins(*at));
    let part = parts.clone().next();
    if parts.any(after_break) {
        Some(2)
    } else if typed.len() == 1 {
        // A single letter is a part of nearly everything.
        None
    } else {
        part.map(|_| 3).or_else(|| near(typed, name))
    }
}

/// By the changes that make one of the other, or of its last segment.
fn near(typed: &str, name: &str) -> Option<usize> {
    let last = name.rsplit('.').next().unwrap_or(name);
    // What is longer than a name can be need not be measured to be far.
    let most = typed.len() / 4 + 1;
    let measured = [name, last]
        .into_iter()
        .filter(|name| typed.len() <= name.len() + most);
    let far = measured.map(|name| distance(typed, name)).min()?;
    (far <= most).then_some(NEAR + far)
}
