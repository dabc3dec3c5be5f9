//! What happens to a stream, for those who count and for those who tell.

use super::stuck::Stuck;
use crate::cli::failure::Failure;
use jiff::Timestamp;
use netskope_blocking::model::{
    ErrorKind,
    drain::Resume,
    flow::{Wait, WaitReason},
    v2::{Commit, Start},
};
use std::path::PathBuf;

/// Something that happened to one stream.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// Its place is known: it begins or goes on.
    Started { resume: Resume },
    /// What was there was given this name, if anything was.
    SetAside(Option<PathBuf>),
    /// A request failed, and is repeated after the wait that comes next.
    Failed {
        /// What went wrong, with what to do about it where it is the first of several.
        failure: Failure,
    },
    /// A page holds it up, and is asked for all the same.
    Stuck(Stuck),
    /// It waits.
    Waiting(Wait),
    /// A request is on its way.
    Asking,
    /// A page is safe.
    Page {
        commit: Commit,
        /// Of its records as lines, uncompressed.
        bytes: u64,
    },
    /// Nothing more will come of it.
    Ended(Ending),
}

/// How a stream ended.
#[derive(Clone, Debug)]
pub(super) enum Ending {
    /// It got where it was to get.
    Reached,
    /// It was told to stop.
    Stopped,
    /// It failed.
    Failed(Trouble),
}

impl Ending {
    /// In a word or two.
    pub(super) const fn words(&self) -> &'static str {
        match self {
            Self::Reached => "done",
            Self::Stopped => "stopped",
            Self::Failed(trouble) => trouble.brief,
        }
    }
}

/// Why a stream failed.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    /// In a word or two, for a column.
    pub(super) brief: &'static str,
    /// In a name that never changes, for scripts.
    pub(super) kind: &'static str,
    /// What there is to say, hint included, as of every command.
    pub(super) failure: Failure,
}

/// Why it waits, in a name that never changes.
pub(super) const fn cause(reason: WaitReason) -> &'static str {
    match reason {
        WaitReason::RateLimited => "rate-limited",
        WaitReason::Pacing => "pacing",
        WaitReason::Asked => "asked",
        WaitReason::Retrying(kind) => kind.as_str(),
        _ => "other",
    }
}

/// Whether a request is repeated after it.
pub(super) const fn is_retry(reason: WaitReason) -> bool {
    matches!(reason, WaitReason::RateLimited | WaitReason::Retrying(_))
}

/// In which way a request failed, in a word or two.
pub(super) const fn brief(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Request => "not valid",
        ErrorKind::Refused => "refused",
        ErrorKind::Rejected => "rejected",
        ErrorKind::Conflict => "index in use",
        ErrorKind::RateLimited => "rate limit",
        ErrorKind::Server => "server failed",
        ErrorKind::Unreadable => "bad answer",
        ErrorKind::Network => "no connection",
        ErrorKind::Tls => "not trusted",
        ErrorKind::TooLarge => "too large",
        _ => "failed",
    }
}

/// Where a stream begins or goes on, in words.
pub(super) fn begun(resume: &Resume) -> String {
    match resume {
        Resume::Fresh(start) => format!("begins {}", start_words(*start)),
        Resume::After(last) => format!("goes on after page {}", last.sequence),
        Resume::Doubt {
            last: Some(last), ..
        } => format!(
            "goes on after page {}; the run before ended while it asked for the next one, which is asked for again",
            last.sequence
        ),
        Resume::Doubt { last: None, .. } => {
            "begins again: the run before ended while it asked for the first page".to_owned()
        }
    }
}

fn start_words(start: Start) -> String {
    match start {
        Start::Head => "at the head, with the oldest records".to_owned(),
        Start::Tail => "at the tail, with what comes in from now on".to_owned(),
        Start::At(seconds) => {
            let time = i64::try_from(seconds).ok();
            let time = time.and_then(|seconds| Timestamp::from_second(seconds).ok());
            format!(
                "at {}",
                time.map_or_else(|| seconds.to_string(), |time| time.to_string())
            )
        }
    }
}
