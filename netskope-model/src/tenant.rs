//! The tenant that requests go to.

use crate::error::{Error, ErrorKind, printable};
use http::{
    Uri,
    uri::{Authority, PathAndQuery, Scheme},
};
use std::{fmt, net::IpAddr};

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
    scheme: Scheme,
    authority: Authority,
}

impl Tenant {
    /// A tenant from its host name or its URL.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] where the text is no host or URL, holds more than scheme, host and port, or would send a
    /// token over plain HTTP to another machine.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let with_scheme = if text.contains("://") {
            text.to_owned()
        } else {
            format!("https://{text}")
        };
        let parts = with_scheme
            .parse::<Uri>()
            .map_err(|_| not_a_tenant(text))?
            .into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(not_a_tenant(text));
        };
        if authority.host().is_empty() {
            return Err(not_a_tenant(text));
        }
        if authority.as_str().contains('@') {
            return Err(invalid("a tenant's address holds no user name or password"));
        }
        if parts
            .path_and_query
            .is_some_and(|path| path != "/" && path != "")
        {
            // Not the text itself: some put a token behind the path.
            return Err(
                invalid(format!("the tenant's address goes on after {authority}"))
                    .with_hint("give the host alone, such as acme.goskope.com"),
            );
        }
        let tenant = Self { scheme, authority };
        tenant.check_transport()?;
        tenant.check_host()?;
        Ok(tenant)
    }

    fn check_transport(&self) -> Result<(), Error> {
        match self.scheme.as_str() {
            "https" => Ok(()),
            "http" if self.is_loopback() => Ok(()),
            "http" => Err(
                invalid(format!("http://{} is not encrypted", self.authority))
                    .with_hint("use https; plain http is for this machine only"),
            ),
            other => Err(invalid(format!(
                "'{other}' is not a scheme this client speaks; use https"
            ))),
        }
    }

    fn check_host(&self) -> Result<(), Error> {
        let host = self.authority.host();
        if host.contains('.') || self.is_loopback() || host.starts_with('[') {
            return Ok(());
        }
        Err(invalid(format!("'{host}' is not a full host name"))
            .with_hint("give the host as in the tenant's address bar, such as acme.goskope.com"))
    }

    /// Whether it is this machine.
    pub fn is_loopback(&self) -> bool {
        let host = self.authority.host();
        let address = host.trim_start_matches('[').trim_end_matches(']');
        host.eq_ignore_ascii_case("localhost")
            || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    pub(crate) fn uri(&self, target: PathAndQuery) -> Result<Uri, http::Error> {
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(target)
            .build()
    }
}

impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

fn not_a_tenant(text: &str) -> Error {
    // Not all of the text: some put a password before the host or a token behind it.
    let host = text.rsplit("://").next().unwrap_or(text);
    let shown = host.split(['/', '?', '#', '@']).next().unwrap_or(host);
    invalid(format!("'{}' is not a tenant", printable(shown)))
        .with_hint("give a host such as acme.goskope.com, or its https URL")
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Request, message)
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
        ] {
            assert_eq!(Tenant::parse(text).unwrap().to_string(), url);
        }
    }

    #[test]
    fn anything_else_is_a_request_error_with_a_reason() {
        for (text, reason) in [
            ("", "is not a tenant"),
            ("not a host", "is not a tenant"),
            ("not a host/?token=secret", "is not a tenant"),
            ("acme", "is not a full host name"),
            ("http://acme.goskope.com", "is not encrypted"),
            ("http://127.0.0.1.evil.example", "is not encrypted"),
            ("ftp://acme.goskope.com", "is not a scheme"),
            (
                "https://user:secret@acme.goskope.com",
                "no user name or password",
            ),
            (
                "https://acme.goskope.com/api/v1",
                "goes on after acme.goskope.com",
            ),
            ("https://acme.goskope.com?token=secret", "goes on after"),
        ] {
            let error = Tenant::parse(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request);
            assert!(error.to_string().contains(reason), "{text}: {error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
