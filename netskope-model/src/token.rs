//! Tokens, which never show themselves.

use crate::error::{Error, ErrorKind};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;

/// A REST API v1 token, from the tenant's Settings > Tools > REST API v1.
///
/// It travels in the body of a request only, and is wiped from memory when dropped.
///
/// ```
/// let token = netskope_model::V1Token::new("f32a973eddd7bc1602fc0f48dc0a\n")?;
/// assert_eq!(format!("{token:?}"), "V1Token([redacted])");
/// # Ok::<_, netskope_model::Error>(())
/// ```
#[derive(Clone)]
pub struct V1Token(Token);

impl V1Token {
    /// A token as read from a file, the environment or a caller; white space around it is dropped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] where the text is empty or holds what no token holds.
    pub fn new(text: impl Into<String>) -> Result<Self, Error> {
        Token::new(text.into()).map(Self)
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// A REST API v2 token, from the tenant's Settings > Tools > REST API v2, with a scope for each log stream it reads.
///
/// It travels in the header `Netskope-Api-Token` only, and is wiped from memory when dropped.
#[derive(Clone)]
pub struct V2Token(Token);

impl V2Token {
    /// A token as read from a file, the environment or a caller; white space around it is dropped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] where the text is empty or holds what no token holds.
    pub fn new(text: impl Into<String>) -> Result<Self, Error> {
        Token::new(text.into()).map(Self)
    }

    pub(crate) fn to_header(&self) -> SecretHeader {
        SecretHeader {
            name: "netskope-api-token",
            value: self.0.clone(),
        }
    }
}

/// The tokens that a client has. Without the one that a call needs, it suits a proxy that adds it.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// For device lookups.
    pub v1: Option<V1Token>,
    /// For log streams.
    pub v2: Option<V2Token>,
}

impl Tokens {
    /// A text without them.
    pub(crate) fn redact(&self, text: &str) -> String {
        let v1 = self.v1.as_ref().map(|token| &token.0);
        let v2 = self.v2.as_ref().map(|token| &token.0);
        [v1, v2]
            .into_iter()
            .flatten()
            .fold(text.to_owned(), |text, token| token.redact(&text))
    }
}

impl From<V1Token> for Tokens {
    fn from(token: V1Token) -> Self {
        Self {
            v1: Some(token),
            v2: None,
        }
    }
}

impl From<V2Token> for Tokens {
    fn from(token: V2Token) -> Self {
        Self {
            v1: None,
            v2: Some(token),
        }
    }
}

/// A header that holds a token. Only a transport needs its value.
#[derive(Clone)]
pub struct SecretHeader {
    name: &'static str,
    value: Token,
}

impl SecretHeader {
    /// Its name, in lower case.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The token itself.
    pub fn expose(&self) -> &str {
        self.value.expose()
    }
}

/// What all tokens are.
#[derive(Clone)]
struct Token(SecretString);

impl Token {
    fn new(text: String) -> Result<Self, Error> {
        let text = SecretString::from(text);
        let token = text.expose_secret().trim();
        if token.is_empty() {
            return Err(Error::new(ErrorKind::Request, "the token is empty"));
        }
        if !token
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')
        {
            return Err(Error::new(
                ErrorKind::Request,
                "the token holds characters that no token has",
            )
            .with_hint(
                "a token is one line of letters and digits; copy it again from the tenant",
            ));
        }
        Ok(Self(SecretString::from(token)))
    }

    fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    fn redact(&self, text: &str) -> String {
        let (mut rest, mut redacted) = (text, String::new());
        while let Some((before, after)) = split_once(rest, self.expose()) {
            redacted.push_str(before);
            redacted.push_str("[token]");
            rest = after;
        }
        redacted + rest
    }
}

/// What stands before a part of ASCII, and what after it. The search of `core` is 5 kB of code, for texts of any length.
fn split_once<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let mut places = text.as_bytes().windows(part.len());
    let start = places.position(|place| place == part.as_bytes())?;
    Some((text.get(..start)?, text.get(start + part.len()..)?))
}

impl fmt::Debug for V1Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("V1Token([redacted])")
    }
}

impl fmt::Debug for V2Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("V2Token([redacted])")
    }
}

impl fmt::Debug for SecretHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: [redacted]", self.name)
    }
}
