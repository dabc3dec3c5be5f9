//! What to do about what came back: two tables.

use crate::{
    error::{Error, ErrorKind},
    v2::Operation,
};

/// What to do after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
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
        | ErrorKind::Conflict
        | ErrorKind::Tls
        | ErrorKind::TooLarge => Verdict::Fail,
    }
}

/// The verdict on a failed page of a log stream, and the operation to repeat it with.
///
/// A tenant moves its index when it answers. Where it may have, [`Operation::Next`] would skip a page;
/// [`Operation::Resend`] does not. What starts an index goes to the same place each time, once the tail is the time when
/// the drain began, in seconds since 1970. So it needs no `resend`, which might give a page of who used the index before.
pub(crate) fn on_drain(failure: &Error, asked: Operation, began: u64) -> (Verdict, Operation) {
    let asked = asked.later(began);
    let doubtful = asked.again();
    match failure.kind() {
        ErrorKind::RateLimited => (Verdict::Obey, asked),
        ErrorKind::Conflict => (Verdict::Repeat, asked),
        ErrorKind::Network if !failure.may_have_arrived() => (Verdict::Repeat, asked),
        ErrorKind::Server | ErrorKind::Unreadable | ErrorKind::Network => {
            (Verdict::Repeat, doubtful)
        }
        ErrorKind::Request
        | ErrorKind::Refused
        | ErrorKind::Rejected
        | ErrorKind::Tls
        | ErrorKind::TooLarge => (Verdict::Fail, asked),
    }
}
