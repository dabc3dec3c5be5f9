//! Everything that can end a command early, with its exit code.

use netskope_blocking::{
    BuildError,
    drain::{StoreError, StoreErrorKind},
    model::{Error, ErrorKind},
};
use std::{fmt, io, process::ExitCode};

/// How a command ended, as its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    Found = 0,
    NothingMatched = 1,
    Usage = 2,
    Refused = 3,
    Server = 4,
    Local = 5,
    Interrupted = 130,
    Terminated = 143,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command ended early.
#[derive(Clone, Debug)]
pub(super) enum Failure {
    /// What to say.
    Told {
        exit: Exit,
        message: String,
        hint: Option<String>,
    },
    /// The text is no query, which has been said.
    NoQuery,
    /// Nobody reads the output any more, which is how `head` ends a pipe.
    ClosedPipe,
}

impl Failure {
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self::Told {
            exit,
            message: message.into(),
            hint: None,
        }
    }

    /// Of a request that is repeated: what to do about it is said once, and only if there is more to do than to wait.
    pub(super) fn repeated(error: Error, failures: u32) -> Self {
        let is_waited_out = matches!(error.kind(), ErrorKind::Server | ErrorKind::RateLimited);
        let mut failure = Self::from(error);
        if let Self::Told { hint, .. } = &mut failure
            && (failures > 1 || is_waited_out)
        {
            *hint = None;
        }
        failure
    }

    /// What to do about it.
    pub(super) fn hint(mut self, words: impl Into<String>) -> Self {
        if let Self::Told { hint, .. } = &mut self {
            *hint = Some(words.into());
        }
        self
    }

    /// Says where the trouble came from.
    pub(super) fn about(mut self, source: &str) -> Self {
        if let Self::Told { message, .. } = &mut self {
            message.insert_str(0, &format!("{source}: "));
        }
        self
    }

    pub(super) fn writing(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        Self::new(Exit::Local, format!("cannot write the output: {error}"))
    }

    /// What went wrong, without what to do about it.
    pub(super) fn message(&self) -> &str {
        match self {
            Self::Told { message, .. } => message,
            Self::NoQuery | Self::ClosedPipe => "",
        }
    }

    /// What to do about it.
    pub(super) fn remedy(&self) -> Option<&str> {
        match self {
            Self::Told { hint, .. } => hint.as_deref(),
            Self::NoQuery | Self::ClosedPipe => None,
        }
    }

    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Told { exit, .. } => *exit,
            Self::NoQuery => Exit::Usage,
            Self::ClosedPipe => Exit::Found,
        }
    }
}

/// What is printed: nothing for a closed pipe, or where all was said.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Told {
                message,
                hint: None,
                ..
            } => write!(f, "error: {message}"),
            Self::Told {
                message,
                hint: Some(hint),
                ..
            } => write!(f, "error: {message}\nhint: {hint}"),
            Self::NoQuery | Self::ClosedPipe => Ok(()),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = match error.kind() {
            ErrorKind::Request | ErrorKind::Rejected => Exit::Usage,
            ErrorKind::Refused => Exit::Refused,
            _ => Exit::Server,
        };
        Self::Told {
            exit,
            message: error.to_string(),
            hint: hint(&error).map(str::to_owned),
        }
    }
}

/// The model's hint, or the flag that does what it says.
fn hint(error: &Error) -> Option<&str> {
    match error.kind() {
        ErrorKind::Tls => Some(
            "if your network inspects TLS, give its certificate authority with --ca-file; checks cannot be switched off",
        ),
        _ => error.hint(),
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::new(Exit::Local, error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if error.kind() == StoreErrorKind::Closed {
            return Self::ClosedPipe;
        }
        let failure = Self::new(Exit::Local, error.to_string());
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_quiet_success() {
        let failure = Failure::writing(&io::ErrorKind::BrokenPipe.into())
            .about("anything")
            .hint("anything");
        assert_eq!(
            (failure.exit(), failure.to_string()),
            (Exit::Found, String::new())
        );
    }

    #[test]
    fn a_full_disk_is_a_local_failure() {
        let failure = Failure::writing(&io::ErrorKind::StorageFull.into());
        assert_eq!(failure.exit(), Exit::Local);
        assert_eq!(
            failure.to_string(),
            "error: cannot write the output: no storage space"
        );
    }
}
