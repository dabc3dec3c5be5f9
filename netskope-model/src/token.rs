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
pub struct V1Token(SecretString);

impl V1Token {
    /// A token as read from a file, the environment or a caller; white space around it is dropped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] where the text is empty or holds what no token holds.
    pub fn new(text: impl Into<String>) -> Result<Self, Error> {
        let text = SecretString::from(text.into());
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

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub(crate) fn redact(&self, text: &str) -> String {
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
