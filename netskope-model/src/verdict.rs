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
/// A tenant moves its index when it answers. Where it may have, [`Operation::Next`] would skip a page and
/// [`Operation::Tail`] records; [`Operation::Resend`] does not. [`Operation::Head`] and [`Operation::Epoch`] go to the same
/// place each time.
pub(crate) fn on_drain(failure: &Error, asked: Operation) -> (Verdict, Operation) {
    let doubtful = match asked {
        Operation::Head | Operation::Epoch(_) => asked,
        Operation::Tail | Operation::Next | Operation::Resend => Operation::Resend,
    };
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
