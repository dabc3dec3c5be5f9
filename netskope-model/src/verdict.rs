//! What to do about what came back: one table.

use crate::error::ErrorKind;

/// What to do after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Repeat the request when the server said it may be, or after a default time.
    Obey,
    /// Repeat the request after a growing delay.
    Repeat,
    /// Give up and say why.
    Fail,
}

/// The verdict on a failed lookup, which can be repeated without harm.
pub(crate) const fn on_lookup(failure: ErrorKind) -> Verdict {
    match failure {
        ErrorKind::RateLimited => Verdict::Obey,
        ErrorKind::Server | ErrorKind::Unreadable | ErrorKind::Network => Verdict::Repeat,
        ErrorKind::Request
        | ErrorKind::Refused
        | ErrorKind::Rejected
        | ErrorKind::Tls
        | ErrorKind::TooLarge => Verdict::Fail,
    }
}
