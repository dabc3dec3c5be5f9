//! The names of streams, as people type them.

use crate::cli::failure::{Exit, Failure};
use netskope_blocking::model::v2::Stream;

/// The stream that was typed.
pub(super) fn stream(typed: &str) -> Result<Stream, Failure> {
    Stream::parse(typed).map_err(|_| {
        let nearest = nearest(typed).map(|near| format!("; did you mean {near}?"));
        let message = format!(
            "--stream: no log stream is called '{typed}'{}",
            nearest.unwrap_or_default()
        );
        Failure::new(Exit::Usage, message).hint(format!(
            "the events are {}; the alerts are {}; a newer one is named with its family, such as alerts/NAME, in lower case",
            names("events"),
            names("alerts")
        ))
    })
}

/// The known name that takes the fewest slips, one and another for every four letters at most.
fn nearest(typed: &str) -> Option<Stream> {
    let typed = typed.to_lowercase();
    let slips = |stream: &Stream| {
        let of_name = |typed: &str| strsim::osa_distance(typed, stream.name());
        let whole = || strsim::osa_distance(&typed, &stream.to_string());
        // The name may be right, and the family another one's.
        typed
            .split_once('/')
            .map_or_else(|| of_name(&typed), |(_, name)| of_name(name).min(whole()))
    };
    let most = 1 + typed.chars().count() / 4;
    Stream::all()
        .filter(|stream| slips(stream) <= most)
        .min_by_key(slips)
}

fn names(family: &str) -> String {
    let streams = Stream::all().filter(|stream| stream.family().as_str() == family);
    let names: Vec<String> = streams.map(|stream| stream.name().to_owned()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_what_was_meant() {
        for (typed, meant) in [
            ("pages", Some("events/page")),
            ("Page", Some("events/page")),
            ("dpl", Some("alerts/dlp")),
            (
                "compromised-credential",
                Some("alerts/compromisedcredential"),
            ),
            ("event/page", Some("events/page")),
            ("Alerts/uba", Some("alerts/uba")),
            ("event/dlp", Some("alerts/dlp")),
            ("event/alert", Some("events/alert")),
            // Any of them could be meant.
            ("alerts/", None),
            ("xyz", None),
            ("", None),
        ] {
            let near = nearest(typed).map(|stream| stream.to_string());
            assert_eq!(near.as_deref(), meant, "{typed}");
        }
    }
}
