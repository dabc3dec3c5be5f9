//! The tenant that requests go to.

use crate::error::{Error, ErrorKind};
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
            .map_err(|_| not_a_tenant())?
            .into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(not_a_tenant());
        };
        if parts
            .path_and_query
            .is_some_and(|path| path != "/" && path != "")
        {
            return Err(invalid(
                "the tenant's address has more than scheme, host and port",
            ));
        }
        let tenant = Self { scheme, authority };
        tenant.check_authority()?;
        tenant.check_scheme()?;
        Ok(tenant)
    }

    fn check_authority(&self) -> Result<(), Error> {
        let (whole, host) = (self.authority.as_str(), self.authority.host());
        if whole.contains('@') {
            return Err(invalid(
                "the tenant's address holds a user name or a password",
            ));
        }
        // The parser of addresses takes any text for a port.
        if whole.len() > host.len() && self.authority.port_u16().is_none_or(|port| port == 0) {
            return Err(invalid("the tenant's port is not a number from 1 to 65535"));
        }
        if !host.contains('.') && !self.is_loopback() && !host.starts_with('[') {
            return Err(invalid("the tenant's address is not a full host name"));
        }
        Ok(())
    }

    fn check_scheme(&self) -> Result<(), Error> {
        match self.scheme.as_str() {
            "https" => Ok(()),
            "http" if self.is_loopback() => Ok(()),
            "http" => Err(invalid("the tenant's address is not encrypted")
                .with_hint("use https; plain http is for this machine only")),
            _ => Err(
                invalid("the tenant's address has a scheme that this client does not speak")
                    .with_hint("use https"),
            ),
        }
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
