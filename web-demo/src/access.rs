//! Who may look devices up: whoever opened the link that the server printed.

use axum::http::{HeaderMap, header};
use subtle::ConstantTimeEq;

/// The key in the link and what a browser gets in exchange for it; both live as long as the server.
pub(crate) struct Access {
    key: String,
    session: String,
    cookie: String,
}

impl Access {
    /// Fresh secrets. The port is part of the cookie's name, since browsers share cookies among the ports of a host.
    pub(crate) fn new(port: u16) -> Result<Self, getrandom::Error> {
        Ok(Self {
            key: secret()?,
            session: secret()?,
            cookie: format!("netskope-web-demo-{port}"),
        })
    }

    /// The path and query of the link.
    pub(crate) fn link(&self) -> String {
        format!("/?key={}", self.key)
    }

    /// Whether this is the key.
    pub(crate) fn is_key(&self, offered: &str) -> bool {
        same(&self.key, offered)
    }

    /// What a browser gets in exchange for the key. It ends with the browser's session.
    pub(crate) fn set_cookie(&self, over_tls: bool) -> String {
        let secure = if over_tls { "; Secure" } else { "" };
        format!(
            "{}={}; HttpOnly; SameSite=Strict; Path=/{secure}",
            self.cookie, self.session
        )
    }

    /// Whether a request comes from a browser that gave the key before.
    pub(crate) fn admits(&self, headers: &HeaderMap) -> bool {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .any(|(name, value)| name == self.cookie && same(&self.session, value))
    }
}

fn same(secret: &str, offered: &str) -> bool {
    secret.as_bytes().ct_eq(offered.as_bytes()).into()
}

/// 256 random bits, fit for a URL and a cookie.
fn secret() -> Result<String, getrandom::Error> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut bytes = [0; 32];
    getrandom::getrandom(&mut bytes)?;
    Ok(bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect())
}
