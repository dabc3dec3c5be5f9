//! How long ago something was, as people say it.

/// The time from `then` to `now`, both in seconds since 1970, in its largest whole unit.
///
/// ```
/// use netskope_model::age::age;
///
/// assert_eq!(age(1_000_000, 1_000_000 - 50), "just now");
/// assert_eq!(age(1_000_000, 1_000_000 - 3 * 3_600), "3 h ago");
/// assert_eq!(age(1_000_000, 1_000_000 + 2 * 86_400), "in 2 d");
/// ```
pub fn age(now: i64, then: i64) -> String {
    const UNITS: [(u64, &str); 5] = [
        (365 * 86_400, "y"),
        (30 * 86_400, "mo"),
        (86_400, "d"),
        (3_600, "h"),
        (60, "min"),
    ];
    let seconds = now.abs_diff(then);
    match UNITS.iter().find(|(unit, _)| seconds >= *unit) {
        None => "just now".to_owned(),
        Some((unit, name)) if then > now => format!("in {} {name}", seconds / unit),
        Some((unit, name)) => format!("{} {name} ago", seconds / unit),
    }
}
