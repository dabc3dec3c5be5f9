//! The tenant that requests go to.

use crate::error::{Error, ErrorKind};
use std::fmt;

/// A tenant's address: scheme, host and port.
///
/// ```
/// use netskope_model::Tenant;
///
/// assert_eq!(Tenant::parse("acme.goskope.com")?.to_string(), "https://acme.goskope.com");
/// assert_eq!(Tenant::parse("http://127.0.0.1:8080/")?.to_string(), "http://127.0.0.1:8080");
/// assert!(Tenant::parse("http://acme.goskope.com").is_err());
/// # Ok::<_, netskope_model::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    origin: String,
    is_loopback: bool,
}

impl Tenant {
    /// A tenant from its host name or its URL.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] where the text is no host or URL, holds more than scheme, host and port, or would send a
    /// token over plain HTTP to another machine.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim().to_ascii_lowercase();
        if !text.bytes().all(can_be_in_a_url) {
            return Err(not_a_tenant());
        }
        let (scheme, rest) = split_scheme(&text).unwrap_or(("https", &text));
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if authority.contains(['/', '?', '#']) {
            return Err(invalid(
                "the tenant's address has more than scheme, host and port",
            ));
        }
        let host = host(authority)?;
        let is_loopback = is_loopback(host);
        if !host.contains('.') && !is_loopback && !host.starts_with('[') {
            return Err(invalid("the tenant's address is not a full host name"));
        }
        check_scheme(scheme, is_loopback)?;
        Ok(Self {
            origin: format!("{scheme}://{authority}"),
            is_loopback,
        })
    }

    /// Whether it is this machine.
    pub fn is_loopback(&self) -> bool {
        self.is_loopback
    }
}

impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

fn can_be_in_a_url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

/// The host of an authority that is no more than a host and a port.
fn host(authority: &str) -> Result<&str, Error> {
    if authority.contains('@') {
        return Err(invalid(
            "the tenant's address holds a user name or a password",
        ));
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if !is_host(host) {
        return Err(not_a_tenant());
    }
    if port.is_some_and(|port| !is_port(port)) {
        return Err(invalid("the tenant's port is not a number from 1 to 65535"));
    }
    Ok(host)
}

fn is_host(text: &str) -> bool {
    let address = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let (text, others) = address.map_or((text, &b"-._"[..]), |address| (address, b":."));
    let mut bytes = text.bytes();
    !text.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte))
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse().is_ok_and(|port: u16| port > 0)
}

/// By hand, because the parser of addresses is ten times as large, and browsers have their own.
fn is_loopback(host: &str) -> bool {
    let is_ipv4 =
        host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok());
    matches!(host, "localhost" | "[::1]") || is_ipv4 && host.starts_with("127.")
}

fn check_scheme(scheme: &str, is_loopback: bool) -> Result<(), Error> {
    match scheme {
        "https" => Ok(()),
        "http" if is_loopback => Ok(()),
        "http" => Err(invalid("the tenant's address is not encrypted")
            .with_hint("use https; plain http is for this machine only")),
        _ => Err(
            invalid("the tenant's address has a scheme that this client does not speak")
                .with_hint("use https"),
        ),
    }
}

fn not_a_tenant() -> Error {
    invalid("the tenant's address is neither a host nor a URL")
}

/// The text itself is never repeated: people put tokens and passwords into it, or mistake the one for the other.
fn invalid(message: &'static str) -> Error {
    Error::new(ErrorKind::Request, message)
        .with_hint("give the host as in the tenant's address bar, such as acme.goskope.com")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_urls_are_tenants() {
        for (text, url) in [
            ("acme.goskope.com", "https://acme.goskope.com"),
            (
                " https://acme.de.goskope.com/ ",
                "https://acme.de.goskope.com",
            ),
            ("acme.goskope.com:8443", "https://acme.goskope.com:8443"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
            ("http://localhost:1", "http://localhost:1"),
            ("HTTPS://ACME.goskope.com", "https://acme.goskope.com"),
            ("https://[2001:db8::1]", "https://[2001:db8::1]"),
            ("http://127.1.2.3", "http://127.1.2.3"),
        ] {
            assert_eq!(Tenant::parse(text).unwrap().to_string(), url);
        }
    }

    #[test]
    fn anything_else_is_a_request_error_with_a_reason() {
        for (text, reason) in [
            ("", "neither a host nor a URL"),
            ("not a host", "neither a host nor a URL"),
            ("not a host/?token=secret", "neither a host nor a URL"),
            (
                "https://user:se^cret@acme.goskope.com",
                "neither a host nor a URL",
            ),
            ("acme", "not a full host name"),
            ("secret", "not a full host name"),
            ("http://acme.goskope.com", "not encrypted"),
            ("http://127.0.0.1.evil.example", "not encrypted"),
            ("http://127.0.0.evil", "not encrypted"),
            ("http://[::2]", "not encrypted"),
            ("https://", "neither a host nor a URL"),
            ("https://acme.goskope.com:80:90", "neither a host nor a URL"),
            ("https://acme%2egoskope.com", "neither a host nor a URL"),
            ("https://[]", "neither a host nor a URL"),
            ("ftp://acme.goskope.com", "a scheme that"),
            ("secret://acme.goskope.com", "a scheme that"),
            (
                "https://user:secret@acme.goskope.com",
                "a user name or a password",
            ),
            (
                "https://acme.goskope.com/api/v1",
                "more than scheme, host and port",
            ),
            (
                "https://acme.goskope.com?token=secret",
                "more than scheme, host and port",
            ),
            ("http://127.0.0.1:8O80", "the tenant's port"),
            ("https://acme.goskope.com:secret", "the tenant's port"),
            ("https://acme.goskope.com:0", "the tenant's port"),
            ("https://acme.goskope.com:", "the tenant's port"),
            ("http://[::1]:99999", "the tenant's port"),
        ] {
            let error = Tenant::parse(text).unwrap_err();
            let said = format!("{error} {:?}", error.hint());
            assert_eq!(error.kind(), ErrorKind::Request);
            assert!(error.to_string().contains(reason), "{text}: {error}");
            assert!(
                !said.contains("secret") && !said.contains("cret@"),
                "{said}"
            );
        }
    }
}
