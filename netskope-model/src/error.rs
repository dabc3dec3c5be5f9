//! What can go wrong, in kinds that a script can match.

use crate::{
    flow::{FailureKind, TransportFailure},
    token::Tokens,
};
use std::{fmt, time::Duration};

/// A failed request. Its text never holds a token.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
    hint: Option<&'static str>,
    status: Option<u16>,
    retry_after: Option<Duration>,
    may_have_arrived: bool,
}

/// In which way a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request is not a valid one, and was not sent.
    Request,
    /// The server refused the token.
    Refused,
    /// The server refused the request as such.
    Rejected,
    /// Another consumer asks for the next page of the same log stream with the same index.
    Conflict,
    /// Too many requests, for longer than the client is prepared to wait.
    RateLimited,
    /// The server failed or answered with an error.
    Server,
    /// The answer is cut, empty, or not what the interface documents.
    Unreadable,
    /// No answer came back.
    Network,
    /// The server could not be trusted, and nothing was sent.
    Tls,
    /// The answer is larger than the client takes.
    TooLarge,
}

impl ErrorKind {
    /// The kind's name, for scripts; it never changes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Refused => "refused",
            Self::Rejected => "rejected",
            Self::Conflict => "conflict",
            Self::RateLimited => "rate-limited",
            Self::Server => "server",
            Self::Unreadable => "unreadable",
            Self::Network => "network",
            Self::Tls => "tls",
            Self::TooLarge => "too-large",
        }
    }

    pub(crate) const fn phrase(self) -> &'static str {
        match self {
            Self::Request => "the request is not valid",
            Self::Refused => "the token was refused",
            Self::Rejected => "the request was rejected",
            Self::Conflict => "another consumer uses the index",
            Self::RateLimited => "the rate limit is reached",
            Self::Server => "the server failed",
            Self::Unreadable => "the answer could not be read",
            Self::Network => "the server could not be reached",
            Self::Tls => "the server could not be trusted",
            Self::TooLarge => "the answer is too large",
        }
    }

    const fn hint(self) -> Option<&'static str> {
        match self {
            Self::Conflict => Some(
                "two consumers of one index take pages from each other; stop one, or give it an index of its own",
            ),
            Self::RateLimited => {
                Some("other clients may be using the same tenant; try again later")
            }
            Self::Server => Some("the trouble is on the server's side; try again later"),
            Self::Unreadable => {
                Some("check that the tenant's name is right and that no proxy answers in its place")
            }
            Self::Network => Some("check the tenant's name and your connection"),
            Self::Tls => Some(
                "if your network inspects TLS, give its certificate authority to the client; do not switch checks off",
            ),
            Self::TooLarge => Some("ask for fewer records at a time"),
            Self::Request | Self::Refused | Self::Rejected => None,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: kind.hint(),
            status: None,
            retry_after: None,
            may_have_arrived: true,
        }
    }

    pub(crate) fn with_hint(self, hint: &'static str) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }

    pub(crate) fn with_status(self, status: http::StatusCode) -> Self {
        Self {
            status: Some(status.as_u16()),
            ..self
        }
    }

    pub(crate) fn with_retry_after(self, retry_after: Option<Duration>) -> Self {
        Self {
            retry_after,
            ..self
        }
    }

    /// The same error, said of something.
    pub(crate) fn about(self, what: &str) -> Self {
        let message = format!("{what}: {}", self.message);
        Self { message, ..self }
    }

    pub(crate) fn after_attempts(self, attempts: u32) -> Self {
        if attempts < 2 {
            return self;
        }
        let message = format!("{} (tried {attempts} times)", self.message);
        Self { message, ..self }
    }

    /// The error without a token and not too long, in this order: half a token is one too.
    pub(crate) fn presentable(self, tokens: &Tokens) -> Self {
        const LONGEST: usize = 400;
        let message = tokens.redact(&self.message);
        let message = match message.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", message.get(..end).unwrap_or_default()),
            None => message,
        };
        Self { message, ..self }
    }

    /// Whether the server may have seen the request, and done what it asks.
    pub(crate) fn may_have_arrived(&self) -> bool {
        self.may_have_arrived
    }

    /// In which way the request failed.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        self.hint
    }

    /// The HTTP status, where the server gave one.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// How long the server asked to wait before the next request.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl From<TransportFailure> for Error {
    fn from(failure: TransportFailure) -> Self {
        let (kind, what) = match failure.kind {
            FailureKind::Resolve => (ErrorKind::Network, "the tenant's host name has no address"),
            FailureKind::Connect => (ErrorKind::Network, "could not connect to the tenant"),
            FailureKind::Tls => (ErrorKind::Tls, "the tenant's certificate is not trusted"),
            FailureKind::Handshake => (
                ErrorKind::Network,
                "no TLS connection could be made with the tenant",
            ),
            FailureKind::Timeout => (ErrorKind::Network, "the tenant did not answer in time"),
            FailureKind::Cut => (
                ErrorKind::Network,
                "the connection ended before the answer did",
            ),
            FailureKind::TooLarge => (
                ErrorKind::TooLarge,
                "the answer is larger than this client takes",
            ),
            FailureKind::LargeHeaders => (
                ErrorKind::Unreadable,
                "the answer's headers are larger than this client takes",
            ),
            FailureKind::Other => (ErrorKind::Network, "the tenant could not be reached"),
        };
        let error = Self::new(kind, format!("{what}: {}", printable(&failure.detail)));
        Self {
            may_have_arrived: !failure.kind.is_before_sending(),
            hint: failure.kind.hint().or(error.hint),
            ..error
        }
    }
}

impl FailureKind {
    const fn is_before_sending(self) -> bool {
        matches!(
            self,
            Self::Resolve | Self::Connect | Self::Tls | Self::Handshake
        )
    }

    /// What to do about it where others of its kind of error need something else.
    const fn hint(self) -> Option<&'static str> {
        match self {
            Self::Handshake => Some(
                "check the tenant's name; a proxy on the way may ask for a client certificate, or speak no TLS or only an old version (1.2 and 1.3 will do)",
            ),
            Self::LargeHeaders => {
                Some("a proxy on the way may add headers of its own; ask who looks after it")
            }
            _ => None,
        }
    }
}

/// Words from outside, made fit to print: one line, nothing that steers a terminal or turns the direction of text.
pub(crate) fn printable(text: &str) -> String {
    let mut printable = String::new();
    for word in text.split_whitespace() {
        add(&mut printable, " ", word);
    }
    printable.retain(|c| !steers(c));
    printable
}

/// Adds to a list in words, with a separator but for the first.
pub(crate) fn add(list: &mut String, separator: &str, words: &str) {
    if !list.is_empty() {
        list.push_str(separator);
    }
    list.push_str(words);
}

/// Whether a character steers a terminal or turns the direction of text: controls, line separators, direction marks.
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
